"""The progress of a bid's assessment, without any scores."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from bids.domain.queries import scores
from bids.domain.queries.scores import ScoreSpread
from bids.models import Assessment, Bid
from bids.states import BID
from innovation.core import statements


@dataclass(frozen=True, slots=True)
class AssessmentProgress:
    needed: int
    assessments: Sequence[Assessment]
    wide_spreads: Sequence[ScoreSpread] = ()
    """Wide spreads of scores; looked up only if nothing else is missing."""

    @property
    def finished_count(self) -> int:
        return len(self.assessments) - len(self.unfinished)

    @property
    def unfinished(self) -> list[Assessment]:
        return [
            assessment
            for assessment in self.assessments
            if assessment.finished_at is None
        ]

    @property
    def assessors_to_assign(self) -> int:
        return max(0, self.needed - len(self.assessments))

    @property
    def criteria_agreed_before_reopening(self) -> list[str]:
        """Names of criteria whose agreed score is from before a reopening. It counts
        only if an official marks the bid as assessed.
        """
        return [
            spread.criterion.name for spread in self.wide_spreads if spread.is_reopened
        ]

    @property
    def can_conclude(self) -> bool:
        """Whether the bid is automatically marked as assessed."""
        return not self.missing and not self.criteria_agreed_before_reopening

    @property
    def missing(self) -> str:
        """What is missing before the bid is assessed, as text; empty if nothing is."""
        parts = []
        if self.finished_count < self.needed:
            verb = "is" if self.finished_count == 1 else "are"
            parts.append(
                f"{self.finished_count} of {self.needed} assessments {verb} finished."
            )
        if self.unfinished:
            names = ", ".join(str(row.assessor) for row in self.unfinished)
            parts.append(f"Waiting for {names}.")
        if self.assessors_to_assign:
            noun = "assessor" if self.assessors_to_assign == 1 else "assessors"
            parts.append(f"{self.assessors_to_assign} more {noun} must be assigned.")
        unmoderated = [
            spread.criterion.name
            for spread in self.wide_spreads
            if not spread.moderated_score
        ]
        if unmoderated and not parts:
            names = ", ".join(f"“{name}”" for name in unmoderated)
            parts.append(f"The scores on {names} are far apart: moderate them.")
        return " ".join(parts)


def assessment_progress(
    bid: Bid, assessments: Sequence[Assessment] | None = None
) -> AssessmentProgress:
    """The progress; pass `assessments` if you have them already."""
    if assessments is None:
        assessments = statements.fetch(_assessments_of, bid.pk)
        for assessment in assessments:
            assessment.bid = bid
    progress = AssessmentProgress(bid.round.assessments_needed, assessments)
    if progress.missing or not BID.allows("assess", bid.state):
        return progress
    return replace(progress, wide_spreads=scores.wide_spreads(bid))


def _assessments_of(bid: int) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(bid=bid)
    return rows.select_related("assessor").order_by("pk")

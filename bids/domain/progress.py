"""How far the assessment of a bid has come: who is to finish, never what they gave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bids.domain import score_spread
from bids.domain.score_spread import Spread
from bids.models import Assessment, Bid
from bids.states import BID


@dataclass(frozen=True, slots=True)
class Progress:
    needed: int
    assessments: Sequence[Assessment]
    wide: Sequence[Spread] = ()
    """Where the scores lie far apart: looked up once nothing else is missing."""

    @property
    def finished(self) -> int:
        return len(self.assessments) - len(self.waiting)

    @property
    def waiting(self) -> list[Assessment]:
        return [each for each in self.assessments if each.finished_at is None]

    @property
    def to_assign(self) -> int:
        return max(0, self.needed - len(self.assessments))

    @property
    def agreed_before(self) -> list[str]:
        """Names of criteria whose agreed score is from before a reopening. It counts,
        but only an official who marks the bid as assessed can say so.
        """
        return [each.criterion.name for each in self.wide if each.again]

    @property
    def concluded(self) -> bool:
        """Whether the bid becomes assessed by itself."""
        return not self.missing and not self.agreed_before

    @property
    def missing(self) -> str:
        """What stands between the bid and being assessed, as one text; empty if
        nothing does.
        """
        parts = []
        if self.finished < self.needed:
            is_are = "is" if self.finished == 1 else "are"
            parts.append(
                f"{self.finished} of {self.needed} assessments {is_are} finished."
            )
        if self.waiting:
            names = ", ".join(str(each.assessor) for each in self.waiting)
            parts.append(f"Waiting for {names}.")
        if self.to_assign:
            more = "assessor" if self.to_assign == 1 else "assessors"
            parts.append(f"{self.to_assign} more {more} must be assigned.")
        unmoderated = [each.criterion.name for each in self.wide if not each.moderated]
        if unmoderated and not parts:
            names = ", ".join(f"“{name}”" for name in unmoderated)
            parts.append(f"The scores on {names} are far apart: moderate them.")
        return " ".join(parts)


def of(bid: Bid, assessments: Sequence[Assessment] | None = None) -> Progress:
    """`assessments` where its caller has them already."""
    if assessments is None:
        rows = bid.assessments.select_related("assessor").order_by("pk")
        assessments = list(rows)
    found = Progress(bid.round.assessments_needed, assessments)
    if found.missing or not BID.allows("assess", bid.state):
        return found
    return replace(found, wide=score_spread.wide(bid))

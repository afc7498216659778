"""How far the assessment of a bid has come: who is to finish, never what they gave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bids.domain import spread
from bids.models import Assessment, Bid
from bids.states import BID


@dataclass(frozen=True, slots=True)
class Progress:
    needed: int
    assessments: Sequence[Assessment]
    unmoderated: Sequence[str] = ()
    """Names of criteria on which the scores lie far apart."""

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
            parts.append(f"It waits for {names}.")
        if self.to_assign:
            more = "assessor" if self.to_assign == 1 else "assessors"
            parts.append(f"{self.to_assign} more {more} must be assigned.")
        if self.unmoderated and not parts:
            names = ", ".join(f"“{name}”" for name in self.unmoderated)
            parts.append(f"The scores on {names} lie far apart: moderate them.")
        return " ".join(parts)


def of(bid: Bid, assessments: Sequence[Assessment] | None = None) -> Progress:
    """`assessments` where its caller has them already. How far apart scores lie is only
    looked up once nothing else is missing.
    """
    if assessments is None:
        rows = bid.assessments.select_related("assessor").order_by("pk")
        assessments = list(rows)
    found = Progress(bid.round.assessments_needed, assessments)
    if found.missing or not BID.allows("assess", bid.state):
        return found
    wide = [each.criterion.name for each in spread.wide(bid) if not each.moderated]
    return replace(found, unmoderated=wide)

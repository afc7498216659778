"""What the scores of a round’s assessed bids say about its criteria: how far assessors
agree, and whether a criterion tells one bid from another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bids.domain.results import CriterionResult, Result, percentage, rounded
from bids.models import Criterion

FEWEST_BIDS = 5
"""With fewer bids we do not say whether a criterion tells them apart."""


@dataclass(frozen=True, slots=True)
class CriterionHealth:
    """`lowest`, `mean` and `highest` are of what counted for each bid. `compared` is on
    how many bids two or more people gave a score, and `agreed` on how many of these
    the scores were closer than what must be moderated.
    """

    criterion: Criterion
    bids: int
    lowest: Decimal | None
    mean: Decimal | None
    highest: Decimal | None
    compared: int
    agreed: int
    tells_apart: bool | None
    """Whether what counted differs by a point or more; `None` with too few bids."""

    @property
    def agreement(self) -> Decimal | None:
        return percentage(self.agreed, self.compared) if self.compared else None


def health_of(results: Sequence[Result], wide_spread: int) -> list[CriterionHealth]:
    """The health of each criterion, in their order."""
    by_criterion: dict[int, list[CriterionResult]] = {}
    for result in results:
        for part in result.criteria:
            by_criterion.setdefault(part.criterion.pk, []).append(part)
    return [_health(parts, wide_spread) for parts in by_criterion.values()]


def _health(parts: Sequence[CriterionResult], wide_spread: int) -> CriterionHealth:
    counted = [part.score for part in parts if part.score is not None]
    spreads = list(_spreads(parts))
    mean = sum(counted, Fraction(0)) / len(counted) if counted else None
    lowest, highest = min(counted, default=None), max(counted, default=None)
    tells_apart = None
    if lowest is not None and highest is not None and len(counted) >= FEWEST_BIDS:
        tells_apart = highest - lowest >= 1
    return CriterionHealth(
        parts[0].criterion,
        len(counted),
        rounded(lowest),
        rounded(mean),
        rounded(highest),
        len(spreads),
        sum(spread < wide_spread for spread in spreads),
        tells_apart,
    )


def _spreads(parts: Iterable[CriterionResult]) -> Iterable[int]:
    """How far the scores on each bid are apart, where two or more people gave one."""
    for part in parts:
        given = [score for score in part.scores if score is not None]
        if len(given) > 1:
            yield max(given) - min(given)

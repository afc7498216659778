"""The weighted result of a bid’s assessment: the one place where scores are added up.

Each score is its share of the way from the lowest to the highest score of its
criterion. A criterion counts with the score that was agreed, otherwise with the mean of
the scores given. The result is the mean of the criteria by their weight, in per cent:
0% is the lowest score on every criterion, 100% the highest. A criterion that does not
apply is left out with its weight. All is exact until the result is rounded to a tenth,
half a tenth upwards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from bids.models import Criterion

Scores = Mapping[int, int | None]
"""An assessor's scores, by the criterion's id; `None` is “not applicable”."""


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """`score` is what counts, on the criterion's scale; `None` if it does not apply."""

    criterion: Criterion
    scores: Sequence[int | None]
    agreed: int | None
    score: Fraction | None

    @property
    def rounded_score(self) -> Decimal | None:
        return rounded(self.score)


@dataclass(frozen=True, slots=True)
class Result:
    """`by_assessment` are the results by the scores of one assessment alone, with its
    id; `None` if nothing applies by them.
    """

    percent: Decimal
    by_assessment: Mapping[int, Decimal | None]
    criteria: Sequence[CriterionResult]

    @property
    def assessors(self) -> int:
        return len(self.by_assessment)

    @property
    def lowest(self) -> Decimal:
        return min(self._results_alone, default=self.percent)

    @property
    def highest(self) -> Decimal:
        return max(self._results_alone, default=self.percent)

    @property
    def _results_alone(self) -> list[Decimal]:
        return [
            percent for percent in self.by_assessment.values() if percent is not None
        ]

    @property
    def is_unanimous(self) -> bool:
        return self.lowest == self.highest


def result(
    criteria: Iterable[Criterion],
    assessments: Mapping[int, Scores],
    agreed: Mapping[int, int],
) -> Result | None:
    """The result of finished assessments, by their ids, and of the agreed scores, by
    criterion. `None` if a score is missing, which is unfinished and not zero, or if
    nothing applies.
    """
    rows = list(criteria)
    each = assessments.values()
    if not each or any(row.pk not in scores for scores in each for row in rows):
        return None
    parts = [
        _criterion_result(row, [scores[row.pk] for scores in each], agreed)
        for row in rows
    ]
    percent = weighted_percent((part.criterion, part.score) for part in parts)
    if percent is None:
        return None
    by_assessment = {
        pk: weighted_percent((row, scores[row.pk]) for row in rows)
        for pk, scores in assessments.items()
    }
    return Result(percent, by_assessment, parts)


def weighted_percent(
    scores: Iterable[tuple[Criterion, Fraction | int | None]],
) -> Decimal | None:
    """The weighted mean of scores; `None` if none of the criteria applies."""
    total, weights = Fraction(0), 0
    for criterion, score in scores:
        if score is None:
            continue
        scale = criterion.max_score - criterion.min_score
        total += criterion.weight * Fraction(score - criterion.min_score) / scale
        weights += criterion.weight
    return percentage(total, weights) if weights else None


def percentage(part: Fraction | int, whole: int) -> Decimal:
    return _tenth(100 * Fraction(part) / whole)


def rounded(value: Fraction | None) -> Decimal | None:
    """To a tenth, half a tenth upwards."""
    return None if value is None else _tenth(value)


def _criterion_result(
    criterion: Criterion, scores: Sequence[int | None], agreed: Mapping[int, int]
) -> CriterionResult:
    given = [score for score in scores if score is not None]
    agreed_score = agreed.get(criterion.pk)
    score: Fraction | None = None
    if agreed_score is not None:
        score = Fraction(agreed_score)
    elif given:
        score = Fraction(sum(given), len(given))
    return CriterionResult(criterion, scores, agreed_score, score)


def _tenth(value: Fraction) -> Decimal:
    return Decimal(floor(value * 10 + Fraction(1, 2))).scaleb(-1)

"""How strict each assessor of a round is beside the others, by the bids they share.

The model of MacKay, Kenna, Low and Parker, “Calibration with confidence: a principled
method for panel assessment” (Royal Society Open Science 4: 160760, 2017), with the same
confidence in every result: what an assessor gives is the bid's own value, plus what the
assessor adds to every bid, plus chance. Least squares finds the three. The mean of what
assessors add is nought, so that severity says nothing of the panel as a whole.

Assessors can only be compared where bids connect them: A with C through B, if A and B
share a bid, and B and C another.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, mean

import numpy as np

FEWEST_SPARE = 5
"""With fewer results to spare than these, chance cannot be told from severity."""
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class GivenResult:
    """The result by one assessor's scores alone, in per cent."""

    bid: int
    assessor: int
    percent: float


@dataclass(frozen=True, slots=True)
class Severity:
    """What the assessor adds to a bid, in percentage points, with the interval in which
    it lies with a confidence of 95%. Below nought is stricter than the mean.
    """

    points: float
    low: float
    high: float

    @property
    def is_strict(self) -> bool:
        return round(self.high, 1) < 0

    @property
    def is_generous(self) -> bool:
        return round(self.low, 1) > 0


def severities(results: Iterable[GivenResult]) -> dict[int, Severity] | None:
    """By the assessor. `None` if bids do not connect all assessors, or if there are too
    few results to tell severity from chance.
    """
    by_bid: dict[int, dict[int, float]] = defaultdict(dict)
    for given in results:
        by_bid[given.bid][given.assessor] = given.percent
    shared = [scores for scores in by_bid.values() if len(scores) > 1]
    assessors = sorted({assessor for scores in by_bid.values() for assessor in scores})
    if len(assessors) < 2 or not _are_connected(assessors, shared):
        return None
    spare = sum(len(scores) - 1 for scores in shared) - (len(assessors) - 1)
    if spare < FEWEST_SPARE:
        return None
    return _fit(assessors, shared, spare)


def _are_connected(
    assessors: Iterable[int], shared: Iterable[Mapping[int, float]]
) -> bool:
    group = {assessor: {assessor} for assessor in assessors}
    for scores in shared:
        joined = set().union(*(group[assessor] for assessor in scores))
        for assessor in joined:
            group[assessor] = joined
    return all(len(members) == len(group) for members in group.values())


def _fit(
    assessors: list[int], shared: list[dict[int, float]], spare: int
) -> dict[int, Severity]:
    """Least squares once the bids' own values are taken out. `matrix` is the Laplacian
    of the graph of assessors; the ones make it invertible, and the mean nought.
    """
    size = len(assessors)
    place = {assessor: index for index, assessor in enumerate(assessors)}
    matrix = np.full((size, size), 1 / size)
    sums = np.zeros(size)
    for scores in shared:
        rows = [place[assessor] for assessor in scores]
        matrix[np.ix_(rows, rows)] -= 1 / len(rows)
        matrix[rows, rows] += 1
        sums[rows] += np.array(list(scores.values())) - mean(scores.values())
    inverse = np.linalg.inv(matrix)
    points = inverse @ sums
    squares = 0.0
    for scores in shared:
        left = [percent - points[place[row]] for row, percent in scores.items()]
        squares += sum((each - mean(left)) ** 2 for each in left)
    variances = squares / spare * (np.diag(inverse) - 1 / size)
    reach = _students_t(spare)
    return {
        assessor: _severity(float(point), reach * sqrt(max(float(variance), 0.0)))
        for assessor, point, variance in zip(assessors, points, variances, strict=True)
    }


def _severity(points: float, reach: float) -> Severity:
    return Severity(points, points - reach, points + reach)


def _students_t(freedom: int) -> float:
    """The quantile of Student's t, to 1% from five degrees of freedom (Abramowitz and
    Stegun, Handbook of Mathematical Functions, 26.7.5).
    """
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
    )

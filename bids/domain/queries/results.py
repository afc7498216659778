"""The weighted results of assessed bids, and the ranking and health of a round."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from typing import Any

from django.db.models import (
    BigIntegerField,
    DateTimeField,
    QuerySet,
    Value,
    prefetch_related_objects,
)

from bids import policies
from bids.domain import results
from bids.domain.assessor_severity import GivenResult, Severity, severities
from bids.domain.results import Result
from bids.domain.score_health import CriterionHealth, health_of
from bids.models import (
    Assessment,
    Bid,
    Criterion,
    Envelope,
    ModeratedScore,
    Round,
    Score,
)
from bids.states import BidState
from innovation.accounts.models import User
from innovation.core.money import Money

ASSESSED_STATES = (
    BidState.ASSESSED,
    BidState.AT_BOARD,
    BidState.WITH_MINISTER,
    BidState.APPROVED,
    BidState.DECLINED,
)
"""Nobody has a first score left to give, so a result influences no assessor."""
IN_ASSESSMENT_STATES = (BidState.SUBMITTED, BidState.RETURNED)


def bid_result(bid: Bid) -> Result | None:
    """The result of an assessed bid, for whoever may read its scores."""
    return results_of([bid]).get(bid.pk)


def result_of_loaded(bid: Bid, assessments: Iterable[Assessment]) -> Result | None:
    """The same, of assessments that were read with their scores and criteria, and of
    agreed scores that were read with the bid. Takes one query.
    """
    if bid.state not in ASSESSED_STATES:
        return None
    criteria: dict[int, Criterion] = {}
    given = _GivenScores()
    for assessment in assessments:
        if assessment.finished_at is None:
            continue
        for score in assessment.scores.all():
            criteria[score.criterion_id] = score.criterion
            given.add(
                assessment.pk, score.criterion_id, score.value, assessment.finished_at
            )
    for row in bid.moderated_scores.all():
        given.agree(row.criterion_id, row.value, row.moderated_at)
    prefetch_related_objects(list(criteria.values()), "versions")
    return given.result(criteria.values())


def results_of(bids: Collection[Bid]) -> dict[int, Result]:
    """The results by the bid's id. Takes three queries, whatever their number."""
    assessed = {bid.pk: bid for bid in bids if bid.state in ASSESSED_STATES}
    if not assessed:
        return {}
    rounds = {bid.round_id for bid in assessed.values()}
    criteria: dict[int, list[Criterion]] = defaultdict(list)
    rows = Criterion.objects.filter(round__in=rounds).prefetch_related("versions")
    for criterion in rows:
        criteria[criterion.round_id].append(criterion)
    given: dict[int, _GivenScores] = defaultdict(_GivenScores)
    for pk, started_at, assessment, criterion_pk, value, at in _scores(assessed):
        if started_at is None:
            given[pk].agree(criterion_pk, value, at)
        else:
            given[pk].add(assessment, criterion_pk, value, at)
    found = {
        pk: scores.result(criteria[assessed[pk].round_id])
        for pk, scores in given.items()
    }
    return {pk: result for pk, result in found.items() if result is not None}


@dataclass(slots=True)
class _GivenScores:
    """The scores of one bid: by finished assessment and criterion, and the agreed ones.
    The bid keeps the weights of the time at which the last of them was given.
    """

    by_assessment: dict[int, dict[int, int | None]] = field(default_factory=dict)
    agreed: dict[int, int] = field(default_factory=dict)
    at: datetime | None = None

    def add(
        self, assessment: int, criterion: int, value: int | None, at: datetime
    ) -> None:
        self.by_assessment.setdefault(assessment, {})[criterion] = value
        self._move_to(at)

    def agree(self, criterion: int, value: int, at: datetime) -> None:
        self.agreed[criterion] = value
        self._move_to(at)

    def result(self, criteria: Iterable[Criterion]) -> Result | None:
        at = self.at
        if at is None:
            return None
        weighed = [_weighed_at(criterion, at) for criterion in criteria]
        return results.result(weighed, self.by_assessment, self.agreed)

    def _move_to(self, at: datetime) -> None:
        self.at = at if self.at is None else max(self.at, at)


def _scores(bids: Collection[int]) -> "QuerySet[Score, Any]":
    """The scores of finished assessments of these bids, in the order in which these
    were started, and the agreed scores, which belong to none.
    """
    of_assessors = Score.objects.filter(
        assessment__bid__in=bids, assessment__finished_at__isnull=False
    ).order_by()
    agreed = ModeratedScore.objects.filter(bid__in=bids).order_by()
    return (
        of_assessors.values_list(
            "assessment__bid",
            "assessment__started_at",
            "assessment",
            "criterion",
            "value",
            "assessment__finished_at",
        )
        .union(
            agreed.values_list(
                "bid",
                Value(None, DateTimeField()),
                Value(None, BigIntegerField()),
                "criterion",
                "value",
                "moderated_at",
            ),
            all=True,
        )
        .order_by("assessment__started_at", "assessment")
    )


@dataclass(frozen=True, slots=True)
class RankedBid:
    """`total` is what this bid and those above it ask for. Bids with the same result
    have the same rank.
    """

    rank: int
    bid: Bid
    result: Result
    asked: Money
    total: Money
    budget: Money | None

    @property
    def is_within_budget(self) -> bool:
        return self.budget is not None and self.total <= self.budget


@dataclass(frozen=True, slots=True)
class Ranking:
    """`budget` is `None` if the round has no envelope."""

    rows: list[RankedBid]
    budget: Money | None
    in_assessment: int

    @property
    def first_above_budget(self) -> RankedBid | None:
        if self.budget is None:
            return None
        return next((row for row in self.rows if not row.is_within_budget), None)


def ranking(round: Round, user: User) -> Ranking:
    """The assessed bids of a round that the user may read, the best result first. What
    is closed to them is in no row, rank or sum.
    """
    readable = _readable(round, user)
    assessed = list(_assessed(readable).select_related("lead", "strand", "chain"))
    by_bid = results_of(assessed)
    ranked = sorted(
        (bid for bid in assessed if bid.pk in by_bid),
        key=lambda bid: (-by_bid[bid.pk].percent, bid.title, bid.pk),
    )
    budget = round_budget(round)
    return Ranking(
        _with_totals(ranked, by_bid, budget),
        budget,
        readable.filter(state__in=IN_ASSESSMENT_STATES).count(),
    )


@dataclass(frozen=True, slots=True)
class AssessorHealth:
    name: str
    assigned: int
    finished: int
    severity: Severity | None


@dataclass(frozen=True, slots=True)
class RoundHealth:
    criteria: list[CriterionHealth]
    assessors: list[AssessorHealth]

    @property
    def tells_severity(self) -> bool:
        return any(row.severity for row in self.assessors)


def round_health(round: Round, user: User) -> RoundHealth:
    """The health of the scores of assessed bids that the user may read; and of each
    assessor, how many of their assessments they have finished and how strict they are.
    """
    readable = _readable(round, user)
    by_bid = results_of(list(_assessed(readable)))
    rows = (
        Assessment.objects.filter(bid__in=readable)
        .order_by("assessor__name", "assessor")
        .values_list("pk", "assessor", "assessor__name", "finished_at")
    )
    assessors = {pk: assessor for pk, assessor, _, _ in rows}
    names = {assessor: name for _, assessor, name, _ in rows}
    assigned = Counter(assessors.values())
    finished = Counter(assessor for _, assessor, _, at in rows if at is not None)
    by_assessor = severities(_given_results(by_bid, assessors)) or {}
    return RoundHealth(
        health_of(list(by_bid.values()), round.wide_spread),
        [
            AssessorHealth(name, assigned[pk], finished[pk], by_assessor.get(pk))
            for pk, name in names.items()
        ],
    )


def _given_results(
    by_bid: Mapping[int, Result], assessors: Mapping[int, int]
) -> Iterator[GivenResult]:
    """What the scores of each assessment alone give. `assessors` are by assessment."""
    for bid, result in by_bid.items():
        for assessment, percent in result.by_assessment.items():
            if percent is not None:
                yield GivenResult(bid, assessors[assessment], float(percent))


def _readable(round: Round, user: User) -> QuerySet[Bid]:
    return policies.working_bids(user).filter(round=round)


def _assessed(bids: QuerySet[Bid]) -> QuerySet[Bid]:
    return bids.filter(state__in=ASSESSED_STATES).order_by("pk")


def round_budget(round: Round) -> Money | None:
    """What the round can spend in all years. A strand's envelope is part of that of its
    round, so it counts only in a year in which the round has none.
    """
    whole: dict[int, Money] = {}
    strands: dict[int, Money] = {}
    for envelope in Envelope.objects.filter(round=round):
        years = whole if envelope.strand_id is None else strands
        before = years.get(envelope.financial_year, Money(0))
        years[envelope.financial_year] = before + envelope.amount
    amounts = strands | whole
    return sum(amounts.values(), Money(0)) if amounts else None


def _weighed_at(criterion: Criterion, at: datetime) -> Criterion:
    """The criterion with the weight that it had then."""
    for version in criterion.versions.all():
        if at < version.replaced_at:
            earlier = copy(criterion)
            earlier.weight = version.weight
            return earlier
    return criterion


def _with_totals(
    bids: Sequence[Bid], by_bid: Mapping[int, Result], budget: Money | None
) -> list[RankedBid]:
    amounts = [bid.asked or Money(0) for bid in bids]
    percents = [by_bid[bid.pk].percent for bid in bids]
    ranks = {
        percent: rank for rank, percent in reversed(list(enumerate(percents, start=1)))
    }
    return [
        RankedBid(ranks[percent], bid, by_bid[bid.pk], amount, total, budget)
        for bid, percent, amount, total in zip(
            bids, percents, amounts, accumulate(amounts), strict=True
        )
    ]

"""285 expressions of interest and 68 bids under way at the end of February 2015.

They are written in bulk, with the same events as the domain calls would record, because
those would take minutes. The real awards are the only funded projects of the time, so
every made-up bid later ends without a grant.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bids.events import BidsEvent
from bids.models import (
    Bid,
    BidMoney,
    Clarification,
    Criterion,
    Expression,
    Feedback,
    IdeaType,
    MaturityStage,
    MoneyAsked,
    Round,
    Strand,
)
from bids.states import BidState, ExpressionState
from funding.demo_data import rounds, texts
from funding.demo_data.people import DemoUsers
from innovation.accounts.models import User
from innovation.audit import events
from innovation.audit.models import Chain, Event
from innovation.core.clock import LONDON
from innovation.core.money import Money
from innovation.organisations.models import Organisation

EXPRESSION_COUNT = len(texts.TITLES)
BID_COUNT = 76
EARLY_WITHDRAWAL_COUNT = 8
"""Bids withdrawn before the end of February 2015, so that 68 of 76 are under way."""
MERGED_COUNT = 5
WITHDRAWN_COUNT = 9
_FIRST_SUBMITTED_AT = datetime(2014, 6, 4, 9, 30, tzinfo=LONDON)
_DAYS_OPEN = 255
_ENDS = {
    ExpressionState.TAKEN_FORWARD: BidsEvent.EXPRESSION_TAKEN_FORWARD,
    ExpressionState.MERGED: BidsEvent.EXPRESSION_MERGED,
    ExpressionState.WITHDRAWN: BidsEvent.EXPRESSION_WITHDRAWN,
    ExpressionState.DECLINED: BidsEvent.EXPRESSION_DECLINED,
}
_BIDS_OPENED_BY = datetime(2015, 2, 12, 16, tzinfo=LONDON)
_LAST_EARLY_WITHDRAWAL = datetime(2015, 2, 20, 11, tzinfo=LONDON)
_FIRST_LATE_WITHDRAWAL = datetime(2015, 4, 1, 11, tzinfo=LONDON)


@dataclass(slots=True, eq=False)
class _Case:
    expression: Expression
    history: list[Event] = field(default_factory=list)
    bid: Bid | None = None


def load(leads: list[Organisation], users: DemoUsers) -> bool:
    """Create the round and all its cases; `False` if it exists already."""
    round = rounds.create_past_round()
    if round is None:
        return False
    _Writer(round, leads, users).write()
    return True


class _Writer:
    def __init__(
        self, round: Round, leads: list[Organisation], users: DemoUsers
    ) -> None:
        self.round, self.leads = round, leads
        self.applicant: User = users["applicants.of.2014"]
        self.official: User = users["official"]
        self.random = Random(2015)
        self.strands = list(Strand.objects.filter(round=round))
        self.criteria = list(Criterion.objects.filter(round=round))
        self.stages = list(MaturityStage.objects.all())
        self.ideas = list(IdeaType.objects.all())

    def write(self) -> None:
        cases = self._create_expressions()
        taken_forward = cases[: 3 * BID_COUNT : 3]
        others = [case for case in cases if case not in taken_forward]
        for case in cases:
            self._record(case, BidsEvent.EXPRESSION_STARTED, case.expression.started_at)
            self._record(
                case,
                BidsEvent.EXPRESSION_SUBMITTED,
                _submitted_at(case.expression),
                tally={"expressions": 1},
            )
        self._add_clarifications(others[::8])
        self._take_forward(taken_forward)
        self._merge(others[-MERGED_COUNT:], taken_forward)
        self._withdraw(others[:WITHDRAWN_COUNT])
        self._decline(others[WITHDRAWN_COUNT:-MERGED_COUNT])
        fields = ["state", "merged_into", "withdrawn_because"]
        Expression.objects.bulk_update([case.expression for case in cases], fields)
        events.record_all(event for case in cases for event in case.history)

    def _create_expressions(self) -> list[_Case]:
        titles = list(texts.TITLES)
        self.random.shuffle(titles)
        chains = Chain.objects.bulk_create(Chain(kind=Chain.Kind.CASE) for _ in titles)
        expressions = [
            self._build_expression(number, title, chain)
            for number, (title, chain) in enumerate(zip(titles, chains, strict=True))
        ]
        Expression.objects.bulk_create(expressions)
        MoneyAsked.objects.bulk_create(
            MoneyAsked(
                expression=expression,
                financial_year=year,
                amount=self._random_amount(),
            )
            for expression in expressions
            for year in (2014, 2015)
        )
        return [_Case(expression) for expression in expressions]

    def _build_expression(self, number: int, title: str, chain: Chain) -> Expression:
        submitted_at = _FIRST_SUBMITTED_AT + timedelta(
            days=number * _DAYS_OPEN // EXPRESSION_COUNT,
            minutes=self.random.randrange(420),
        )
        return Expression(
            chain=chain,
            round=self.round,
            lead=self.leads[number % len(self.leads)],
            title=title,
            summary=texts.summary(title),
            strand=self.random.choice(self.strands),
            maturity=self.random.choice(self.stages),
            idea_type=self.random.choice(self.ideas),
            state=ExpressionState.SUBMITTED,
            started_by=self.applicant,
            started_at=submitted_at - timedelta(days=1),
            submitted_by=self.applicant,
            submitted_at=submitted_at,
            demonstration=True,
        )

    def _random_amount(self) -> Money:
        return Money.pounds(self.random.randrange(40, 900) * 1_000)

    def _add_clarifications(self, cases: list[_Case]) -> None:
        """Create clarifications, asked two days later and answered within a week."""
        clarifications = [
            Clarification(
                expression=case.expression,
                question=texts.QUESTION,
                asked_by=self.official,
                asked_at=_submitted_at(case.expression) + timedelta(days=2),
                due_on=(_submitted_at(case.expression) + timedelta(days=12)).date(),
                answer=texts.ANSWER,
                answered_by=self.applicant,
                answered_at=_submitted_at(case.expression) + timedelta(days=7),
            )
            for case in cases
        ]
        Clarification.objects.bulk_create(clarifications)
        for case, clarification in zip(cases, clarifications, strict=True):
            data = {"clarification": clarification.key}
            for event, state, at, by in (
                (
                    BidsEvent.EXPRESSION_CLARIFICATION_ASKED,
                    "clarification",
                    clarification.asked_at,
                    self.official,
                ),
                (
                    BidsEvent.EXPRESSION_CLARIFICATION_ANSWERED,
                    "submitted",
                    _submitted_at(case.expression) + timedelta(days=7),
                    self.applicant,
                ),
            ):
                stage = f"expression.{state}"
                self._record(case, event, at, by=by, data=data, stage=stage)

    def _take_forward(self, cases: list[_Case]) -> None:
        for number, case in enumerate(cases):
            opened_at = min(_days_after_last_event(case, 31), _BIDS_OPENED_BY)
            self._end(case, ExpressionState.TAKEN_FORWARD, opened_at, by=self.official)
            case.bid = self._build_bid(case.expression, opened_at)
            self._record_bid(case, BidsEvent.BID_OPENED, opened_at, self.official, 1)
            early_end = _LAST_EARLY_WITHDRAWAL - timedelta(days=12 * number)
            late_end = _FIRST_LATE_WITHDRAWAL + timedelta(days=number)
            self._end_bid(
                case, early_end if number < EARLY_WITHDRAWAL_COUNT else late_end
            )
        Bid.objects.bulk_create(case.bid for case in cases if case.bid)
        BidMoney.objects.bulk_create(
            BidMoney(bid=case.bid, financial_year=year, amount=self._random_amount())
            for case in cases
            for year in (2014, 2015)
        )

    def _build_bid(self, expression: Expression, opened_at: datetime) -> Bid:
        return Bid(
            chain=expression.chain,
            expression=expression,
            round=expression.round,
            lead=expression.lead,
            title=expression.title,
            summary=expression.summary,
            strand=expression.strand,
            maturity=expression.maturity,
            idea_type=expression.idea_type,
            state=BidState.IN_DEVELOPMENT,
            opened_at=opened_at,
            expression_submitted_at=_submitted_at(expression),
            demonstration=True,
        )

    def _end_bid(self, case: _Case, at: datetime) -> None:
        if case.bid is not None:
            case.bid.state = BidState.WITHDRAWN
            case.bid.withdrawn_because = texts.WITHDRAWN
        self._record_bid(case, BidsEvent.BID_WITHDRAWN, at, self.applicant, -1)

    def _merge(self, cases: list[_Case], taken_forward: list[_Case]) -> None:
        """Merge each case into one that was taken forward before."""
        for case, other in zip(cases, taken_forward, strict=False):
            case.expression.merged_into = other.expression
            at = _days_after_last_event(case, 9)
            data = {"into": other.expression.key}
            self._end(case, ExpressionState.MERGED, at, by=self.official, data=data)

    def _withdraw(self, cases: list[_Case]) -> None:
        for case in cases:
            case.expression.withdrawn_because = texts.WITHDRAWN
            at = _days_after_last_event(case, 12)
            self._end(case, ExpressionState.WITHDRAWN, at, by=self.applicant)

    def _decline(self, cases: list[_Case]) -> None:
        for case in cases:
            at = _days_after_last_event(case, self.random.randrange(9, 40))
            self._end(case, ExpressionState.DECLINED, at, by=self.official)
        Feedback.objects.bulk_create(
            Feedback(
                expression=case.expression,
                criterion=criterion,
                text=texts.FEEDBACK[criterion.name],
            )
            for case in cases
            for criterion in self.criteria
        )

    def _end(
        self,
        case: _Case,
        state: ExpressionState,
        at: datetime,
        *,
        by: User,
        data: dict[str, str] | None = None,
    ) -> None:
        case.expression.state = state
        self._record(case, _ENDS[state], at, by=by, data=data)

    def _record(
        self,
        case: _Case,
        event: BidsEvent,
        at: datetime,
        *,
        by: User | None = None,
        data: dict[str, str] | None = None,
        tally: dict[str, int] | None = None,
        stage: str = "",
    ) -> None:
        state = (
            "draft" if event == BidsEvent.EXPRESSION_STARTED else case.expression.state
        )
        case.history.append(
            events.draft(
                event,
                case.expression,
                by=by or self.applicant,
                at=at,
                data=data
                or (
                    {"round": self.round.key}
                    if event == BidsEvent.EXPRESSION_STARTED
                    else {}
                ),
                tally=tally,
                stage=stage or f"expression.{state}",
            )
        )

    def _record_bid(
        self, case: _Case, event: BidsEvent, at: datetime, by: User, change: int
    ) -> None:
        assert case.bid is not None
        case.history.append(
            events.draft(
                event,
                case.bid,
                by=by,
                at=at,
                data={"expression": case.expression.key} if change > 0 else {},
                tally={"bids_in_development": change},
            )
        )


def _submitted_at(expression: Expression) -> datetime:
    assert expression.submitted_at is not None
    return expression.submitted_at


def _days_after_last_event(case: _Case, days: int) -> datetime:
    return case.history[-1].at + timedelta(days=days)

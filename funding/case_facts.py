"""What this app adds to the summary of a case, and to the list of its people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse

from bids import case_facts, case_people
from bids.case_facts import CaseFact
from bids.case_people import CasePerson
from bids.models import Bid, Expression
from bids.states import BidState
from funding import policies
from funding.domain.monitoring import RUNNING_STATES
from funding.domain.queries import board
from funding.models import (
    AgendaItem,
    Award,
    Decision,
    MonitoringReport,
    Payment,
)
from funding.models.decision import DecidedAmount, Verdict
from funding.models.interest import Mitigation
from funding.models.recommendation import Outcome, RecommendedAmount
from funding.states import PAYMENT, AwardState
from funding.wording import AWARD_TAGS
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.core import statements
from innovation.core.formatting import format_date
from innovation.core.money import Money


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What is known of a bid; of the decisions the last one, and what the award still
    expects.
    """

    advice: str | None
    advised_at: datetime | None
    advised_pence: int | None
    verdict: str | None
    decided_at: datetime | None
    decided_pence: int | None
    departs: bool | None
    meeting: str | None
    meets_at: datetime | None
    reply_by: date | None
    report_due_on: date | None
    payment_due_on: date | None


def later_facts(
    user: User, expression: Expression, bid: Bid | None
) -> Iterable[CaseFact]:
    """The Board’s advice and the decision, for those who read them on this case, and
    the grant for those who read awards.
    """
    reads_advice = policies.may_read_advice(user)
    if bid is None or bid.submitted_at is None:
        return []
    if not reads_advice and not user.may(Permission.RUN_BOARD):
        return []
    [row] = statements.values(_columns, bid.pk)
    outcome = _Outcome(*row)
    page = reverse("funding:board-and-decision", args=[bid.key]) if reads_advice else ""
    award: Award | None = None
    if reads_advice and bid.state == BidState.APPROVED:
        award = getattr(bid, "award", None)
    return [
        *_meeting(outcome),
        *_advice(outcome, page),
        *_decision(outcome, page),
        *(_grant(award, outcome) if award is not None else ()),
    ]


def interests(user: User, bid: Bid) -> Iterable[CasePerson]:
    """The members with an interest in the case, for whoever keeps the register."""
    if not user.may(Permission.RUN_BOARD):
        return []
    return [
        CasePerson(
            key=interest.member.key,
            name=str(interest.member),
            part=f"Interest declared on {format_date(interest.declared_at)}: "
            f"{Mitigation(interest.mitigation).label.lower()}",
        )
        for interest in board.interests_in_bid(bid, user)
    ]


def register() -> None:
    case_facts.rules.register(later_facts)
    case_people.rules.register(interests)


def _meeting(outcome: _Outcome) -> Iterator[CaseFact]:
    if outcome.meets_at is not None:
        label = f"At the Board: {outcome.meeting}"
        yield CaseFact(label=label, value="", due_at=outcome.meets_at)


def _advice(outcome: _Outcome, page: str) -> Iterator[CaseFact]:
    if outcome.advice is None:
        return
    words = Outcome(outcome.advice).label
    if outcome.advice != Outcome.DECLINE:
        words += _amount(outcome.advised_pence)
    yield CaseFact(
        label="The Board’s advice",
        value=f"{words}, on {format_date(outcome.advised_at)}",
        href=page,
        action="Read the reasons" if page else "",
    )


def _decision(outcome: _Outcome, page: str) -> Iterator[CaseFact]:
    if outcome.verdict is None:
        return
    words = "Declined"
    if outcome.verdict == Verdict.APPROVE:
        words = f"Approved{_amount(outcome.decided_pence)}"
    departs = ". It departs from the Board’s advice" if outcome.departs else ""
    yield CaseFact(
        label="Decision",
        value=f"{words}, on {format_date(outcome.decided_at)}{departs}",
        href=page,
        action="Read the decision" if page else "",
    )


def _grant(award: Award, outcome: _Outcome) -> Iterator[CaseFact]:
    page = reverse("funding:award", args=[award.key])
    announced = (
        f"public from {format_date(award.announced_on)}"
        if award.announced_on
        else "not announced"
    )
    words, _ = AWARD_TAGS[award.state]
    amount = award.amount or "Amount not stated"
    yield CaseFact(
        label="Grant",
        value=f"{award.key}: {amount}. {words}, {announced}",
        href=page,
        action="Go to the grant",
    )
    if award.state == AwardState.OFFERED and outcome.reply_by is not None:
        label = "The recipient answers the offer by"
        yield CaseFact(label=label, value="", due_at=outcome.reply_by)
    if award.state in RUNNING_STATES:
        for label, due_on in (
            ("The next report is due by", outcome.report_due_on),
            ("The next payment is due by", outcome.payment_due_on),
        ):
            if due_on is not None:
                yield CaseFact(label=label, value="", due_at=due_on)


def _amount(pence: int | None) -> str:
    return f", {Money(int(pence))}" if pence else ""


def _columns(bid: int) -> "QuerySet[Bid, Any]":
    decision = Decision.objects.filter(bid=OuterRef("pk")).order_by(
        "-decided_at", "-pk"
    )
    recommended = RecommendedAmount.objects.filter(recommendation__bid=OuterRef("pk"))
    decided = DecidedAmount.objects.filter(
        decision=Subquery(
            Decision.objects.filter(bid=OuterRef(OuterRef("pk")))
            .order_by("-decided_at", "-pk")
            .values("pk")[:1]
        )
    )
    item = AgendaItem.objects.filter(
        Q(bid__state=BidState.AT_BOARD), bid=OuterRef("pk"), deferred_at=None
    )
    reports = MonitoringReport.objects.filter(
        award__bid=OuterRef("pk"), handed_in_at=None
    )
    payments = Payment.objects.filter(
        award__bid=OuterRef("pk"), state__in=sorted(PAYMENT.sources("request"))
    )
    return Bid.objects.filter(pk=bid).values_list(
        "recommendation__outcome",
        "recommendation__recorded_at",
        _sum(recommended, "recommendation__bid"),
        Subquery(decision.values("verdict")[:1]),
        Subquery(decision.values("decided_at")[:1]),
        _sum(decided, "decision"),
        Subquery(decision.values("departs_from_advice")[:1]),
        Subquery(item.values("meeting__title")[:1]),
        Subquery(item.values("meeting__starts_at")[:1]),
        F("award__offer__reply_by"),
        Subquery(reports.order_by("due_on", "pk").values("due_on")[:1]),
        Subquery(payments.order_by("due_on", "pk").values("due_on")[:1]),
    )


def _sum(rows: "QuerySet[Any]", group: str) -> Subquery:
    sums = rows.order_by().values(group).annotate(sum=Sum("amount"))
    return Subquery(sums.values("sum"))

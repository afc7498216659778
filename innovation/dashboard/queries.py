"""What waits on somebody, by what they may do: counted in one query, to a cap."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Value
from django.urls import reverse

from bids import policies as asking
from bids.models import Round
from bids.states import BidState, ExpressionState
from funding import policies as answering
from funding.models import AgendaItem, MonitoringReport, Payment
from funding.states import AwardState, MeetingState, PaymentState
from innovation.accounts import policies as people
from innovation.accounts.domain import queries as roles
from innovation.accounts.permissions import holds
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.notifications.models import TROUBLED, Letter
from innovation.organisations.models import Organisation

CAP = 99


@dataclass(frozen=True, slots=True)
class Pile:
    """Rows that wait, what they are called, and the page they are worked on from."""

    one: str
    many: str
    href: str
    rows: QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    words: str
    number: int
    href: str

    @property
    def shown(self) -> str:
        return f"more than {CAP}" if self.number > CAP else str(self.number)


def current_rounds(at: datetime) -> QuerySet[Round]:
    """Published and open at this moment, or to come; those that close first first."""
    still = Q(closes_at__isnull=True) | Q(closes_at__gte=at)
    found = Round.objects.filter(still, published=True, opens_at__isnull=False)
    return found.order_by("closes_at", "name")


def waiting(user: Any, *, at: datetime) -> list[Waiting]:
    """Nothing that is empty; in the order of the process."""
    piles = [
        pile for verb, found in _PILES if holds(user, verb) for pile in found(user, at)
    ]
    counts = _counted(piles)
    return [
        Waiting(pile.one if number == 1 else pile.many, number, pile.href)
        for place, pile in enumerate(piles)
        if (number := counts[place])
    ]


@dataclass(frozen=True, slots=True)
class Missing:
    """What an applicant has to do before anything can be sent, if anything."""

    organisation: bool = False
    unconfirmed: bool = False
    authoriser_of: Sequence[Organisation] = ()


def missing(user: Any) -> Missing:
    """Two queries for an applicant, none for anybody else."""
    if not holds(user, Permission.APPLY):
        return Missing()
    own = list(user.memberships.select_related("organisation"))
    confirmed = [one.organisation for one in own if one.confirmed_at]
    if not confirmed:
        return Missing(organisation=not own, unconfirmed=bool(own))
    return Missing(authoriser_of=list(people.unsigned(confirmed)))


def _counted(piles: list[Pile]) -> Counter[int]:
    """Each pile is read no further than the cap, so a long one costs no more."""
    parts = [
        pile.rows.order_by()
        .annotate(pile=Value(place, IntegerField()))
        .values_list("pile", flat=True)[: CAP + 1]
        for place, pile in enumerate(piles)
    ]
    if not parts:
        return Counter()
    first, *others = parts
    return Counter(first.union(*others, all=True) if others else first)


def _applying(user: Any, at: datetime) -> Iterator[Pile]:
    own, bids = asking.own_expressions(user), asking.own_bids(user)
    yield Pile(
        "draft to finish and send",
        "drafts to finish and send",
        reverse("bids:own"),
        own.filter(state=ExpressionState.DRAFT),
    )
    yield Pile(
        "question to answer",
        "questions to answer",
        reverse("bids:own"),
        own.filter(state=ExpressionState.CLARIFICATION),
    )
    yield Pile(
        "message from the department to answer",
        "messages from the department to answer",
        reverse("bids:messages"),
        asking.messages_to_applicant(user),
    )
    yield Pile(
        "bid to write and send",
        "bids to write and send",
        reverse("bids:own"),
        bids.filter(state__in=[BidState.IN_DEVELOPMENT, BidState.RETURNED]),
    )


def _confirming(user: Any, at: datetime) -> Iterator[Pile]:
    """An applicant who holds the verb administers an organisation, or finds none."""
    yield Pile(
        "person to confirm in an organisation",
        "people to confirm in their organisations",
        reverse("accounts:organisations"),
        people.waiting_for(user),
    )


def _holding_grants(user: Any, at: datetime) -> Iterator[Pile]:
    own = answering.awards_to_bind(user)
    yield Pile(
        "offer to answer",
        "offers to answer",
        reverse("funding:grants"),
        own.filter(state=AwardState.OFFERED),
    )
    yield Pile(
        "report to hand in",
        "reports to hand in",
        reverse("funding:grants"),
        MonitoringReport.objects.filter(award__in=own, handed_in_at__isnull=True),
    )


def _triaging(user: Any, at: datetime) -> Iterator[Pile]:
    yield Pile(
        "expression of interest to read",
        "expressions of interest to read",
        f"{reverse('bids:cases')}?stage=expression.submitted",
        asking.cases_for(user).filter(state=ExpressionState.SUBMITTED),
    )


def _developing(user: Any, at: datetime) -> Iterator[Pile]:
    yield Pile(
        "bid being worked up",
        "bids being worked up",
        f"{reverse('bids:cases')}?stage=bid.in_development",
        asking.bids_for(user).filter(state=BidState.IN_DEVELOPMENT),
    )
    if holds(user, Permission.ASSIGN):
        yield Pile(
            "bid that has too few assessors",
            "bids that have too few assessors",
            f"{reverse('bids:cases')}?stage=bid.submitted",
            asking.bids_to_assign(user),
        )
        yield Pile(
            "bid to moderate or mark as assessed",
            "bids to moderate or mark as assessed",
            f"{reverse('bids:cases')}?stage=bid.submitted",
            asking.bids_to_conclude(user),
        )
    yield Pile(
        "bid for you to assess",
        "bids for you to assess",
        reverse("bids:to-assess"),
        asking.assessments_to_finish(user),
    )
    yield Pile(
        "message from an applicant to answer",
        "messages from applicants to answer",
        reverse("bids:messages"),
        asking.messages_to_department(user),
    )


def _running_the_board(user: Any, at: datetime) -> Iterator[Pile]:
    yield Pile(
        "bid to list for a meeting",
        "bids to list for a meeting",
        reverse("funding:meetings"),
        asking.bids_for(user).filter(state=BidState.ASSESSED),
    )
    yield Pile(
        "bid that waits for the Board’s advice to be recorded",
        "bids that wait for the Board’s advice to be recorded",
        reverse("funding:meetings"),
        asking.bids_for(user).filter(state=BidState.AT_BOARD),
    )


def _advising(user: Any, at: datetime) -> Iterator[Pile]:
    if holds(user, Permission.RUN_BOARD):
        return
    papers: QuerySet[AgendaItem] = answering.papers_for(user)
    yield Pile(
        "paper to read and give a view on",
        "papers to read and give a view on",
        reverse("funding:meetings"),
        papers.filter(
            meeting__state=MeetingState.PAPERS_OUT, deferred_at__isnull=True
        ).exclude(opinions__member=user),
    )


def _deciding(user: Any, at: datetime) -> Iterator[Pile]:
    yield Pile(
        "bid to decide on",
        "bids to decide on",
        reverse("funding:decisions"),
        answering.bids_to_decide(user).filter(state=BidState.WITH_MINISTER),
    )


def _managing_grants(user: Any, at: datetime) -> Iterator[Pile]:
    awards = answering.awards_for(user)
    yield Pile(
        "approved bid to make an offer on",
        "approved bids to make an offer on",
        reverse("funding:awards"),
        answering.bids_to_offer(user),
    )
    yield Pile(
        "accepted offer to start",
        "accepted offers to start",
        reverse("funding:awards"),
        awards.filter(state=AwardState.ACCEPTED),
    )
    yield Pile(
        "payment due to be asked for",
        "payments due to be asked for",
        reverse("funding:awards"),
        Payment.objects.filter(
            award__in=awards.filter(state=AwardState.ACTIVE),
            state=PaymentState.PLANNED,
            due_on__lte=clock.london_day(at),
        ),
    )


def _paying(user: Any, at: datetime) -> Iterator[Pile]:
    yield Pile(
        "payment to release or refuse",
        "payments to release or refuse",
        reverse("funding:payments"),
        answering.payments_for(user).filter(state=PaymentState.REQUESTED),
    )


def _managing_people(user: Any, at: datetime) -> Iterator[Pile]:
    yield Pile(
        "change of roles to confirm or refuse",
        "changes of roles to confirm or refuse",
        f"{reverse('accounts:roles')}?state=waiting",
        roles.waiting_for(user),
    )


def _minding_the_service(user: Any, at: datetime) -> Iterator[Pile]:
    yield Pile(
        "letter in doubt or failed",
        "letters in doubt or failed",
        f"{reverse('notifications:outbox')}?state=troubled",
        Letter.objects.filter(state__in=TROUBLED),
    )


_PILES: tuple[tuple[Permission, Callable[[Any, datetime], Iterator[Pile]]], ...] = (
    (Permission.APPLY, _applying),
    (Permission.APPLY, _confirming),
    (Permission.CONFIRM_ORGANISATIONS, _confirming),
    (Permission.RESPOND_TO_OFFER, _holding_grants),
    (Permission.TRIAGE, _triaging),
    (Permission.DEVELOP, _developing),
    (Permission.RUN_BOARD, _running_the_board),
    (Permission.ADVISE, _advising),
    (Permission.DECIDE, _deciding),
    (Permission.DECIDE_SEED, _deciding),
    (Permission.MANAGE_GRANTS, _managing_grants),
    (Permission.RELEASE_PAYMENT, _paying),
    (Permission.MANAGE_PEOPLE, _managing_people),
    (Permission.READ_WORKINGS, _minding_the_service),
)

"""The tasks of a user, by permission, counted in one query up to a cap."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import IntegerField, Model, Q, QuerySet, Value
from django.urls import reverse

from bids import policies as bid_policies
from bids.models import Round
from bids.states import BidState, ExpressionState
from funding import policies as funding_policies
from funding.models import AgendaItem, MonitoringReport, Payment
from funding.states import AwardState, MeetingState, PaymentState
from innovation.accounts import policies as account_policies
from innovation.accounts.domain.queries import role_requests
from innovation.accounts.models import User
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.notifications.models import NEEDS_ATTENTION, Letter
from innovation.organisations.models import Organisation

CAP = 99


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows that need work, their name, and the page for them."""

    singular: str
    plural: str
    href: str
    rows: QuerySet[Model]


@dataclass(frozen=True, slots=True)
class WaitingCount:
    words: str
    number: int
    href: str

    @property
    def number_text(self) -> str:
        return f"more than {CAP}" if self.number > CAP else str(self.number)


def current_rounds(at: datetime) -> QuerySet[Round]:
    """Published rounds that are open or will open; the first to close come first."""
    not_closed = Q(closes_at__isnull=True) | Q(closes_at__gte=at)
    rounds = Round.objects.filter(not_closed, published=True, opens_at__isnull=False)
    return rounds.order_by("closes_at", "name", "pk")


def waiting_counts(user: User, *, at: datetime) -> list[WaitingCount]:
    """The queues that are not empty, in the order of the process."""
    queues = [
        queue
        for permission, queues_of in _QUEUES
        if has_permission(user, permission)
        for queue in queues_of(user, at)
    ]
    counts = _count_rows(queues)
    return [
        WaitingCount(
            queue.singular if number == 1 else queue.plural, number, queue.href
        )
        for index, queue in enumerate(queues)
        if (number := counts[index])
    ]


@dataclass(frozen=True, slots=True)
class MissingSteps:
    """What an applicant still has to do before they can send anything."""

    organisation: bool = False
    unconfirmed: bool = False
    authoriser_of: Sequence[Organisation] = ()


def missing_steps(user: User) -> MissingSteps:
    """Takes two queries for an applicant and none for others."""
    if not has_permission(user, Permission.APPLY):
        return MissingSteps()
    own = list(user.memberships.select_related("organisation"))
    confirmed = [
        membership.organisation for membership in own if membership.confirmed_at
    ]
    if not confirmed:
        return MissingSteps(organisation=not own, unconfirmed=bool(own))
    return MissingSteps(
        authoriser_of=list(account_policies.organisations_without_authoriser(confirmed))
    )


def _count_rows(queues: list[Queue]) -> Counter[int]:
    """Count each queue up to the cap, so that long ones cost no more."""
    parts = [
        queue.rows.order_by()
        .annotate(queue=Value(index, IntegerField()))
        .values_list("queue", flat=True)[: CAP + 1]
        for index, queue in enumerate(queues)
    ]
    if not parts:
        return Counter()
    first, *rest = parts
    return Counter(first.union(*rest, all=True) if rest else first)


def _applicant_queues(user: User, at: datetime) -> Iterator[Queue]:
    own, bids = bid_policies.own_expressions(user), bid_policies.own_bids(user)
    yield Queue(
        "draft to finish and send",
        "drafts to finish and send",
        reverse("bids:own-cases"),
        own.filter(state=ExpressionState.DRAFT),
    )
    yield Queue(
        "question to answer",
        "questions to answer",
        reverse("bids:own-cases"),
        own.filter(state=ExpressionState.CLARIFICATION),
    )
    yield Queue(
        "message from the department to answer",
        "messages from the department to answer",
        reverse("bids:messages"),
        bid_policies.messages_to_applicant(user),
    )
    yield Queue(
        "bid to write and send",
        "bids to write and send",
        reverse("bids:own-cases"),
        bids.filter(state__in=[BidState.IN_DEVELOPMENT, BidState.RETURNED]),
    )


def _confirmation_queues(user: User, at: datetime) -> Iterator[Queue]:
    """Of an applicant it has rows only if they administer an organisation."""
    yield Queue(
        "person to confirm in an organisation",
        "people to confirm in their organisations",
        reverse("accounts:organisations"),
        account_policies.memberships_to_confirm(user),
    )


def _grant_holder_queues(user: User, at: datetime) -> Iterator[Queue]:
    own = funding_policies.awards_to_bind(user)
    yield Queue(
        "offer to answer",
        "offers to answer",
        reverse("funding:grants"),
        own.filter(state=AwardState.OFFERED),
    )
    yield Queue(
        "report to hand in",
        "reports to hand in",
        reverse("funding:grants"),
        MonitoringReport.objects.filter(award__in=own, handed_in_at__isnull=True),
    )


def _triage_queues(user: User, at: datetime) -> Iterator[Queue]:
    yield Queue(
        "expression of interest to read",
        "expressions of interest to read",
        f"{reverse('bids:cases')}?stage=expression.submitted",
        bid_policies.cases_for(user).filter(state=ExpressionState.SUBMITTED),
    )


def _development_queues(user: User, at: datetime) -> Iterator[Queue]:
    yield Queue(
        "bid being worked up",
        "bids being worked up",
        f"{reverse('bids:cases')}?stage=bid.in_development",
        bid_policies.bids_for(user).filter(state=BidState.IN_DEVELOPMENT),
    )
    if has_permission(user, Permission.ASSIGN):
        yield Queue(
            "bid that has too few assessors",
            "bids that have too few assessors",
            f"{reverse('bids:cases')}?stage=bid.submitted",
            bid_policies.bids_to_assign(user),
        )
        yield Queue(
            "bid to moderate or mark as assessed",
            "bids to moderate or mark as assessed",
            f"{reverse('bids:cases')}?stage=bid.submitted",
            bid_policies.bids_to_conclude(user),
        )
    yield Queue(
        "bid for you to assess",
        "bids for you to assess",
        reverse("bids:own-assessments"),
        bid_policies.assessments_to_finish(user),
    )
    yield Queue(
        "message from an applicant to answer",
        "messages from applicants to answer",
        reverse("bids:messages"),
        bid_policies.messages_to_department(user),
    )


def _secretary_queues(user: User, at: datetime) -> Iterator[Queue]:
    yield Queue(
        "bid to list for a meeting",
        "bids to list for a meeting",
        reverse("funding:meetings"),
        bid_policies.bids_for(user).filter(state=BidState.ASSESSED),
    )
    yield Queue(
        "bid to record the Board’s advice on",
        "bids to record the Board’s advice on",
        reverse("funding:meetings"),
        bid_policies.bids_for(user).filter(state=BidState.AT_BOARD),
    )


def _board_member_queues(user: User, at: datetime) -> Iterator[Queue]:
    if has_permission(user, Permission.RUN_BOARD):
        return
    papers: QuerySet[AgendaItem] = funding_policies.papers_for(user)
    yield Queue(
        "paper to read and give a view on",
        "papers to read and give a view on",
        reverse("funding:meetings"),
        papers.filter(
            meeting__state=MeetingState.PAPERS_OUT, deferred_at__isnull=True
        ).exclude(opinions__member=user),
    )


def _decision_queues(user: User, at: datetime) -> Iterator[Queue]:
    yield Queue(
        "bid to decide on",
        "bids to decide on",
        reverse("funding:decisions"),
        funding_policies.bids_to_decide(user).filter(state=BidState.WITH_MINISTER),
    )


def _grant_manager_queues(user: User, at: datetime) -> Iterator[Queue]:
    awards = funding_policies.awards_for(user)
    yield Queue(
        "approved bid to make an offer on",
        "approved bids to make an offer on",
        reverse("funding:awards"),
        funding_policies.bids_to_offer(user),
    )
    yield Queue(
        "accepted offer to start",
        "accepted offers to start",
        reverse("funding:awards"),
        awards.filter(state=AwardState.ACCEPTED),
    )
    yield Queue(
        "payment due to be asked for",
        "payments due to be asked for",
        reverse("funding:awards"),
        Payment.objects.filter(
            award__in=awards.filter(state=AwardState.ACTIVE),
            state=PaymentState.PLANNED,
            due_on__lte=clock.london_day(at),
        ),
    )


def _finance_queues(user: User, at: datetime) -> Iterator[Queue]:
    yield Queue(
        "payment to release or refuse",
        "payments to release or refuse",
        reverse("funding:payments"),
        funding_policies.payments_for(user).filter(state=PaymentState.REQUESTED),
    )


def _people_queues(user: User, at: datetime) -> Iterator[Queue]:
    yield Queue(
        "change of roles to confirm or refuse",
        "changes of roles to confirm or refuse",
        f"{reverse('accounts:roles')}?state=waiting",
        role_requests.answerable_requests(user),
    )


def _letter_queues(user: User, at: datetime) -> Iterator[Queue]:
    yield Queue(
        "letter in doubt or failed",
        "letters in doubt or failed",
        f"{reverse('notifications:outbox')}?state=troubled",
        Letter.objects.filter(state__in=NEEDS_ATTENTION),
    )


_QUEUES: tuple[tuple[Permission, Callable[[User, datetime], Iterator[Queue]]], ...] = (
    (Permission.APPLY, _applicant_queues),
    (Permission.APPLY, _confirmation_queues),
    (Permission.CONFIRM_ORGANISATIONS, _confirmation_queues),
    (Permission.RESPOND_TO_OFFER, _grant_holder_queues),
    (Permission.TRIAGE, _triage_queues),
    (Permission.DEVELOP, _development_queues),
    (Permission.RUN_BOARD, _secretary_queues),
    (Permission.ADVISE, _board_member_queues),
    (Permission.DECIDE, _decision_queues),
    (Permission.DECIDE_SEED, _decision_queues),
    (Permission.MANAGE_GRANTS, _grant_manager_queues),
    (Permission.RELEASE_PAYMENT, _finance_queues),
    (Permission.MANAGE_PEOPLE, _people_queues),
    (Permission.READ_WORKINGS, _letter_queues),
)

"""The tasks of a user, by permission, counted in one query up to a cap. An applicant’s
cases and grants are cards: see `dashboard.cards`.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Value
from django.urls import reverse

from bids import barrier_policies, partner_policies
from bids import policies as bid_policies
from bids.domain.programmes import of_main_programme
from bids.domain.queries.case_search_filters import ANY_FLAG, has_flag
from bids.models import Round
from bids.states import BidState, ExpressionState
from funding import policies as funding_policies
from funding.models import AgendaItem, Offer, Payment
from funding.states import AwardState, MeetingState, PaymentState
from innovation.accounts import policies as account_policies
from innovation.accounts.domain.queries import role_requests
from innovation.accounts.models import User
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.core import clock, statements
from innovation.notifications.models import NEEDS_ATTENTION, Letter
from innovation.organisations.models import Organisation

CAP = 99


Rows = Callable[[User], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows that need work, their name, and the page for them. A user sees it who has
    any of the permissions and also that in `also`, but not that in `unless`. With
    `due_column`, only rows whose date in that column has come need work.
    """

    permissions: Sequence[Permission]
    singular: str
    plural: str
    page: str
    rows: Rows
    query: str = ""
    due_column: str = ""
    also: Permission | None = None
    unless: Permission | None = None

    @property
    def href(self) -> str:
        return reverse(self.page) + (f"?{self.query}" if self.query else "")

    def rows_on(self, user: User, today: date | None) -> QuerySet[Any]:
        rows = self.rows(user).order_by()
        return (
            rows.filter(**{f"{self.due_column}__lte": today})
            if self.due_column
            else rows
        )

    def is_for(self, user: User) -> bool:
        return (
            has_permission(user, *self.permissions)
            and (self.also is None or has_permission(user, self.also))
            and (self.unless is None or not has_permission(user, self.unless))
        )


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
    rounds = of_main_programme(rounds, "pk")
    return rounds.order_by("closes_at", "name", "pk")


def waiting_counts(user: User, *, at: datetime) -> list[WaitingCount]:
    """The queues that are not empty, in the order of the process."""
    queues = _queues_of(user)
    if not queues:
        return []
    rows = statements.values(_waiting, user, _day_of_queues(user, at))
    counts = Counter(number for (number,) in rows)
    return [
        WaitingCount(
            queue.singular if number == 1 else queue.plural, number, queue.href
        )
        for index, queue in enumerate(queues)
        if (number := counts[index])
    ]


def _queues_of(user: User) -> list[Queue]:
    return [queue for queue in _QUEUES if queue.is_for(user)]


def _day_of_queues(user: User, at: datetime) -> date | None:
    """`None` if no queue of the user depends on the day."""
    has_due_rows = any(queue.due_column for queue in _queues_of(user))
    return clock.london_day(at) if has_due_rows else None


def _waiting(user: User, today: date | None) -> QuerySet[Any]:
    """A row with the number of its queue for each row that waits, up to the cap: a long
    queue costs no more.
    """
    parts: list[QuerySet[Any]] = [
        queue.rows_on(user, today)
        .annotate(queue=Value(number, IntegerField()))
        .values_list("queue")[: CAP + 1]
        for number, queue in enumerate(_queues_of(user))
    ]
    first, *others = parts
    return first.union(*others, all=True) if others else first


@dataclass(frozen=True, slots=True)
class MissingSteps:
    """What an applicant still has to do before they can send anything."""

    organisation: bool = False
    unconfirmed: bool = False
    authoriser_of: Sequence[Organisation] = ()


def missing_steps(user: User) -> MissingSteps:
    """Takes one query for an applicant and none for others."""
    if not has_permission(user, Permission.APPLY):
        return MissingSteps()
    own: list[Any] = statements.fetch(account_policies.own_memberships, user.pk)
    confirmed = [membership for membership in own if membership.confirmed_at]
    if not confirmed:
        return MissingSteps(organisation=not own, unconfirmed=bool(own))
    return MissingSteps(
        authoriser_of=[
            membership.organisation
            for membership in confirmed
            if not membership.has_authoriser
        ]
    )


def _papers_to_read(user: User) -> QuerySet[AgendaItem]:
    papers = funding_policies.papers_for(user).filter(
        meeting__state=MeetingState.PAPERS_OUT, deferred_at__isnull=True
    )
    return papers.exclude(opinions__member=user)


def _open_offers(user: User) -> QuerySet[Offer]:
    awards = funding_policies.awards_for(user).filter(state=AwardState.OFFERED)
    return Offer.objects.filter(award__in=awards)


def _planned_payments(user: User) -> QuerySet[Payment]:
    awards = funding_policies.awards_for(user).filter(state=AwardState.ACTIVE)
    return Payment.objects.filter(award__in=awards, state=PaymentState.PLANNED)


_QUEUES: Sequence[Queue] = (
    Queue(
        [Permission.APPLY],
        "message from the department to answer",
        "messages from the department to answer",
        "bids:messages",
        bid_policies.messages_to_applicant,
    ),
    Queue(
        [Permission.APPLY, Permission.CONFIRM_ORGANISATIONS],
        "person to confirm in an organisation",
        "people to confirm in their organisations",
        "accounts:organisations",
        account_policies.memberships_to_confirm,
    ),
    Queue(
        [Permission.CONFIRM_ORGANISATIONS],
        "organisation to check, which an applicant named",
        "organisations to check, which applicants named",
        "bids:partner-checks",
        partner_policies.organisations_to_check,
    ),
    Queue(
        [Permission.TRIAGE],
        "expression of interest to read",
        "expressions of interest to read",
        "bids:cases",
        lambda user: bid_policies.cases_for(user).filter(
            state=ExpressionState.SUBMITTED
        ),
        query="stage=expression.submitted",
    ),
    Queue(
        [Permission.TRIAGE],
        "case with an open flag",
        "cases with open flags",
        "bids:cases",
        lambda user: bid_policies.cases_for(user).filter(has_flag(ANY_FLAG)),
        query=f"flag={ANY_FLAG}",
    ),
    Queue(
        [Permission.TRIAGE],
        "decision to look at again, because an applicant asks",
        "decisions to look at again, because applicants ask",
        "bids:reconsiderations",
        bid_policies.reconsiderations_to_answer,
    ),
    Queue(
        [Permission.DEVELOP],
        "bid being worked up",
        "bids being worked up",
        "bids:cases",
        lambda user: bid_policies.bids_for(user).filter(state=BidState.IN_DEVELOPMENT),
        query="stage=bid.in_development",
    ),
    Queue(
        [Permission.DEVELOP],
        "bid that has too few assessors",
        "bids that have too few assessors",
        "bids:cases",
        bid_policies.bids_to_assign,
        query="stage=bid.submitted",
        also=Permission.ASSIGN,
    ),
    Queue(
        [Permission.DEVELOP],
        "bid to moderate or mark as assessed",
        "bids to moderate or mark as assessed",
        "bids:cases",
        bid_policies.bids_to_conclude,
        query="stage=bid.submitted",
        also=Permission.ASSIGN,
    ),
    Queue(
        [Permission.DEVELOP],
        "bid for you to assess",
        "bids for you to assess",
        "bids:own-assessments",
        bid_policies.assessments_to_finish,
    ),
    Queue(
        [Permission.DEVELOP],
        "message from an applicant to answer",
        "messages from applicants to answer",
        "bids:messages",
        bid_policies.messages_to_department,
    ),
    Queue(
        [Permission.TRIAGE],
        "barrier you own that is due",
        "barriers you own that are due",
        "bids:barriers",
        barrier_policies.barriers_to_settle,
        query="owner=me&due=come",
        due_column="due_on",
    ),
    Queue(
        [Permission.RUN_BOARD],
        "bid to list for a meeting",
        "bids to list for a meeting",
        "funding:meetings",
        lambda user: bid_policies.bids_for(user).filter(state=BidState.ASSESSED),
    ),
    Queue(
        [Permission.RUN_BOARD],
        "bid to record the Board’s advice on",
        "bids to record the Board’s advice on",
        "funding:meetings",
        lambda user: bid_policies.bids_for(user).filter(state=BidState.AT_BOARD),
    ),
    Queue(
        [Permission.ADVISE],
        "paper to read and give a view on",
        "papers to read and give a view on",
        "funding:meetings",
        _papers_to_read,
        unless=Permission.RUN_BOARD,
    ),
    Queue(
        [Permission.DECIDE, Permission.DECIDE_SEED],
        "bid to decide on",
        "bids to decide on",
        "funding:decisions",
        lambda user: funding_policies.bids_to_decide(user).filter(
            state=BidState.WITH_MINISTER
        ),
    ),
    Queue(
        [Permission.MANAGE_GRANTS],
        "approved bid to make an offer on",
        "approved bids to make an offer on",
        "funding:awards",
        funding_policies.bids_to_offer,
    ),
    Queue(
        [Permission.MANAGE_GRANTS],
        "unanswered offer whose last day has come",
        "unanswered offers whose last day has come",
        "funding:awards",
        _open_offers,
        query="state=offered",
        due_column="reply_by",
    ),
    Queue(
        [Permission.MANAGE_GRANTS],
        "accepted offer to start",
        "accepted offers to start",
        "funding:awards",
        lambda user: funding_policies.awards_for(user).filter(
            state=AwardState.ACCEPTED
        ),
    ),
    Queue(
        [Permission.MANAGE_GRANTS],
        "payment due to be asked for",
        "payments due to be asked for",
        "funding:awards",
        _planned_payments,
        due_column="due_on",
    ),
    Queue(
        [Permission.RELEASE_PAYMENT],
        "payment to release or refuse",
        "payments to release or refuse",
        "funding:payments",
        lambda user: funding_policies.payments_for(user).filter(
            state=PaymentState.REQUESTED
        ),
    ),
    Queue(
        [Permission.IMPORT_CASES],
        "import of past cases to confirm or refuse",
        "imports of past cases to confirm or refuse",
        "funding:imports",
        funding_policies.imports_to_confirm,
    ),
    Queue(
        [Permission.IMPORT_CASES],
        "correction of an imported case to confirm or refuse",
        "corrections of imported cases to confirm or refuse",
        "funding:corrections",
        funding_policies.corrections_to_confirm,
    ),
    Queue(
        [Permission.MANAGE_PEOPLE],
        "change of roles to confirm or refuse",
        "changes of roles to confirm or refuse",
        "accounts:roles",
        role_requests.answerable_requests,
        query="state=waiting",
    ),
    Queue(
        [Permission.READ_SYSTEM_HEALTH],
        "letter in doubt or failed",
        "letters in doubt or failed",
        "notifications:outbox",
        lambda user: Letter.objects.filter(state__in=NEEDS_ATTENTION),
        query="state=troubled",
    ),
)

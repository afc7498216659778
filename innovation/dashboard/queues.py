"""The queues of tasks: which rows need work, by whom, and where it is done.

Most have a page of their own, which shows exactly the rows that are counted. The others
lead to a list that shows the same ones.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from bids import barrier_policies, partner_policies
from bids import policies as bid_policies
from bids.domain.programmes import ALL
from bids.domain.queries.flags import open_flags
from bids.models import Bid, Flag
from bids.states import BidState, ExpressionState
from funding import policies as funding_policies
from funding.models import AgendaItem, Award, MonitoringReport, Payment, Variation
from funding.states import AwardState, MeetingState, PaymentState, VariationState
from innovation.accounts import policies as account_policies
from innovation.accounts.domain.queries import role_requests
from innovation.accounts.models import User
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.dashboard.queue_subjects import (
    bid_at,
    described,
    membership_subject,
    role_request_subject,
)
from innovation.notifications.models import NEEDS_ATTENTION, Letter
from innovation.web.subjects import Subject

Rows = Callable[[User], QuerySet[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Rows that need work, and their name. A user sees it who has any of the
    permissions and also that in `also`, but not that in `unless`. With `due`, a path to
    a date, only rows whose date has come need work.

    Without `page`, a page of its own shows the rows: `subject` says what a row is
    called, and leads to where the work is done; `related` is read with it.
    """

    name: str
    permissions: Sequence[Permission]
    singular: str
    plural: str
    rows: Rows
    due: str = ""
    also: Permission | None = None
    unless: Permission | None = None
    page: str = ""
    query: str = ""
    subject: Callable[[Any, User], Subject] = described
    related: Sequence[str] = ()

    @property
    def title(self) -> str:
        return self.plural[0].upper() + self.plural[1:]

    @property
    def href(self) -> str:
        if not self.page:
            return reverse("dashboard:queue", args=[self.name])
        return reverse(self.page) + (f"?{self.query}" if self.query else "")

    def rows_on(self, user: User, today: date | None) -> QuerySet[Any]:
        rows = self.rows(user).order_by()
        return rows.filter(**{f"{self.due}__lte": today}) if self.due else rows

    def due_on(self, row: Any) -> date | None:
        day = reduce(getattr, self.due.split("__"), row) if self.due else None
        assert day is None or isinstance(day, date)
        return day

    def is_for(self, user: User) -> bool:
        return (
            has_permission(user, *self.permissions)
            and (self.also is None or has_permission(user, self.also))
            and (self.unless is None or not has_permission(user, self.unless))
        )


def queues_of(user: User) -> list[Queue]:
    return [queue for queue in QUEUES if queue.is_for(user)]


def _bids_in(state: str) -> Rows:
    return lambda user: bid_policies.working_bids(user).filter(state=state)


def _awards_in(state: str) -> Rows:
    return lambda user: funding_policies.awards_for(user).filter(state=state)


def _payments_in(state: str) -> Rows:
    """Of grants that are running."""

    def rows(user: User) -> QuerySet[Payment]:
        awards = funding_policies.awards_for(user).filter(state=AwardState.ACTIVE)
        return Payment.objects.filter(award__in=awards, state=state)

    return rows


def _flags(user: User) -> QuerySet[Flag]:
    return open_flags().filter(expression__in=bid_policies.cases_for(user).values("pk"))


def _items_to_advise_on(user: User) -> QuerySet[AgendaItem]:
    return funding_policies.papers_for(user).filter(
        bid__state=BidState.AT_BOARD, deferred_at=None, recommendation=None
    )


def _papers_to_read(user: User) -> QuerySet[AgendaItem]:
    papers = funding_policies.papers_for(user).filter(
        meeting__state=MeetingState.PAPERS_OUT, deferred_at__isnull=True
    )
    return papers.exclude(opinions__member=user)


def _bids_to_decide(user: User) -> QuerySet[Bid]:
    rows = funding_policies.bids_to_decide(user)
    return rows.filter(state=BidState.WITH_MINISTER)


def _offers(user: User) -> QuerySet[Award]:
    return _awards_in(AwardState.OFFERED)(user).filter(offer__isnull=False)


def _changes(user: User) -> QuerySet[Variation]:
    return funding_policies.variations_for(user).filter(state=VariationState.ASKED)


def _reports(user: User) -> QuerySet[MonitoringReport]:
    return funding_policies.monitoring_for(user).filter(handed_in_at=None)


_CASE = ("expression__chain", "expression__lead", "expression__round")
_BID = ("chain", "lead", "round", "expression__chain", "expression__lead")
QUEUES: Sequence[Queue] = (
    Queue(
        name="messages-from-the-department",
        permissions=[Permission.APPLY],
        singular="message from the department to answer",
        plural="messages from the department to answer",
        rows=bid_policies.messages_to_applicant,
        page="bids:messages",
    ),
    Queue(
        name="people-to-confirm",
        permissions=[Permission.APPLY, Permission.CONFIRM_ORGANISATIONS],
        singular="person to confirm in an organisation",
        plural="people to confirm in their organisations",
        rows=account_policies.memberships_to_confirm,
        subject=membership_subject,
        related=("user", "organisation"),
    ),
    Queue(
        name="organisations-to-check",
        permissions=[Permission.CONFIRM_ORGANISATIONS],
        singular="organisation to check, which an applicant named",
        plural="organisations to check, which applicants named",
        rows=partner_policies.organisations_to_check,
        page="bids:partner-checks",
    ),
    Queue(
        name="expressions-to-read",
        permissions=[Permission.TRIAGE],
        singular="expression of interest to read",
        plural="expressions of interest to read",
        rows=lambda user: bid_policies.cases_for(user).filter(
            state=ExpressionState.SUBMITTED
        ),
        page="bids:cases",
        query=f"stage=expression.submitted&programme={ALL}",
    ),
    Queue(
        name="flags",
        permissions=[Permission.TRIAGE],
        singular="open flag to resolve",
        plural="open flags to resolve",
        rows=_flags,
        related=_CASE,
    ),
    Queue(
        name="reconsiderations",
        permissions=[Permission.TRIAGE],
        singular="decision to look at again, because an applicant asks",
        plural="decisions to look at again, because applicants ask",
        rows=bid_policies.reconsiderations_to_answer,
        page="bids:reconsiderations",
    ),
    Queue(
        name="bids-worked-up",
        permissions=[Permission.DEVELOP],
        singular="bid being worked up",
        plural="bids being worked up",
        rows=_bids_in(BidState.IN_DEVELOPMENT),
        page="bids:cases",
        query=f"stage=bid.in_development&programme={ALL}",
    ),
    Queue(
        name="bids-without-assessors",
        permissions=[Permission.DEVELOP],
        singular="bid that has too few assessors",
        plural="bids that have too few assessors",
        rows=bid_policies.bids_to_assign,
        also=Permission.ASSIGN,
        subject=bid_at("bids:bid-assessor"),
        related=_BID,
    ),
    Queue(
        name="bids-to-conclude",
        permissions=[Permission.DEVELOP],
        singular="bid to moderate or mark as assessed",
        plural="bids to moderate or mark as assessed",
        rows=bid_policies.bids_to_conclude,
        also=Permission.ASSIGN,
        subject=bid_at("bids:bid-assessments"),
        related=_BID,
    ),
    Queue(
        name="bids-to-assess",
        permissions=[Permission.DEVELOP],
        singular="bid for you to assess",
        plural="bids for you to assess",
        rows=bid_policies.assessments_to_finish,
        page="bids:own-assessments",
    ),
    Queue(
        name="messages-from-applicants",
        permissions=[Permission.DEVELOP],
        singular="message from an applicant to answer",
        plural="messages from applicants to answer",
        rows=bid_policies.messages_to_department,
        page="bids:messages",
    ),
    Queue(
        name="barriers",
        permissions=[Permission.TRIAGE],
        singular="barrier you own that is due",
        plural="barriers you own that are due",
        rows=barrier_policies.barriers_to_settle,
        due="due_on",
        page="bids:barriers",
        query="owner=me&due=come",
    ),
    Queue(
        name="bids-to-list",
        permissions=[Permission.RUN_BOARD],
        singular="bid to list for a meeting",
        plural="bids to list for a meeting",
        rows=_bids_in(BidState.ASSESSED),
        related=_BID,
    ),
    Queue(
        name="advice-to-record",
        permissions=[Permission.RUN_BOARD],
        singular="bid to record the Board’s advice on",
        plural="bids to record the Board’s advice on",
        rows=_items_to_advise_on,
        related=("bid", "recommendation"),
    ),
    Queue(
        name="papers-to-read",
        permissions=[Permission.ADVISE],
        singular="paper to read and give a view on",
        plural="papers to read and give a view on",
        rows=_papers_to_read,
        unless=Permission.RUN_BOARD,
        related=("bid", "recommendation"),
    ),
    Queue(
        name="bids-to-decide",
        permissions=[Permission.DECIDE, Permission.DECIDE_SEED],
        singular="bid to decide on",
        plural="bids to decide on",
        rows=_bids_to_decide,
        subject=bid_at("funding:decision"),
    ),
    Queue(
        name="offers-to-make",
        permissions=[Permission.MANAGE_GRANTS],
        singular="approved bid to make an offer on",
        plural="approved bids to make an offer on",
        rows=funding_policies.bids_to_offer,
        subject=bid_at("funding:award-offer"),
    ),
    Queue(
        name="offers-not-answered",
        permissions=[Permission.MANAGE_GRANTS],
        singular="unanswered offer whose last day has come",
        plural="unanswered offers whose last day has come",
        rows=_offers,
        due="offer__reply_by",
    ),
    Queue(
        name="grants-to-start",
        permissions=[Permission.MANAGE_GRANTS],
        singular="accepted offer to start",
        plural="accepted offers to start",
        rows=_awards_in(AwardState.ACCEPTED),
    ),
    Queue(
        name="changes-to-answer",
        permissions=[Permission.MANAGE_GRANTS],
        singular="change to a grant to agree or refuse",
        plural="changes to grants to agree or refuse",
        rows=_changes,
        related=("award",),
    ),
    Queue(
        name="reports-due",
        permissions=[Permission.MANAGE_GRANTS],
        singular="report that is due and not handed in",
        plural="reports that are due and not handed in",
        rows=_reports,
        due="due_on",
        related=("award",),
    ),
    Queue(
        name="payments-to-ask-for",
        permissions=[Permission.MANAGE_GRANTS],
        singular="payment due to be asked for",
        plural="payments due to be asked for",
        rows=_payments_in(PaymentState.PLANNED),
        due="due_on",
        related=("award",),
    ),
    Queue(
        name="payments-sent-back",
        permissions=[Permission.REQUEST_PAYMENT],
        singular="payment that finance sent back",
        plural="payments that finance sent back",
        rows=_payments_in(PaymentState.REFUSED),
        related=("award",),
    ),
    Queue(
        name="payments-to-release",
        permissions=[Permission.RELEASE_PAYMENT],
        singular="payment to release or refuse",
        plural="payments to release or refuse",
        rows=lambda user: funding_policies.payments_for(user).filter(
            state=PaymentState.REQUESTED
        ),
        page="funding:payments",
    ),
    Queue(
        name="imports-to-confirm",
        permissions=[Permission.IMPORT_CASES],
        singular="import of past cases to confirm or refuse",
        plural="imports of past cases to confirm or refuse",
        rows=funding_policies.imports_to_confirm,
    ),
    Queue(
        name="corrections-to-confirm",
        permissions=[Permission.IMPORT_CASES],
        singular="correction of an imported case to confirm or refuse",
        plural="corrections of imported cases to confirm or refuse",
        rows=funding_policies.corrections_to_confirm,
    ),
    Queue(
        name="role-changes-to-confirm",
        permissions=[Permission.MANAGE_PEOPLE],
        singular="change of roles to confirm or refuse",
        plural="changes of roles to confirm or refuse",
        rows=role_requests.answerable_requests,
        subject=role_request_subject,
        related=("user",),
    ),
    Queue(
        name="letters",
        permissions=[Permission.READ_SYSTEM_HEALTH],
        singular="letter in doubt or failed",
        plural="letters in doubt or failed",
        rows=lambda user: Letter.objects.filter(state__in=NEEDS_ATTENTION),
        page="notifications:outbox",
        query="state=troubled",
    ),
)

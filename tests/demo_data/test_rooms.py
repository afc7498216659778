"""Every state and every list of the service has something in it."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db.models import Model
from django.http import HttpRequest

from bids.models import (
    Assignment,
    Bid,
    Clarification,
    Expression,
    LateAttempt,
    LateEntry,
    Reconsideration,
    Round,
    SignatureRequest,
)
from bids.states import BidState, ExpressionState, ReconsiderationState
from funding.demo_data import rounds
from funding.demo_data.people import DEMO_PEOPLE, DemoUsers
from funding.domain import ledger, meetings, recommendations
from funding.models import (
    Award,
    Correction,
    Decision,
    Finding,
    Import,
    Meeting,
    MonitoringReport,
    Payment,
    Variation,
)
from funding.states import (
    AwardState,
    CorrectionState,
    MeetingState,
    PaymentState,
    VariationState,
)
from innovation.accounts.models import Invitation, Membership, User
from innovation.core.clock import financial_year, london_day
from innovation.core.transitions import State
from innovation.dashboard.queries import waiting_counts
from innovation.documents.models import Document
from innovation.notifications.models import NEEDS_ATTENTION, Letter
from innovation.organisations.models import Organisation
from innovation.reporting.models import Report
from innovation.web import pages
from innovation.web.sessions import SessionStore
from tests.browser import routes

pytestmark = pytest.mark.django_db
PARTS = tuple(part.email.partition("@")[0] for part in DEMO_PEOPLE if part.can_sign_in)
RETRACTED = "a retraction changes what the figures said of a past day"
ABSENT: dict[State, str] = {
    ExpressionState.RETRACTED: RETRACTED,
    AwardState.RETRACTED: RETRACTED,
    ReconsiderationState.OVERTURNED: "such a case then looks like any other",
}
"""The states in which nothing stands, and why."""
OWN_LISTS = {
    "accounts:organisations": "what they belong to, for who checks none",
    "notifications:postbox": "a worker delivers their letters once the service runs",
    "reporting:reports": "what they had built themselves",
}
"""Lists of what is somebody’s own, which can be empty, and what they show."""
WITHOUT_TASKS = {"analyst": "reads, and decides nothing"}


@pytest.mark.parametrize(
    ("model", "states"),
    [
        (Expression, ExpressionState),
        (Bid, BidState),
        (Reconsideration, ReconsiderationState),
        (Award, AwardState),
        (Payment, PaymentState),
        (Meeting, MeetingState),
        (Variation, VariationState),
        (Correction, CorrectionState),
    ],
)
def test_something_stands_in_every_state(
    model: type[Expression], states: type[State]
) -> None:
    standing = set(model.objects.values_list("state", flat=True))
    assert standing == {str(state) for state in states if state not in ABSENT}


def test_the_board_can_meet_today_on_seven_bids_one_without_a_member(
    at: datetime,
) -> None:
    users = DemoUsers()
    meeting = Meeting.objects.get(state=MeetingState.PAPERS_OUT)
    assert london_day(meeting.starts_at) == london_day(at)
    members = [users[part] for part in ("member", "member2", "member3", "member4")]
    meetings.hold(meeting, present=members, by=users["secretary"], at=at)
    sizes = [recommendations.quorum_count(item) for item in meeting.items.all()]
    assert sorted(sizes) == [3, 4, 4, 4, 4, 4, 4]


def test_little_is_left_of_this_years_budgets(at: datetime) -> None:
    year = financial_year(london_day(at))
    call = Round.objects.get(name=rounds.OPEN_ROUND)
    for envelope in call.envelopes.filter(financial_year=year):
        approved = ledger.approved_amount(envelope)
        left = envelope.amount - approved
        assert 0 < left.pence < 0.4 * envelope.amount.pence
    waiting = Bid.objects.get(title="Whole-family plans in one record")
    amounts = ledger.requested_amounts(waiting)
    assert ledger.overspends(ledger.find_envelopes(waiting, [year]), amounts)


def test_the_minister_has_declined_against_the_advice() -> None:
    decision = Decision.objects.get(verdict="decline", departs_from_advice=True)
    assert decision.reason
    assert decision.bid.feedback.count() == 4


def test_a_round_closes_tomorrow_and_another_has_closed(at: datetime) -> None:
    closing = Round.objects.get(name=rounds.CLOSING_ROUND)
    assert closing.closes_at is not None
    assert london_day(closing.closes_at) == london_day(at + timedelta(days=1))
    late = LateAttempt.objects.get()
    assert late.expression.round.name == rounds.CLOSED_ROUND
    assert LateEntry.objects.get().until > at


def test_reports_are_late_handed_in_and_published(at: datetime) -> None:
    unanswered = MonitoringReport.objects.filter(handed_in_at=None)
    due = {report.due_on > london_day(at) for report in unanswered}
    assert due == {True, False}
    assert MonitoringReport.objects.exclude(handed_in_at=None).count() == 5
    assert set(Finding.objects.values_list("direction", flat=True)) == {
        "better", "same", "worse", "unclear",
    }  # fmt: skip


def test_a_signature_is_asked_for_and_another_was_declined() -> None:
    requests = SignatureRequest.objects.values_list("state", flat=True)
    assert sorted(requests) == ["declined", "waiting"]
    assert SignatureRequest.objects.get(state="declined").reason


def test_people_and_organisations_wait_to_be_looked_at() -> None:
    users = DemoUsers()
    waiting = Membership.objects.filter(confirmed_at=None)
    assert {membership.user for membership in waiting} == {
        users["joiner"],
        users["first.applicant"],
    }
    partner = Organisation.objects.get(state="unconfirmed")
    assert partner.named_at is not None
    assert Invitation.objects.filter(ended_at=None).count() == 1
    questions = Clarification.objects.filter(expression__round__name=rounds.OPEN_ROUND)
    assert {bool(question.answer) for question in questions} == {True, False}
    assert set(Import.objects.values_list("state", flat=True)) == {
        "applied", "waiting", "refused",
    }  # fmt: skip


def test_files_reports_and_letters_in_trouble_are_there() -> None:
    assert {document.kind for document in Document.objects.all()} == {"pdf", "xlsx"}
    makers = {(row.asked_by.email, row.state) for row in Report.objects.all()}
    assert makers == {
        ("official@example.org", "ready"),
        ("analyst@example.org", "ready"),
    }
    assert Letter.objects.filter(state__in=NEEDS_ATTENTION).count() == 3


def test_several_people_look_after_cases() -> None:
    open_assignments = Assignment.objects.filter(ended_at=None)
    emails = open_assignments.values_list("user__email", flat=True)
    loads = Counter(email.partition("@")[0] for email in emails)
    assert loads == {
        "official": 2,
        "second.official": 1,
        "third.official": 2,
        "coach": 10,
        "second.coach": 2,
    }


@pytest.mark.parametrize("part", PARTS)
def test_no_list_is_empty_and_something_waits(part: str, at: datetime) -> None:
    user = DemoUsers()[part]
    empty = [
        route.name
        for route in list_routes()
        if route.view.policy.allows(user)
        and route.name not in OWN_LISTS
        and not rows_shown(route.view(), user)
    ]
    assert empty == []
    assert bool(waiting_counts(user, at=at)) == (part not in WITHOUT_TASKS)


def list_routes() -> list[routes.Route]:
    return [
        route
        for route in routes.all_routes()
        if "<" not in route.pattern and issubclass(route.view, pages.ListPage)
    ]


def rows_shown(page: pages.Page[Model], user: User) -> bool:
    page.request = HttpRequest()
    page.request.user = user
    page.request.session = SessionStore()
    return page.rows_in_scope().exists()


def test_every_made_up_round_says_so() -> None:
    made_up = Round.objects.filter(demonstration=True)
    named_so = Round.objects.filter(name__endswith="(demonstration)")
    assert set(made_up) == set(named_so) != set()

"""A control: without one of the filters, a reader can tell the two worlds apart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Case, Count, DateTimeField, F, Q, Value, When

from bids import conflicts, subjects
from bids import policies as asking
from bids.domain.queries import bids as bid_queries
from bids.domain.queries import burden, scores
from bids.models import Round
from funding import policies as answering
from funding.domain.queries import board
from funding.models import AgendaItem, Award, EvaluationReport
from funding.views import awards, papers
from innovation.accounts.roles import Permission
from innovation.audit import presenters
from innovation.audit.presenters import Audience
from innovation.core import statements
from innovation.notifications.models import Letter
from innovation.reporting import disclosure
from tests.inference import scenario
from tests.inference.hidden_facts import FACTS
from tests.inference.scenario import CONFLICTED_OFFICIAL
from tests.inference.worlds import Worlds, freeze_time

pytestmark = pytest.mark.django_db
Replacement = tuple[Any, str, Any]


@dataclass(frozen=True)
class Control:
    """`replacement` says which function is replaced by one that hides nothing."""

    filter: str
    fact: str
    reader: str
    replacement: Callable[[], Replacement]
    within: tuple[str, ...]


def _all_letters() -> Replacement:
    return Letter, "is_about_case", property(lambda letter: False)


def _words_of_the_department() -> Replacement:
    def tag(stage: str, audience: Audience) -> tuple[str, str]:
        return presenters.stages[stage].tags[Audience.DEPARTMENT]

    return subjects, "stage_tag", tag


def _unsent_cases() -> Replacement:
    def reach(user: Any, path: str) -> Q:
        works = user.is_authenticated and user.may(Permission.READ_CASES)
        return Q() if works else Q(pk__in=[])

    return asking, "_working_reach", reach


CONTROLS = [
    Control(
        "an approval in an export",
        "an approval and the grant made of it, not announced",
        "analyst",
        lambda: (disclosure, "unannounced_approvals", lambda *_: Q(pk__in=[])),
        ("reports/",),
    ),
    Control(
        "when a case last moved, left blank",
        "an approval and the grant made of it, not announced",
        "analyst",
        lambda: (disclosure, "moved_at", lambda: _hidden_times()),
        ("reports/",),
    ),
    Control(
        "an approval in the API",
        "an approval and the grant made of it, not announced",
        "official",
        lambda: (bid_queries, "with_disclosed_state", _actual_state),
        ("api/",),
    ),
    Control(
        "an announcement to come",
        "an announcement to come",
        scenario.PUBLIC,
        lambda: (answering, "public_awards", _awards_announced_on_any_day),
        ("projects/", ""),
    ),
    Control(
        "where a bid is with the Board, in an applicant's program",
        "that the Board has advised",
        "applicant",
        lambda: (bid_queries, "with_disclosed_state", _actual_state),
        ("api/",),
    ),
    Control(
        "what an applicant is told of a stage",
        "that the Board has advised",
        "applicant",
        _words_of_the_department,
        ("apply/",),
    ),
    Control(
        "cases closed by an interest",
        "how a case with an interest goes on",
        CONFLICTED_OFFICIAL,
        lambda: (conflicts, "expressions_closed_to", lambda user: None),
        ("cases/", "reports/", "burden/"),
    ),
    Control(
        "cases of a council closed by an interest",
        "how a case with an interest goes on",
        CONFLICTED_OFFICIAL,
        lambda: (conflicts, "expressions_closed_to", lambda user: None),
        ("councils/",),
    ),
    Control(
        "an announcement to come, on the page of its council",
        "an announcement to come",
        "coach",
        lambda: (answering, "public_awards", _awards_announced_on_any_day),
        ("councils/",),
    ),
    Control(
        "papers closed by an interest",
        "minutes of a case with an interest",
        scenario.CONFLICTED_MEMBER,
        lambda: (answering, "may_read_minutes", lambda user, meeting: True),
        ("board/",),
    ),
    Control(
        "scores before one's own are finished",
        "scores given by others",
        "official",
        lambda: (
            scores,
            "visible_assessments",
            lambda bid, user, given: list(given),
        ),
        ("bids/",),
    ),
    Control(
        "papers before they are sent",
        "a paper before it is sent",
        "board_member",
        lambda: (papers.Paper, "scope", staticmethod(_every_paper)),
        ("papers/",),
    ),
    Control(
        "views before one's own is given",
        "another member’s view",
        "board_member",
        lambda: (board, "member_opinions", _every_view),
        ("papers/",),
    ),
    Control(
        "evaluations to be published",
        "an evaluation to be published",
        scenario.PUBLIC,
        lambda: (
            answering,
            "public_reports",
            lambda today: EvaluationReport.objects.all(),
        ),
        ("evaluations/", "projects/"),
    ),
    Control("drafts", "a draft", "official", _unsent_cases, ("cases/", "api/")),
    Control(
        "drafts among what was started",
        "a draft",
        "official",
        lambda: (burden, "rounds_with_burden", _every_start),
        ("burden/",),
    ),
    Control(
        "payments of others",
        "a payment",
        CONFLICTED_OFFICIAL,
        lambda: (awards.AwardMoney, "scope", staticmethod(_every_award)),
        ("awards/",),
    ),
    Control(
        "the name of a letter",
        "approved or declined",
        "administrator",
        _all_letters,
        ("letters/",),
    ),
]


def _hidden_times() -> Any:
    secret = When(disclosure.unannounced_approvals(), then=Value(None))
    return Case(secret, default=F("chain__moved_at"), output_field=DateTimeField())


def _awards_announced_on_any_day(today: Any) -> Any:
    # A kept statement hands on what it is given.
    return Award.objects.filter(Q(announced_on__lte=today) | Q(announced_on__gt=today))


def _actual_state(rows: Any, reader: Any, *, on: Any) -> Any:
    return rows.annotate(disclosed_state=F("state"))


def _every_view(item: AgendaItem, reader: Any) -> board.MemberOpinions:
    return board.MemberOpinions(None, list(item.opinions.select_related("member")))


def _every_start(reader: Any, *, at: Any) -> Any:
    rounds = Round.objects.annotate(started=Count("expressions"))
    return [
        burden.RoundBurden(round, True, round.started, 0, None, None)
        for round in rounds
    ]


def _every_paper(reader: Any) -> Any:
    return AgendaItem.objects.all()


def _every_award(reader: Any) -> Any:
    return Award.objects.all()


def control_id(one: Control) -> str:
    return one.filter


@pytest.mark.usefixtures("no_kept_statements")
@pytest.mark.parametrize("control", CONTROLS, ids=control_id)
def test_without_it_the_worlds_can_be_told_apart(
    control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze_time(monkeypatch)
    [fact] = [each for each in FACTS if each.name == control.fact]
    worlds = Worlds(fact, scenario.build_scenario())
    differences = worlds.differences([control.reader], within=control.within)
    assert differences == {}
    monkeypatch.setattr(*control.replacement())
    statements.drop_all()
    assert worlds.differences([control.reader], within=control.within)

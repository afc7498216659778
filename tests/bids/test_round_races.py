"""Two administrators change a round at once, or one while its first case is started. A
control for each shows that the test fails without the lock.
"""

from threading import Event
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from bids.domain import expressions, rounds
from bids.models import Expression, Round
from bids.views import rounds as round_views
from innovation.accounts.models import User
from innovation.core.errors import Invalid
from tests import edit_forms
from tests.audit_events import recorded_changes
from tests.concurrency import run_concurrently
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = [2, pytest.param(15, marks=pytest.mark.soak)]


def editor(round: Round) -> tuple[Client, str, dict[str, str]]:
    client = Client()
    client.force_login(users.administrator())
    address = reverse("bids:manage-round-change", args=[round.key])
    return client, address, edit_forms.form_version(client, address)


def send_both(round: Round, one: dict[str, Any], other: dict[str, Any]) -> list[int]:
    """Both have the page open, and press “Save” at the same moment."""
    opened = [editor(round), editor(round)]
    calls = [
        lambda who=who, form_data=form_data: (
            who[0].post(who[1], form_data | who[2]).status_code
        )
        for who, form_data in zip(opened, (one, other), strict=True)
    ]
    statuses: list[int] = run_concurrently(calls)
    round.refresh_from_db()
    return statuses


@pytest.mark.parametrize("times", TIMES)
def test_two_who_save_at_once_lose_nothing_of_each_other(times: int) -> None:
    for _ in range(times):
        round = cases.round_()
        assert send_both(round, {"summary": "A"}, {"max_award": "5000"}) == [302, 302]
        assert (round.summary, str(round.max_award)) == ("A", "£5,000")
        statuses = send_both(round, {"summary": "B"}, {"summary": "C"})
        assert sorted(statuses) == [302, 409]
        assert round.summary in {"B", "C"}


def test_without_the_lock_the_second_saves_over_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: both compare before either has saved."""

    def unlocked(round: Round, user: User) -> Round:
        round_read = Round.objects.select_related("chain").get(pk=round.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")
        return round_read

    monkeypatch.setattr(rounds, "lock", unlocked)
    round = cases.round_()
    assert send_both(round, {"summary": "B"}, {"summary": "C"}) == [302, 302]


def test_comparing_before_the_transaction_is_not_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A control of another kind: the domain's lock alone, after the comparison."""

    def lock(page: round_views.Change) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")

    monkeypatch.setattr(round_views.Change, "lock", lock)
    round = cases.round_()
    assert send_both(round, {"summary": "B"}, {"summary": "C"}) == [302, 302]


def first_case_and_change_of_route() -> tuple[list[Any], Round]:
    round, lead = cases.round_(), users.council_organisation()
    by, admin = cases.editor_of(lead), users.administrator()
    outcomes = run_concurrently(
        [
            lambda: expressions.start(
                round=round, lead=lead, title="First", by=by, at=MOMENT
            ),
            lambda: rounds.change(
                round, facts={"route": "follow_on"}, by=admin, at=MOMENT
            ),
        ]
    )
    round.refresh_from_db()
    return outcomes, round


@pytest.mark.parametrize("times", TIMES)
def test_a_route_changes_before_the_first_case_or_not_at_all(times: int) -> None:
    for _ in range(times):
        outcomes, round = first_case_and_change_of_route()
        case, changed = outcomes
        assert isinstance(case, Expression), outcomes
        if isinstance(changed, Round):
            assert round.route == "follow_on"
        else:
            assert isinstance(changed, Invalid), outcomes
            assert round.route == "full"


WITHOUT_LOCK = """
CREATE OR REPLACE FUNCTION bids_share_round() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RETURN NEW; END $$
"""


def raw_change_while_a_case_begins() -> tuple[list[Any], Round]:
    """The case is written and not committed when the change of route comes."""
    round, lead, has_begun = cases.round_(), users.council_organisation(), Event()
    by = cases.editor_of(lead)

    def begin() -> None:
        with transaction.atomic():
            expressions.start(round=round, lead=lead, title="First", by=by, at=MOMENT)
            has_begun.set()
            execute("SELECT pg_sleep(0.7)")

    def change() -> None:
        assert has_begun.wait(30)
        with recorded_changes():
            execute("UPDATE bids_round SET route = 'follow_on'")

    outcomes = run_concurrently([begin, change])
    round.refresh_from_db()
    return outcomes, round


WITHOUT_LOCK_OF_CRITERIA = """
CREATE OR REPLACE FUNCTION bids_share_round_of_criterion() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$
"""
CRITERION = (
    "INSERT INTO bids_criterion (round_id, name, description, weight, min_score,"
    " max_score, position) SELECT id, 'New', '', 1, 0, 4, 9 FROM bids_round"
)


def raw_criterion_while_the_first_feedback_is_written() -> list[Any]:
    expression, is_written = cases.submitted_expression(), Event()
    by, feedback = users.official(), cases.feedback(expression.round)

    def decline() -> None:
        with transaction.atomic():
            expressions.decline(expression, feedback=feedback, by=by, at=MOMENT)
            is_written.set()
            execute("SELECT pg_sleep(0.7)")

    def add() -> None:
        assert is_written.wait(30)
        with recorded_changes():
            execute(CRITERION)

    return run_concurrently([decline, add])


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_raw_change_of_route_waits_for_a_case_that_begins_and_is_refused() -> None:
    outcomes, round = raw_change_while_a_case_begins()
    assert outcomes[0] is None
    assert isinstance(outcomes[1], ProgrammingError), outcomes
    assert "follow its route" in str(outcomes[1])
    assert round.route == "full"


def test_without_the_shared_row_a_route_would_change_under_its_first_case() -> None:
    """The control."""
    execute(WITHOUT_LOCK)
    outcomes, round = raw_change_while_a_case_begins()
    assert outcomes == [None, None]
    assert round.route == "follow_on"


def test_a_raw_criterion_waits_for_the_first_feedback_and_is_refused() -> None:
    outcomes = raw_criterion_while_the_first_feedback_is_written()
    assert outcomes[0] is None
    assert isinstance(outcomes[1], ProgrammingError), outcomes
    assert "bids_criterion is evidence" in str(outcomes[1])


def test_without_the_shared_row_a_criterion_would_come_after_the_feedback() -> None:
    """The control."""
    execute(WITHOUT_LOCK_OF_CRITERIA)
    assert raw_criterion_while_the_first_feedback_is_written() == [None, None]

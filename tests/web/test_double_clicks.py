"""A double click leads to where the first click led, whatever that changed."""

from collections.abc import Callable
from threading import Event, current_thread
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from innovation.accounts.models import User
from innovation.core.models import Submission
from innovation.web import idempotency
from tests.concurrency import run_concurrently
from tests.factories import cases, grants, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db(transaction=True)
Scenario = Callable[[], tuple[User, str, dict[str, Any]]]


def take_forward() -> tuple[User, str, dict[str, Any]]:
    """An action whose `check` refuses it after it is done."""
    return (
        users.official(),
        reverse("bids:case-take-forward", args=[cases.submitted_expression().key]),
        {},
    )


def decline() -> tuple[User, str, dict[str, Any]]:
    """A form whose `check` refuses it after it is sent."""
    expression = cases.submitted_expression()
    words = {
        f"criterion_{pk}": text for pk, text in cases.feedback(expression.round).items()
    }
    return users.official(), reverse("bids:case-decline", args=[expression.key]), words


def unassign_case() -> tuple[User, str, dict[str, Any]]:
    """A form that no longer offers what the first click chose."""
    expression = cases.submitted_expression()
    for coach in (users.coach(), users.coach()):
        users.assign(coach, expression)
    address = reverse("bids:case-unassign", args=[expression.key])
    return (
        users.official(),
        address,
        {"assignment": not_none(expression.assignments.first()).pk},
    )


def declare_interest() -> tuple[User, str, dict[str, Any]]:
    """A form about an object that its sender can no longer see."""
    member = users.member()
    item = grants.agenda_item(members=[member, *grants.board_members(2)])
    address = reverse("funding:paper-declare", args=[item.key])
    return member, address, {"nature": "My sister works there."}


def leave_organisation() -> tuple[User, str, dict[str, Any]]:
    """An action on a row that it deletes."""
    body = users.council_organisation()
    users.applicant(body, "administrator")
    person = users.applicant(body, "editor")
    membership = person.memberships.get()
    address = reverse("accounts:membership-remove", args=[membership.key])
    return person, address, {}


SCENARIOS: list[Scenario] = [
    take_forward,
    decline,
    unassign_case,
    declare_interest,
    leave_organisation,
]


def sender(stage: Scenario) -> Callable[[], tuple[int, str]]:
    person, address, form = stage()
    client = Client()
    client.force_login(person)

    def send() -> tuple[int, str]:
        second_client = Client()
        second_client.cookies = client.cookies
        answer = second_client.post(address, {**form, "submission": "one-and-the-same"})
        return answer.status_code, answer.get("Location", "")

    return send


@pytest.mark.parametrize("rounds", [1, pytest.param(6, marks=pytest.mark.soak)])
def test_of_double_clicks_none_is_refused(rounds: int) -> None:
    for stage in SCENARIOS * rounds:
        one, other = send_twice(stage)
        assert one == other, stage.__name__
        assert one[0] == 302, stage.__name__


def send_twice(stage: Scenario) -> list[Any]:
    send = sender(stage)
    return run_concurrently([send, send])


@pytest.mark.parametrize("stage", SCENARIOS)
def test_a_second_click_that_looked_before_the_first_was_done_is_led_on(
    stage: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = _send_twice_overlapping(stage, monkeypatch, finds_address=True)
    assert first[0] == 302
    assert second == first


@pytest.mark.parametrize("stage", SCENARIOS)
def test_without_looking_again_it_would_be_refused(
    stage: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    first, second = _send_twice_overlapping(stage, monkeypatch, finds_address=False)
    assert first[0] == 302
    assert second[0] in {403, 404, 409, 422}


def _send_twice_overlapping(
    stage: Scenario, monkeypatch: pytest.MonkeyPatch, *, finds_address: bool
) -> list[Any]:
    """The second request asks where the form has led, and hears that it has not; then
    the first is answered, and only then the second goes on.
    """
    real, has_finished, has_looked = idempotency.earlier_address, Event(), Event()
    threads_seen: set[str] = set()

    def led_to(request: Any) -> str:
        name = current_thread().name
        if name != "second":
            return real(request)
        if name in threads_seen:
            return real(request) if finds_address else ""
        threads_seen.add(name)
        address = real(request)
        has_looked.set()
        assert has_finished.wait(30)
        return address

    monkeypatch.setattr(idempotency, "earlier_address", led_to)
    send = sender(stage)

    def first() -> tuple[int, str]:
        assert has_looked.wait(30)
        try:
            return send()
        finally:
            has_finished.set()

    def second() -> tuple[int, str]:
        current_thread().name = "second"
        return send()

    return run_concurrently([first, second])


def test_a_token_of_one_address_is_another_form_at_another(client: Client) -> None:
    one, other = cases.submitted_expression(), cases.submitted_expression()
    client.force_login(users.official())
    for case in (one, other):
        address = reverse("bids:case-take-forward", args=[case.key])
        assert client.post(address, {"submission": "same"}).status_code == 302
    for case in (one, other):
        case.refresh_from_db()
        assert case.state == "taken_forward"
    assert Submission.objects.count() == 2


def test_a_token_of_one_person_is_another_form_for_another(client: Client) -> None:
    expression = cases.submitted_expression()
    address = reverse("bids:case-take-forward", args=[expression.key])
    client.force_login(users.official())
    assert client.post(address, {"submission": "same"}).status_code == 302
    client.force_login(users.official())
    assert client.post(address, {"submission": "same"}).status_code == 409

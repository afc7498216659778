"""Whoever clicks twice is led where the first click led, whatever that one changed."""

from collections.abc import Callable
from threading import Event, current_thread
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from innovation.accounts.models import User
from innovation.core.models import Submission
from innovation.web import idempotency
from tests import cases, cast, grants
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
Stage = Callable[[], tuple[User, str, dict[str, Any]]]


def taking_forward() -> tuple[User, str, dict[str, Any]]:
    """An action whose `check` refuses once it is done."""
    return (
        cast.official(),
        reverse("bids:case-take-forward", args=[cases.submitted().key]),
        {},
    )


def declining() -> tuple[User, str, dict[str, Any]]:
    """A form whose `check` refuses once it is done."""
    sent = cases.submitted()
    words = {f"criterion_{pk}": text for pk, text in cases.feedback(sent.round).items()}
    return cast.official(), reverse("bids:case-decline", args=[sent.key]), words


def taking_a_case_from_somebody() -> tuple[User, str, dict[str, Any]]:
    """A form that offers no longer what the first click chose."""
    sent = cases.submitted()
    for coach in (cast.coach(), cast.coach()):
        cast.assign(coach, sent)
    address = reverse("bids:case-unassign", args=[sent.key])
    return cast.official(), address, {"assignment": sent.assignments.first().pk}


def declaring_an_interest() -> tuple[User, str, dict[str, Any]]:
    """A form about something that its reader loses sight of."""
    member = cast.member()
    item = grants.item(members=[member, *grants.board(2)])
    address = reverse("funding:paper-declare", args=[item.key])
    return member, address, {"nature": "My sister works there."}


def leaving() -> tuple[User, str, dict[str, Any]]:
    """An action on a row that is gone once it is done."""
    body = cast.council_body()
    cast.applicant(body, "administrator")
    person = cast.applicant(body, "editor")
    membership = person.memberships.get()
    address = reverse("accounts:membership-remove", args=[membership.key])
    return person, address, {}


STAGES: list[Stage] = [
    taking_forward,
    declining,
    taking_a_case_from_somebody,
    declaring_an_interest,
    leaving,
]


def sender(stage: Stage) -> Callable[[], tuple[int, str]]:
    person, address, form = stage()
    client = Client()
    client.force_login(person)

    def send() -> tuple[int, str]:
        twin = Client()
        twin.cookies = client.cookies
        answer = twin.post(address, {**form, "submission": "one-and-the-same"})
        return answer.status_code, answer.get("Location", "")

    return send


@pytest.mark.parametrize("rounds", [1, pytest.param(6, marks=pytest.mark.soak)])
def test_of_double_clicks_none_is_refused(rounds: int) -> None:
    for stage in STAGES * rounds:
        one, other = twice(stage)
        assert one == other, stage.__name__
        assert one[0] == 302, stage.__name__


def twice(stage: Stage) -> list[Any]:
    send = sender(stage)
    return at_once([send, send])


@pytest.mark.parametrize("stage", STAGES)
def test_a_second_click_that_looked_before_the_first_was_done_is_led_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = _second_looks_early(stage, monkeypatch, again=True)
    assert first[0] == 302
    assert second == first


@pytest.mark.parametrize("stage", STAGES)
def test_without_looking_again_it_would_be_refused(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    first, second = _second_looks_early(stage, monkeypatch, again=False)
    assert first[0] == 302
    assert second[0] in {403, 404, 409, 422}


def _second_looks_early(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, *, again: bool
) -> list[Any]:
    """The second request asks where the form has led, and hears that it has not; then
    the first is answered, and only then the second goes on.
    """
    real, done, early = idempotency.led_to, Event(), Event()
    looked: set[str] = set()

    def led_to(request: Any) -> str:
        name = current_thread().name
        if name != "second":
            return real(request)
        if name in looked:
            return real(request) if again else ""
        looked.add(name)
        found = real(request)
        early.set()
        assert done.wait(30)
        return found

    monkeypatch.setattr(idempotency, "led_to", led_to)
    send = sender(stage)

    def first() -> tuple[int, str]:
        assert early.wait(30)
        try:
            return send()
        finally:
            done.set()

    def second() -> tuple[int, str]:
        current_thread().name = "second"
        return send()

    return at_once([first, second])


def test_a_token_of_one_address_is_another_form_at_another(client: Client) -> None:
    one, other = cases.submitted(), cases.submitted()
    client.force_login(cast.official())
    for case in (one, other):
        address = reverse("bids:case-take-forward", args=[case.key])
        assert client.post(address, {"submission": "same"}).status_code == 302
    for case in (one, other):
        case.refresh_from_db()
        assert case.state == "taken_forward"
    assert Submission.objects.count() == 2


def test_a_token_of_one_person_is_another_form_for_another(client: Client) -> None:
    sent = cases.submitted()
    address = reverse("bids:case-take-forward", args=[sent.key])
    client.force_login(cast.official())
    assert client.post(address, {"submission": "same"}).status_code == 302
    client.force_login(cast.official())
    assert client.post(address, {"submission": "same"}).status_code == 409

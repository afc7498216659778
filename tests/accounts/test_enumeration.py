"""No answer tells whether an address has an account: not by its words, nor by its time.

The ordinary tests compare the work behind an answer; the long one compares time, with
the hasher of production.
"""

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from innovation.accounts.middleware import AnswerTimes
from tests.accounts import enumeration_probes
from tests.accounts.hashers import CountingHasher

pytestmark = pytest.mark.django_db
TRIES = 200
MAX_DIFFERENCE = 0.05


@pytest.mark.parametrize("ask", enumeration_probes.PROBES)
def test_the_response_and_its_work_are_the_same_for_every_address(
    ask: str, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.hashers.CountingHasher"]
    enumeration_probes.PROBES[ask](
        enumeration_probes.create_address("unknown")
    )()  # fills what is cached
    answers = {}
    for kind in enumeration_probes.ADDRESS_KINDS:
        email = enumeration_probes.create_address(kind)
        send = enumeration_probes.PROBES[ask](email)
        before, letters = CountingHasher.runs, len(mail.outbox)
        with CaptureQueriesContext(connection) as queries:
            response = send()
        work = (CountingHasher.runs - before, len(mail.outbox) - letters, len(queries))
        answers[kind] = (enumeration_probes.comparable_answer(response, email), work)
    assert all(one == answers["unknown"] for one in answers.values()), {
        kind: (page[:2], work) for kind, (page, work) in answers.items()
    }


def test_without_the_rehearsal_the_work_would_show_a_known_address(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    from innovation.accounts.forms.sign_in import SignUp

    monkeypatch.setattr(SignUp, "_rehearse", lambda self, request: None)
    settings.PASSWORD_HASHERS = ["tests.accounts.hashers.CountingHasher"]
    runs = []
    for kind in ("unknown", "confirmed"):
        send = enumeration_probes.sign_up(enumeration_probes.create_address(kind))
        before = CountingHasher.runs
        send()
        runs.append(CountingHasher.runs - before)
    assert runs == [1, 0]


def test_the_page_to_confirm_an_address_is_delayed() -> None:
    started = perf_counter()
    response = enumeration_probes.new_client().get("/accounts/confirm-email/")
    assert response.status_code == 302
    assert perf_counter() - started >= AnswerTimes.least_seconds


def response_time(ask: Callable[[str], enumeration_probes.Probe], kind: str) -> float:
    send = ask(enumeration_probes.create_address(kind))
    started = perf_counter()
    send()
    return perf_counter() - started


@pytest.mark.soak
@pytest.mark.parametrize("ask", enumeration_probes.PROBES)
def test_the_time_of_an_answer_does_not_tell_who_has_an_account(
    ask: str, settings: Settings, record_property: Callable[[str, object], None]
) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    # On the pages of the code an address is known or not, and nothing else.
    expected = (
        enumeration_probes.ADDRESS_KINDS[:2]
        if "code" in ask
        else enumeration_probes.ADDRESS_KINDS
    )
    send = enumeration_probes.PROBES[ask]
    times: dict[str, list[float]] = {kind: [] for kind in expected}
    for kind in expected:
        response_time(send, kind)
    gc.collect()
    gc.disable()
    try:
        for number in range(TRIES):
            # Interleaved, and each in every place as often as the others.
            turn = number % len(expected)
            for kind in (*expected[turn:], *expected[:turn]):
                times[kind].append(response_time(send, kind))
    finally:
        gc.enable()
    medians = {kind: median(found) for kind, found in times.items()}
    summary = ", ".join(
        f"{kind} {seconds * 1000:.1f} ms" for kind, seconds in medians.items()
    )
    record_property("medians", f"{ask}: {summary}")
    unknown = medians.pop("unknown")
    for known in medians.values():
        assert abs(known - unknown) <= MAX_DIFFERENCE * unknown, summary

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

from tests.accounts import strangers
from tests.accounts.hashers import Counting

pytestmark = pytest.mark.django_db
TRIES = 200
WITHIN = 0.05


@pytest.mark.parametrize("ask", strangers.ASK)
def test_every_address_gets_the_same_words_for_the_same_work(
    ask: str, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.hashers.Counting"]
    strangers.ASK[ask](strangers.address("unknown"))()  # fills what is cached
    found = {}
    for who in strangers.WHO:
        email = strangers.address(who)
        send = strangers.ASK[ask](email)
        before, letters = Counting.runs, len(mail.outbox)
        with CaptureQueriesContext(connection) as asked:
            answer = send()
        work = (Counting.runs - before, len(mail.outbox) - letters, len(asked))
        found[who] = (strangers.seen(answer, email), work)
    assert all(one == found["unknown"] for one in found.values()), {
        who: (page[:2], work) for who, (page, work) in found.items()
    }


def test_without_the_rehearsal_a_known_address_is_told_by_the_work(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    from innovation.accounts.forms.sign_in import SignUp

    monkeypatch.setattr(SignUp, "_rehearse", lambda self, request: None)
    settings.PASSWORD_HASHERS = ["tests.accounts.hashers.Counting"]
    runs = []
    for who in ("unknown", "confirmed"):
        send = strangers.sign_up(strangers.address(who))
        before = Counting.runs
        send()
        runs.append(Counting.runs - before)
    assert runs == [1, 0]


def timed(ask: Callable[[str], strangers.Ask], who: str) -> float:
    send = ask(strangers.address(who))
    began = perf_counter()
    send()
    return perf_counter() - began


@pytest.mark.soak
@pytest.mark.parametrize("ask", strangers.ASK)
def test_the_time_of_an_answer_does_not_tell_who_has_an_account(
    ask: str, settings: Settings, record_property: Callable[[str, object], None]
) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    # On the pages of the code an address is known or not, and nothing else.
    wanted = strangers.WHO[:2] if "code" in ask else strangers.WHO
    send = strangers.ASK[ask]
    times: dict[str, list[float]] = {who: [] for who in wanted}
    for who in wanted:
        timed(send, who)
    gc.collect()
    gc.disable()
    try:
        for number in range(TRIES):
            # Interleaved, and each in every place as often as the others.
            turn = number % len(wanted)
            for who in (*wanted[turn:], *wanted[:turn]):
                times[who].append(timed(send, who))
    finally:
        gc.enable()
    medians = {who: median(found) for who, found in times.items()}
    shown = ", ".join(f"{who} {took * 1000:.1f} ms" for who, took in medians.items())
    record_property("medians", f"{ask}: {shown}")
    unknown = medians.pop("unknown")
    for known in medians.values():
        assert abs(known - unknown) <= WITHIN * unknown, shown

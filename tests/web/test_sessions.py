"""How long somebody stays signed in."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from innovation.core import clock
from innovation.web.sessions import SIGNED_IN_AT
from tests.factories import users

pytestmark = pytest.mark.django_db


def client_signed_in(hours_ago: float) -> Client:
    client = Client()
    client.force_login(users.official())
    session = client.session
    signed_in_at = clock.now() - timedelta(hours=hours_ago)
    session[SIGNED_IN_AT] = signed_in_at.isoformat()
    session.save()
    return client


def hours_left() -> float:
    ends = Session.objects.get().expire_date
    return round((ends - clock.now()).total_seconds() / 3600, 1)


def test_each_answer_that_prolongs_it_gives_eight_hours() -> None:
    client = client_signed_in(hours_ago=1)
    client.post("/session")
    assert hours_left() == 8


def test_a_day_after_signing_in_it_ends_whatever_is_done() -> None:
    client = client_signed_in(hours_ago=22)
    client.post("/session")
    assert hours_left() == 2
    answer = client.post("/session", headers={"accept": "application/json"}).json()
    assert 7100 < answer["seconds"] <= 7200


def test_after_that_the_next_page_asks_to_sign_in() -> None:
    answer = client_signed_in(hours_ago=24.1).get("/home")
    assert answer["Location"].startswith("/accounts/login/")


def test_the_cookie_ends_with_it(settings: Settings) -> None:
    client = client_signed_in(hours_ago=22)
    answer = client.post("/session")
    assert int(answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"]) <= 7200


def test_signing_in_starts_the_clock() -> None:
    client = Client()
    client.force_login(users.official())
    assert SIGNED_IN_AT in client.session

"""What is sent after the session has ended comes back to its writer, and to nobody
else.
"""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from bids.models import Expression
from innovation.accounts.models import User
from innovation.core.models import KeptPost
from innovation.web import kept
from tests import cases, cast
from tests.moments import OPENS

pytestmark = pytest.mark.django_db
START = "/apply/start"
TYPED = {"title": "A listening line", "submission": "page-one"}


@pytest.fixture
def writer() -> User:
    return cast.applicant()


def opened(client: Client, user: User) -> dict[str, str]:
    """The form as the page had it, and then the session ends."""
    client.force_login(user)
    page = client.get(START)
    Session.objects.all().delete()
    return {**TYPED, "writer": page.context["writer"]}


def comes_back(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get(START).content.decode()


def test_what_was_typed_is_in_the_form_after_signing_in(
    client: Client, writer: User
) -> None:
    form = opened(client, writer)
    answer = client.post(START, form)
    assert answer["Location"] == "/accounts/login/?next=/apply/start"
    page = comes_back(client, writer)
    assert "This is what you typed" in page
    assert 'value="A listening line"' in page
    assert 'value="page-one"' in page
    assert Expression.objects.count() == 0


def test_the_sign_in_page_says_that_nothing_is_lost(
    client: Client, writer: User
) -> None:
    answer = client.post(START, opened(client, writer), follow=True)
    assert "what you typed is kept" in answer.content.decode()


def test_nobody_else_sees_it(client: Client, writer: User) -> None:
    client.post(START, opened(client, writer))
    for other in (cast.outsider(), cast.applicant(cast.organisation_of(writer))):
        assert "A listening line" not in comes_back(Client(), other)


def test_it_goes_when_it_is_sent_or_is_not_wanted(client: Client, writer: User) -> None:
    form = opened(client, writer)
    client.post(START, form)
    client.force_login(writer)
    assert "listening" not in client.get(f"{START}?kept=no").content.decode()
    round, lead = cases.round_(opens_at=OPENS, closes_at=None), writer
    right = {**form, "round": round.key, "lead": cast.organisation_of(lead).key}
    assert client.post(START, right).status_code == 302
    assert Expression.objects.get().title == "A listening line"
    assert KeptPost.objects.count() == 0


@pytest.mark.parametrize("mark", ["", "USR-00000-00000", "USR-00000-00000:x:y"])
def test_a_page_that_does_not_say_who_opened_it_keeps_nothing(
    mark: str, client: Client
) -> None:
    assert client.post(START, {**TYPED, "writer": mark}).status_code == 302
    assert KeptPost.objects.count() == 0


def test_a_page_from_before_signing_in_again_in_another_tab_keeps_its_text(
    writer: User,
) -> None:
    """Signing in gives a new token, and that of the old page is refused."""
    client = Client(enforce_csrf_checks=True)
    form = opened(client, writer)
    client.force_login(writer)
    answer = client.post(START, {**form, "csrfmiddlewaretoken": "x" * 32})
    assert answer["Location"] == START
    assert "A listening line" in client.get(START).content.decode()


def test_a_forged_page_of_somebody_else_stays_refused(writer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    assert client.post(START, TYPED).status_code == 403
    assert KeptPost.objects.count() == 0


def test_a_page_opened_by_one_and_sent_as_another_is_the_first_one_s(
    client: Client, writer: User
) -> None:
    form = opened(client, writer)
    client.force_login(cast.outsider())
    answer = client.post(START, form)
    assert answer.status_code == 403
    assert "Somebody else has signed in" in answer.content.decode()
    assert "A listening line" in comes_back(Client(), writer)


def test_a_script_is_told_where_to_sign_in(client: Client, writer: User) -> None:
    form = opened(client, writer)
    answer = client.post(START, form, headers={"accept": "application/json"})
    told: Any = answer.json()
    assert answer.status_code == 401
    assert told == {"sign_in": "/accounts/login/?next=/apply/start", "kept": True}


def test_what_is_too_odd_for_the_database_is_kept_without_it(
    client: Client, writer: User
) -> None:
    form = opened(client, writer)
    client.post(START, {**form, "title": "A\x00B", "x\x00": "y"})
    assert KeptPost.objects.get().fields["title"] == ["AB"]
    assert kept.data(KeptPost.objects.get())["x"] == "y"


def test_the_page_says_when_the_session_ends_and_it_can_be_prolonged(
    client: Client, writer: User
) -> None:
    client.force_login(writer)
    row = Session.objects.get()
    accept = {"accept": "application/json"}
    left = client.get("/session", headers=accept).json()["seconds"]
    assert settings.SESSION_COOKIE_AGE - 60 < left <= settings.SESSION_COOKIE_AGE
    assert "You will be signed out at" in client.get(START).content.decode()
    told = client.post("/session", headers=accept).json()
    assert told == {"seconds": settings.SESSION_COOKIE_AGE}
    assert Session.objects.get().expire_date > row.expire_date
    assert client.post("/session")["Location"] == "/home"

"""Only its writer sees a form again that was sent after the session had ended."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from django.urls import reverse

from bids.models import Expression
from innovation.accounts.models import User
from innovation.core import limits
from innovation.core.models import UnsentForm
from innovation.web import unsent_forms
from tests.dates import OPENS_AT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
START = "/apply/start"
TYPED = {"title": "A listening line", "submission": "page-one"}


@pytest.fixture
def writer() -> User:
    return users.applicant()


def open_form(client: Client, user: User) -> dict[str, str]:
    """The form as the page had it, and then the session ends."""
    client.force_login(user)
    page = client.get(START)
    Session.objects.all().delete()
    return {**TYPED, "writer": page.context["writer"]}


def page_after_sign_in(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get(START).content.decode()


def test_what_was_typed_is_in_the_form_after_signing_in(
    client: Client, writer: User
) -> None:
    form = open_form(client, writer)
    answer = client.post(START, form)
    assert answer["Location"] == "/accounts/login/?next=/apply/start"
    page = page_after_sign_in(client, writer)
    assert "This is what you typed" in page
    assert 'value="A listening line"' in page
    assert 'value="page-one"' in page
    assert Expression.objects.count() == 0


def test_the_sign_in_page_says_that_nothing_is_lost(
    client: Client, writer: User
) -> None:
    answer = client.post(START, open_form(client, writer), follow=True)
    assert "we have kept what you typed" in answer.content.decode()


def test_nobody_else_sees_it(client: Client, writer: User) -> None:
    client.post(START, open_form(client, writer))
    for other in (users.outsider(), users.applicant(users.organisation_of(writer))):
        assert "A listening line" not in page_after_sign_in(Client(), other)


def test_it_goes_when_it_is_sent_or_is_not_wanted(client: Client, writer: User) -> None:
    form = open_form(client, writer)
    client.post(START, form)
    client.force_login(writer)
    assert "listening" not in client.get(f"{START}?kept=no").content.decode()
    round, lead = cases.round_(opens_at=OPENS_AT, closes_at=None), writer
    valid = {**form, "round": round.key, "lead": users.organisation_of(lead).key}
    assert client.post(START, valid).status_code == 302
    assert Expression.objects.get().title == "A listening line"
    assert UnsentForm.objects.count() == 0


@pytest.mark.parametrize("mark", ["", "USR-00000-00000", "USR-00000-00000:x:y"])
def test_a_page_that_does_not_say_who_opened_it_keeps_nothing(
    mark: str, client: Client
) -> None:
    assert client.post(START, {**TYPED, "writer": mark}).status_code == 302
    assert UnsentForm.objects.count() == 0


def test_a_page_from_before_signing_in_again_in_another_tab_keeps_its_text(
    writer: User,
) -> None:
    """Signing in gives a new token, and that of the old page is refused."""
    client = Client(enforce_csrf_checks=True)
    form = open_form(client, writer)
    client.force_login(writer)
    answer = client.post(START, {**form, "csrfmiddlewaretoken": "x" * 32})
    assert answer["Location"] == START
    assert "A listening line" in client.get(START).content.decode()


def test_a_forged_page_of_somebody_else_stays_refused(writer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    assert client.post(START, TYPED).status_code == 403
    assert UnsentForm.objects.count() == 0


def test_a_page_opened_by_one_and_sent_as_another_is_the_first_one_s(
    client: Client, writer: User
) -> None:
    form = open_form(client, writer)
    client.force_login(users.outsider())
    answer = client.post(START, form)
    assert answer.status_code == 403
    assert "Somebody else has signed in" in answer.content.decode()
    assert "A listening line" in page_after_sign_in(Client(), writer)


def test_a_script_is_told_where_to_sign_in(client: Client, writer: User) -> None:
    form = open_form(client, writer)
    answer = client.post(START, form, headers={"accept": "application/json"})
    content: Any = answer.json()
    assert answer.status_code == 401
    assert content == {"sign_in": "/accounts/login/?next=/apply/start", "kept": True}


def test_what_is_too_odd_for_the_database_is_kept_without_it(
    client: Client, writer: User
) -> None:
    form = open_form(client, writer)
    client.post(START, {**form, "title": "A\x00B", "x\x00": "y"})
    assert UnsentForm.objects.get().fields["title"] == ["AB"]
    assert unsent_forms.form_data(UnsentForm.objects.get())["x"] == "y"


def test_the_page_says_when_the_session_ends_and_it_can_be_prolonged(
    client: Client, writer: User
) -> None:
    client.force_login(writer)
    row = Session.objects.get()
    accept = {"accept": "application/json"}
    seconds = client.get("/session", headers=accept).json()["seconds"]
    assert settings.SESSION_COOKIE_AGE - 60 < seconds <= settings.SESSION_COOKIE_AGE
    assert "You will be signed out at" in client.get(START).content.decode()
    answer = client.post("/session", headers=accept).json()
    assert answer == {"seconds": settings.SESSION_COOKIE_AGE}
    assert Session.objects.get().expire_date > row.expire_date
    assert client.post("/session")["Location"] == "/home"


def post_without_session(form: dict[str, str], **more: str) -> Any:
    """Sent by a client without a cookie, to the page that `form` was opened on."""
    return Client().post(START, {**form, **more})


def test_forty_posts_without_a_cookie_leave_no_more_than_one_person_may(
    client: Client, writer: User
) -> None:
    form = open_form(client, writer)
    size = limits.UNSENT_BYTES_OF_PERSON // 5
    for number in range(40):
        post_without_session(form, submission=f"page-{number}", title="x" * size)
    rows = UnsentForm.objects.filter(person=writer.key)
    assert rows.count() == 4
    kept_size = sum(len(str(row.fields)) for row in rows)
    assert kept_size <= limits.UNSENT_BYTES_OF_PERSON


def test_no_more_pages_are_kept_for_one_person_than_they_may_have(
    client: Client, writer: User
) -> None:
    form = open_form(client, writer)
    for number in range(2 * limits.UNSENT_FORMS_OF_PERSON):
        post_without_session(form, submission=f"page-{number}")
    assert UnsentForm.objects.count() == limits.UNSENT_FORMS_OF_PERSON


def test_the_page_that_was_kept_may_still_be_kept_anew(
    client: Client, writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UNSENT_FORMS_OF_PERSON", 1)
    form = open_form(client, writer)
    post_without_session(form, title="First")
    post_without_session(form, title="Second")
    assert UnsentForm.objects.get().fields["title"] == ["Second"]


def test_all_together_leave_no_more_than_there_is_room_for(
    client: Client, writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UNSENT_BYTES", 1_000)
    other = users.applicant()
    post_without_session(open_form(client, writer), title="x" * 800)
    post_without_session(open_form(client, other), title="x" * 800)
    assert [row.person for row in UnsentForm.objects.all()] == [writer.key]


def test_who_could_not_be_kept_is_told_so(
    client: Client, writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UNSENT_BYTES_OF_PERSON", 10)
    form = open_form(client, writer)
    page = client.post(START, form, follow=True).content.decode()
    assert "we could not keep what you typed" in page
    answer = client.post(START, form, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["kept"]) == (401, False)


def test_a_person_s_pages_are_kept_so_often_and_no_more(
    client: Client, writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UNSENT_FORMS_A_PERSON", 3)
    form = open_form(client, writer)
    answers = [
        post_without_session(form, title=f"Text {n}")["Location"] for n in range(6)
    ]
    assert len(answers) == 6
    assert UnsentForm.objects.get().fields["title"] == ["Text 2"]


def test_from_one_address_so_many_are_kept_whoever_they_are_for(
    client: Client, writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UNSENT_FORMS_AN_ADDRESS", 1)
    mine, theirs = open_form(client, writer), open_form(client, users.applicant())
    Client(REMOTE_ADDR="192.0.2.1").post(START, mine)
    Client(REMOTE_ADDR="192.0.2.1").post(START, theirs)
    assert [row.person for row in UnsentForm.objects.all()] == [writer.key]
    Client(REMOTE_ADDR="192.0.2.2").post(START, theirs)
    assert UnsentForm.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_posts_at_once_pass_no_limit_of_a_person(client: Client, writer: User) -> None:
    form = open_form(client, writer)

    def post(number: int) -> None:
        """Each from an address of its own, whose count holds nobody else back."""
        try:
            client = Client(REMOTE_ADDR=f"192.0.2.{number}")
            client.post(START, {**form, "submission": f"page-{number}"})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(post, range(2 * limits.UNSENT_FORMS_OF_PERSON)))
    assert UnsentForm.objects.count() == limits.UNSENT_FORMS_OF_PERSON


def test_a_stranger_who_is_told_something_makes_no_session(client: Client) -> None:
    client.post(START, TYPED)
    assert "Nothing was sent" in client.get("/accounts/login/").content.decode()
    assert "Nothing was sent" not in client.get("/accounts/login/").content.decode()
    assert Session.objects.count() == 0


def test_what_somebody_signed_in_is_told_is_in_no_cookie(
    client: Client, writer: User
) -> None:
    client.force_login(writer)
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    valid = {**TYPED, "round": round.key, "lead": users.organisation_of(writer).key}
    client.post(START, valid)
    draft = Expression.objects.get()
    withdraw = reverse("bids:expression-withdraw", args=[draft.key])
    answer = client.post(withdraw, {"because": ""})
    assert "messages" not in answer.cookies
    assert "withdrawn" in client.get(answer["Location"]).content.decode()

"""Feedback on the service: who gives it, what is kept of it, and who reads it."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from innovation.accounts.models import User
from innovation.accounts.roles import ROLES, Permission
from innovation.contact import service_feedback
from innovation.contact.models import ServiceFeedback
from innovation.contact.page_patterns import page_pattern
from innovation.core import clock, expiry, limits
from innovation.core.errors import NotAllowed, TooLate, TooOften
from tests.concurrency import run_concurrently
from tests.dates import MOMENT
from tests.factories import users

pytestmark = pytest.mark.django_db
READERS = {"official", "administrator"}


def give(text: str = "The dates are hard to find.", **more: str) -> ServiceFeedback:
    facts = {"email": "", "page": "/rounds/", **more}
    return service_feedback.give(text=text, at=MOMENT, **facts)


def send(client: Client, **fields: str) -> int:
    answer = client.post("/feedback", {"text": "Well done.", "page": "", **fields})
    return answer.status_code


def test_a_stranger_sends_feedback_and_is_thanked(client: Client) -> None:
    page = client.get("/feedback", headers={"referer": "http://testserver/rounds/"})
    assert "We will also keep which page you came from: /rounds/" in page.text
    answer = client.post(
        "/feedback",
        {"text": "Where do I sign?", "email": "ann@example.org", "page": "/rounds/"},
        follow=True,
    )
    assert answer.redirect_chain == [("/feedback/sent", 302)]
    assert "Thank you for your feedback" in answer.text
    [row] = ServiceFeedback.objects.all()
    kept = (row.text, row.email, row.page, row.settled_at)
    assert kept == ("Where do I sign?", "ann@example.org", "/rounds/", None)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/help", "/help"),
        ("/apply/expressions/EOI-7K3M2-9QXTR", "/apply/expressions/…"),
        ("/apply/bids/…/sections/…", "/apply/bids/…/sections/…"),
        ("/accounts/password/reset/key/1-secret/", "/accounts/password/reset/key/"),
        ("/no/such/page", ""),
        ("", ""),
        ("//elsewhere.example/grants/", ""),
    ],
)
def test_the_page_is_kept_without_what_it_is_about(path: str, pattern: str) -> None:
    assert page_pattern(path) == pattern


@pytest.mark.parametrize(
    "referrer",
    [
        "https://elsewhere.example/rounds/",
        "http://testserver/feedback",
        "http://[broken",
        "",
    ],
)
def test_a_page_that_is_not_ours_is_not_kept(client: Client, referrer: str) -> None:
    page = client.get("/feedback", headers={"referer": referrer})
    assert page.status_code == 200
    assert "which page you came from" not in page.text


def test_a_forged_page_is_not_kept(client: Client) -> None:
    for page in ("/grants/AWD-7K3M2-9QXTR/", "<script>", "/no/such/page"):
        assert send(client, page=page) == 302
    kept = ServiceFeedback.objects.order_by("pk").values_list("page", flat=True)
    assert list(kept) == ["/grants/…/", "", ""]


def test_empty_and_wrong_input_is_refused_with_what_was_typed(client: Client) -> None:
    answer = client.post("/feedback", {"text": "", "email": "ann@", "page": "/help"})
    assert answer.status_code == 422
    assert "Enter what you want to tell us" in answer.text
    assert "Enter an email address in the correct format" in answer.text
    assert 'value="ann@"' in answer.text
    assert 'value="/help"' in answer.text
    assert send(client, text="x" * (limits.SERVICE_FEEDBACK + 1)) == 422
    assert not ServiceFeedback.objects.exists()


def test_text_about_a_child_gets_a_warning_before_it_is_kept(client: Client) -> None:
    text = "My case is about NHS number 943 476 5919."
    answer = client.post("/feedback", {"text": text, "page": ""})
    assert answer.status_code == 422
    assert "Could this identify a child?" in answer.text
    assert not ServiceFeedback.objects.exists()


def test_one_sender_can_only_send_so_much(client: Client) -> None:
    for _ in range(limits.SERVICE_FEEDBACK_A_SENDER):
        assert send(client) == 302
    answer = client.post("/feedback", {"text": "Once more.", "page": ""})
    assert answer.status_code == 429
    assert "You have sent too many feedback forms" in answer.text
    assert "Once more." in answer.text
    client.force_login(users.official())
    assert send(client) == 302, "Another sender has attempts of their own"


def test_all_senders_together_can_only_send_so_much() -> None:
    for _ in range(limits.SERVICE_FEEDBACK_IN_ALL):
        give()
    with pytest.raises(TooOften, match="too much feedback"):
        give()
    later = MOMENT + limits.SERVICE_FEEDBACK_WINDOW
    service_feedback.give(text="Later.", email="", page="", at=later)
    assert ServiceFeedback.objects.count() == limits.SERVICE_FEEDBACK_IN_ALL + 1


def test_officials_and_administrators_read_it_and_nobody_else(client: Client) -> None:
    give("The dates are hard to find.", email="ann@example.org", page="/grants/…/")
    address = reverse("contact:received")
    assert client.get(address).status_code == 302
    for name in ROLES:
        client.force_login(users.person(name))
        answer = client.get(address)
        assert answer.status_code == (200 if name in READERS else 403), name
        assert ("hard to find" in answer.text) == (name in READERS), name
        if name in READERS:
            assert "Reply to ann@example.org" in answer.text
            assert "Sent from the page /grants/…/" in answer.text


def test_what_was_sent_is_shown_as_text(client: Client) -> None:
    give("<b>Hello</b>\n  there", page="")
    client.force_login(users.official())
    text = client.get("/feedback/received/").text
    assert "&lt;b&gt;Hello&lt;/b&gt;" in text
    assert "<b>Hello" not in text
    assert "We do not know from which page it was sent" in text


def test_feedback_is_settled_once(client: Client) -> None:
    feedback, official = give(), users.official()
    address = reverse("contact:settle", args=[feedback.key])
    client.force_login(users.outsider())
    assert client.post(address).status_code == 403
    client.force_login(official)
    assert client.post(address)["Location"] == "/feedback/received/"
    feedback.refresh_from_db()
    assert feedback.settled_by == official
    with pytest.raises(TooLate):
        service_feedback.settle(feedback, by=official, at=MOMENT)
    assert feedback.text not in client.get("/feedback/received/").text
    for state in ("settled", "all"):
        page = client.get(f"/feedback/received/?state={state}")
        assert feedback.text in page.text
        assert f"Dealt with by {official}" in page.text
    assert client.get("/feedback/received/?state=lost").status_code == 422


def test_only_its_readers_settle_it() -> None:
    feedback = give()
    for user in (users.outsider(), users.person("finance")):
        assert not user.may(Permission.READ_FEEDBACK)
        with pytest.raises(NotAllowed):
            service_feedback.settle(feedback, by=user, at=MOMENT)
    feedback.refresh_from_db()
    assert feedback.settled_at is None


@pytest.mark.django_db(transaction=True)
def test_two_who_settle_at_once_are_one() -> None:
    feedback, both = give(), [users.official(), users.official()]

    def settle(by: User) -> bool:
        try:
            service_feedback.settle(feedback, by=by, at=MOMENT)
        except TooLate:
            return False
        return True

    outcomes = run_concurrently([partial(settle, by) for by in both])
    assert sorted(outcomes) == [False, True]


def test_it_is_deleted_after_a_year() -> None:
    now = clock.now()
    year, minute = limits.SERVICE_FEEDBACK_LIFE, timedelta(minutes=1)
    for text, sent_at in (("old", now - year - minute), ("new", now - year + minute)):
        service_feedback.give(text=text, email="", page="", at=sent_at)
    expiry.forget_all(now)
    assert [row.text for row in ServiceFeedback.objects.all()] == ["new"]

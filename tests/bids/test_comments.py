"""Comments on the answers of a bid, from the letter until they are marked as done."""

from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids import policies
from bids.domain import bids, comments
from bids.models import Bid, Comment
from innovation.accounts.models import Standing, User
from innovation.audit import events
from innovation.audit.models import Event
from innovation.core.errors import NotAllowed, TooLate
from innovation.notifications.models import Letter
from tests.bids.test_answers import bid_with_standard_questions, reload_bid
from tests.concurrency import run_concurrently
from tests.dates import MOMENT, moment_after
from tests.factories import cases, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def comment(bid: Bid, by: User, code: str = "summary") -> Comment:
    return comments.add(bid, code=code, text="Say more.", by=by, at=MOMENT)


def letter_recipients() -> list[User]:
    letters = Letter.objects.filter(kind="bid_commented")
    return [not_none(each.recipient) for each in letters]


def test_the_first_of_several_comments_sends_one_letter_to_those_who_write() -> None:
    bid, official = cases.bid_in_development(), users.official()
    editor = cases.editor_of(bid.lead)
    other_organisation_member = users.join(
        users.viewer(bid.lead), users.organisation(), Standing.EDITOR
    )
    first, second = comment(bid, official), comment(bid, official, "risks")
    assert letter_recipients() == [editor]
    assert Letter.objects.get(kind="bid_commented").facts == {"title": bid.title}
    comments.finish(first, by=editor, at=MOMENT)
    comment(bid, official)
    assert letter_recipients() == [editor]
    for each in Comment.objects.filter(done_at=None):
        comments.finish(each, by=editor, at=MOMENT)
    comment(bid, official)
    assert letter_recipients() == [editor, editor]
    assert other_organisation_member not in letter_recipients()
    assert second.bid == bid


def test_a_comment_is_done_once_by_either_side_and_says_by_whom_and_when() -> None:
    bid, official = cases.bid_in_development(), users.official()
    coach = users.assign(users.coach(), bid.expression)
    for by in (cases.editor_of(bid.lead), coach, official):
        bid_comment = comment(bid, official)
        finished = comments.finish(bid_comment, by=by, at=moment_after(days=1))
        assert (finished.done_by, finished.done_at) == (by, moment_after(days=1))
        with pytest.raises(TooLate):
            comments.finish(bid_comment, by=by, at=MOMENT)
        last = Event.objects.filter(chain=bid.chain).order_by("-seq")[0]
        assert (last.name, last.actor) == ("bid.comment_done", by.key)
        assert last.data == {"code": "summary", "comment": bid_comment.key}


def test_nobody_else_marks_it_and_nobody_once_the_bid_is_sent() -> None:
    bid, official = cases.bid_in_development(), users.official()
    bid_comment = comment(bid, official)
    for by in (
        users.viewer(bid.lead),
        users.outsider(),
        users.coach(),
        users.analyst(),
        users.member(),
        users.administrator(),
    ):
        with pytest.raises(NotAllowed):
            comments.finish(bid_comment, by=by, at=MOMENT)
    bids.submit(bid, by=cases.editor_of(bid.lead), at=MOMENT)
    with pytest.raises(TooLate):
        comments.finish(bid_comment, by=official, at=MOMENT)
    assert Comment.objects.get().done_at is None


# --- pages ------------------------------------------------------------------


def page_text(client: Client, user: User, name: str, *keys: str) -> str:
    client.force_login(user)
    answer = client.get(reverse(f"bids:{name}", args=keys))
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_the_task_list_counts_what_is_not_done(client: Client) -> None:
    bid, official = bid_with_standard_questions(), users.official()
    editor = cases.editor_of(bid.lead)
    assert "on your answers to deal with" not in page_text(
        client, editor, "own-bid", bid.key
    )
    comment(bid, official, "new")
    assert "You have 1 comment on your answers to deal with" in page_text(
        client, editor, "own-bid", bid.key
    )
    bid_comment = comment(bid, official, "sustain")
    text = page_text(client, editor, "own-bid", bid.key)
    assert "You have 2 comments on your answers to deal with" in text
    assert text.count("1 comment to deal with") == 2
    comments.finish(bid_comment, by=official, at=MOMENT)
    assert (
        page_text(client, editor, "own-bid", bid.key).count("1 comment to deal with")
        == 1
    )


def test_an_applicant_marks_one_as_done_and_finds_it_folded(client: Client) -> None:
    bid, official = bid_with_standard_questions(), users.official()
    editor, bid_comment = cases.editor_of(bid.lead), comment(bid, official, "new")
    address = reverse("bids:own-comment-done", args=[bid_comment.key])
    section = (bid.key, "why-it-is-new")
    assert address in page_text(client, editor, "own-bid-section", *section)
    form = page_text(client, editor, "own-comment-done", bid_comment.key)
    assert "Say more." in form
    token = form.partition('name="submission" value="')[2].partition('"')[0]
    for _ in range(2):
        answer = client.post(address, {"submission": token})
        assert answer["Location"] == reverse("bids:own-bid-section", args=section)
    assert Event.objects.filter(name="bid.comment_done").count() == 1
    text = page_text(client, editor, "own-bid-section", *section)
    assert f"Done by {editor} on" in text
    assert address not in text
    assert client.get(address).status_code == 409
    assert f"Done by {editor}" in page_text(client, official, "bid", bid.key)


def test_a_coach_marks_one_as_done_where_they_comment(client: Client) -> None:
    bid = bid_with_standard_questions()
    coach = users.assign(users.coach(), bid.expression)
    bid_comment = comment(bid, coach, "new")
    address = reverse("bids:comment-done", args=[bid_comment.key])
    assert address in page_text(client, coach, "bid-comment", bid.key, "new")
    assert address not in page_text(client, coach, "bid-comment", bid.key, "sustain")
    assert client.post(address)["Location"] == reverse("bids:bid", args=[bid.key])
    assert f"Done by {coach} on" in page_text(client, coach, "bid", bid.key)
    check = page_text(client, cases.editor_of(bid.lead), "own-bid-check", bid.key)
    assert "Done by the department on" in check
    assert str(coach) not in check


def test_others_do_not_reach_the_page(client: Client) -> None:
    bid = cases.bid_in_development()
    bid_comment = comment(bid, users.official())
    own = reverse("bids:own-comment-done", args=[bid_comment.key])
    their_address = reverse("bids:comment-done", args=[bid_comment.key])
    for user, address, status in (
        (users.outsider(), own, 404),
        (users.outsider(), their_address, 403),
        (users.viewer(bid.lead), own, 403),
        (cases.editor_of(bid.lead), their_address, 403),
        (users.official(), own, 403),
        (users.coach(), their_address, 404),
        (users.analyst(), their_address, 403),
    ):
        client.force_login(user)
        assert client.get(address).status_code == status
        assert client.post(address).status_code == status
    assert not policies.own_comments(users.outsider()).exists()
    assert Comment.objects.get().done_at is None


def test_three_comments_cost_no_more_queries_than_one(
    client: Client, count_queries: Callable[[Client, str], int]
) -> None:
    bid, official = bid_with_standard_questions(), users.official()
    editor = cases.editor_of(bid.lead)
    pages = (
        (editor, "own-bid", [bid.key]),
        (editor, "own-bid-section", [bid.key, "why-it-is-new"]),
        (editor, "own-bid-check", [bid.key]),
        (official, "bid", [bid.key]),
        (official, "bid-comment", [bid.key, "new"]),
    )

    def count() -> list[int]:
        statuses = []
        for user, name, about in pages:
            client.force_login(user)
            address = reverse(f"bids:{name}", args=about)
            statuses.append(count_queries(client, address))
        return statuses

    comments.finish(comment(bid, official, "new"), by=editor, at=MOMENT)
    one = count()
    for by in (official, editor):
        comments.finish(comment(bid, official, "new"), by=by, at=MOMENT)
    assert count() == one
    assert len(reload_bid(bid).snapshot_comments) == 3


# --- races ------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_three_who_comment_at_once_send_one_letter() -> None:
    bid, official = cases.bid_in_development(), users.official()
    run_concurrently([lambda: comment(bid, official)] * 3)
    assert Comment.objects.count() == 3
    assert len(letter_recipients()) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_there_would_be_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without holding the row, each finds itself the first."""
    bid, official = cases.bid_in_development(), users.official()
    both_have_looked, record = Barrier(2), events.record

    def record_late(*args: Any, **kwargs: Any) -> None:
        both_have_looked.wait(timeout=30)
        record(*args, **kwargs)

    monkeypatch.setattr(bids, "lock", cases.reload_bid)
    monkeypatch.setattr(events, "record", record_late)
    run_concurrently([lambda: comment(bid, official)] * 2)
    assert len(letter_recipients()) == 2

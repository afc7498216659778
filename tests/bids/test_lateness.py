"""The closing time of a round, to the microsecond, and late entries."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bids.domain import expressions, lateness
from bids.domain.lateness import LateSubmission
from bids.models import Expression, LateAttempt, LateEntry, Round
from innovation.accounts.models import User
from innovation.core import clock, formatting
from innovation.core.clock import LONDON
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.notifications.models import Letter
from tests.dates import CLOSES_AT, MOMENT
from tests.factories import cases, users
from tests.funding.page_requests import date_fields

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)
DAY_AFTER = CLOSES_AT + timedelta(days=1)


def submit_late(draft: Expression, at: datetime = CLOSES_AT + TICK) -> LateAttempt:
    with pytest.raises(LateSubmission) as refused:
        expressions.submit(draft, by=cases.editor_of(draft.lead), at=at)
    return refused.value.attempt


def let_in(draft: Expression, *, by: User | None = None) -> LateEntry:
    return lateness.allow_late_entry(
        draft.round,
        organisation=draft.lead,
        until=DAY_AFTER,
        reason="Their line was down.",
        by=by or users.official(),
        at=CLOSES_AT + timedelta(hours=1),
    )


def test_a_microsecond_late_leaves_the_draft_whole_and_a_receipt() -> None:
    draft = cases.draft()
    before = Expression.objects.filter(pk=draft.pk).values().get()

    attempt = submit_late(draft)

    assert Expression.objects.filter(pk=draft.pk).values().get() == before
    assert draft.money.count() == 1
    assert (attempt.at, attempt.closed_at) == (CLOSES_AT + TICK, CLOSES_AT)
    event = draft.chain.events.get(name="expression.came_late")
    assert event.data["receipt"] == attempt.key
    assert not Letter.objects.filter(kind="expression_received").exists()


def test_why_it_was_refused_is_said_with_the_clock_s_name() -> None:
    draft = cases.draft()
    with pytest.raises(
        LateSubmission, match=r"closed at 5pm \(UK time\) on 19 December 2014"
    ):
        expressions.submit(draft, by=cases.editor_of(draft.lead), at=CLOSES_AT + TICK)


def test_every_attempt_has_a_receipt_of_its_own() -> None:
    draft = cases.draft()
    one, other = (
        submit_late(draft),
        submit_late(draft, at=CLOSES_AT + timedelta(seconds=1)),
    )
    assert one.key != other.key
    assert list(draft.late_attempts.all()) == [other, one]


def test_who_may_not_send_leaves_no_receipt_either() -> None:
    draft = cases.draft()
    for by in (users.outsider(), users.viewer(draft.lead), users.official()):
        with pytest.raises(NotAllowed):
            expressions.submit(draft, by=by, at=CLOSES_AT + TICK)
    assert not LateAttempt.objects.exists()


def test_who_is_let_in_sends_until_then_and_nobody_else_does() -> None:
    round = cases.round_()
    draft, other = (
        cases.draft(round=round),
        cases.draft(round=round),
    )
    let_in(draft)

    assert submit_late(other).closed_at == CLOSES_AT
    attempt = submit_late(draft, at=DAY_AFTER + TICK)
    assert attempt.closed_at == DAY_AFTER
    by = cases.editor_of(draft.lead)
    assert expressions.submit(draft, by=by, at=DAY_AFTER).submitted_at == DAY_AFTER
    with pytest.raises(TooLate):
        start_like(other, by=cases.editor_of(other.lead), at=DAY_AFTER)
    assert start_like(draft, by=by, at=DAY_AFTER).round == round


def start_like(like: Expression, *, by: User, at: datetime) -> Expression:
    return expressions.start(
        round=like.round, lead=like.lead, title="Another", by=by, at=at
    )


def test_letting_in_is_recorded_and_told_to_the_organisation_alone() -> None:
    draft, official = cases.draft(), users.official()
    other = cases.draft(round=draft.round)
    let_in(draft, by=official)

    event = draft.round.chain.events.get(name="round.late_entry_given")
    assert (event.actor, event.data["organisation"]) == (official.key, draft.lead.key)
    letters = Letter.objects.filter(kind="late_entry_given")
    assert [letter.recipient for letter in letters] == [cases.editor_of(draft.lead)]
    assert not letters.filter(recipient=cases.editor_of(other.lead)).exists()


def test_only_an_official_lets_in_and_never_their_own_organisation() -> None:
    draft = cases.draft()
    both = users.join(users.person("official", "applicant"), draft.lead)
    for by in (cases.editor_of(draft.lead), users.coach(), users.administrator(), both):
        with pytest.raises(NotAllowed):
            let_in(draft, by=by)
    assert not LateEntry.objects.exists()


def test_nobody_is_let_in_without_a_reason_or_into_the_past() -> None:
    draft = cases.draft()
    entry: dict[str, Any] = {
        "organisation": draft.lead,
        "by": users.official(),
        "at": DAY_AFTER,
    }
    with pytest.raises(Invalid) as refused:
        lateness.allow_late_entry(draft.round, until=CLOSES_AT, reason=" ", **entry)
    assert set(refused.value.problems) == {"reason", "until"}
    with pytest.raises(TooLate, match="still open"):
        lateness.allow_late_entry(
            draft.round, until=DAY_AFTER, reason="x", **(entry | {"at": MOMENT})
        )


def test_the_database_keeps_no_receipt_of_what_was_in_time() -> None:
    draft = cases.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        LateAttempt.objects.create(
            expression=draft, by=draft.started_by, at=CLOSES_AT, closed_at=CLOSES_AT
        )


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2015, 3, 29, 0, 59, 59, tzinfo=LONDON), "12:59:59.000000am GMT"),
        (datetime(2015, 3, 29, 2, 0, tzinfo=LONDON), "2:00:00.000000am BST"),
        (datetime(2015, 10, 25, 1, 30, tzinfo=LONDON), "1:30:00.000000am BST"),
        (datetime(2015, 10, 25, 1, 30, fold=1, tzinfo=LONDON), "1:30:00.000000am GMT"),
        (CLOSES_AT + TICK, "5:00:00.000001pm GMT"),
    ],
)
def test_a_time_is_told_with_the_clock_it_is_of(moment: datetime, text: str) -> None:
    assert formatting.format_exact_moment(moment).endswith(text)


def test_the_page_says_why_and_shows_the_receipt(client: Client) -> None:
    round = cases.round_(opens_at=MOMENT, closes_at=CLOSES_AT)
    draft = cases.draft(round=round)
    client.force_login(cases.editor_of(draft.lead))
    page = reverse("bids:expression-check", args=[draft.key])

    answer = client.post(page, {"agreed": "on"}, follow=True)

    attempt = LateAttempt.objects.get()
    assert answer.redirect_chain[0][0].endswith("/late")
    text = answer.content.decode()
    assert attempt.key in text
    assert "19 December 2014 at 5:00:00.000000pm GMT" in text
    assert "We have kept your draft as it was" in text
    tasks = client.get(reverse("bids:expression", args=[draft.key]))
    assert "your receipt</a>" in tasks.content.decode()
    client.force_login(users.outsider())
    assert client.get(f"/apply/expressions/{draft.key}/late").status_code == 404


def test_the_page_of_a_closed_round_leads_an_official_to_letting_somebody_in(
    client: Client,
) -> None:
    closed, open_round = cases.draft().round, cases.round_(closes_at=None)
    link = reverse("bids:round-late-entry", args=[closed.key])

    def page(round: Round) -> str:
        return client.get(reverse("bids:round", args=[round.key])).content.decode()

    assert link not in page(closed)
    client.force_login(users.applicant(users.organisation("Lead")))
    assert link not in page(closed)
    client.force_login(users.official())
    assert link in page(closed)
    assert "Give an organisation more time" not in page(open_round)


def test_an_official_lets_an_organisation_in_on_a_page(client: Client) -> None:
    draft = cases.draft()
    submit_late(draft)
    client.force_login(users.official())
    page = reverse("bids:round-late-entry", args=[draft.round.key])
    assert draft.lead.name in client.get(page).content.decode()
    tomorrow = clock.london_day(clock.now()) + timedelta(days=1)
    form = {"organisation": draft.lead.key, "hour": "17", "reason": "Line down."}
    answer = client.post(page, {**form, **date_fields("until", tomorrow)})
    assert answer.status_code == 302
    assert LateEntry.objects.get().organisation == draft.lead

"""Reminders: when they are due, that each is sent once, and the file for a calendar."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import IntegrityError, transaction
from django.test import Client
from icalendar import Calendar, Event
from pytest_django import Settings

from bids.domain import expressions
from bids.domain.reminders import DRAFT
from bids.models import Expression
from innovation.accounts.domain import people
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.clock import LONDON
from innovation.core.models import Slot
from innovation.notifications import (
    calendar_files,
    delivery,
    gateways,
    letters,
    reminders,
    rendering,
    tasks,
)
from innovation.notifications.models import Letter, LetterState, PostedLetter
from tests.concurrency import run_concurrently
from tests.dates import CLOSES_AT, MOMENT
from tests.factories import cases, users

WEEK_BEFORE = datetime(2014, 12, 12, 9, tzinfo=UTC)
DAY_BEFORE = datetime(2014, 12, 18, 9, tzinfo=UTC)
TICK = timedelta(microseconds=1)
Step = Callable[[Expression, User], None]


def reminders_of(person: User) -> list[Letter]:
    rows = Letter.objects.filter(recipient=person, kind__startswith="reminder_")
    return list(rows.order_by("put_at", "pk"))


def draft_closing_soon(by: User) -> Expression:
    """A draft whose round closes five days from now, by the real clock."""
    round = cases.round_(closes_at=clock.now() + timedelta(days=5))
    return cases.draft(round=round, by=by)


def state_after_delivery(letter: Letter) -> str:
    delivery.deliver([letter.pk])
    letter.refresh_from_db()
    return letter.state


@pytest.mark.parametrize(
    ("due_at", "days", "time"),
    [
        # The clocks go forward on 28 March 2027 and back on 31 October.
        (datetime(2027, 3, 31, 17, tzinfo=LONDON), 7, "2027-03-24T09:00:00+00:00"),
        (datetime(2027, 3, 31, 17, tzinfo=LONDON), 1, "2027-03-30T08:00:00+00:00"),
        (datetime(2027, 3, 29, 0, 30, tzinfo=LONDON), 1, "2027-03-28T08:00:00+00:00"),
        (datetime(2027, 11, 1, 23, 59, tzinfo=LONDON), 1, "2027-10-31T09:00:00+00:00"),
        (datetime(2027, 11, 1, 23, 59, tzinfo=LONDON), 7, "2027-10-25T08:00:00+00:00"),
        # It is 1 July already in London.
        (datetime(2027, 6, 30, 23, 30, tzinfo=UTC), 1, "2027-06-30T08:00:00+00:00"),
    ],
)
def test_reminders_come_at_9am_in_london(
    due_at: datetime, days: int, time: str
) -> None:
    assert reminders.reminder_time(due_at, days).astimezone(UTC).isoformat() == time


@pytest.mark.django_db
def test_a_week_before_and_a_day_before_and_each_once() -> None:
    draft = cases.draft()
    editor = cases.editor_of(draft.lead)
    outsider = users.outsider()
    queued = [
        reminders.queue_due(at=at)
        for at in (
            WEEK_BEFORE - TICK,
            WEEK_BEFORE,
            WEEK_BEFORE + timedelta(minutes=10),
            DAY_BEFORE - TICK,
            DAY_BEFORE,
            CLOSES_AT - TICK,
            CLOSES_AT,
        )
    ]
    assert queued == [0, 1, 0, 0, 1, 0, 0]
    assert [letter.put_at for letter in reminders_of(editor)] == [
        WEEK_BEFORE,
        DAY_BEFORE,
    ]
    assert reminders_of(outsider) == []


@pytest.mark.django_db
def test_a_job_that_did_not_run_for_days_sends_what_is_due_now_alone() -> None:
    draft = cases.draft()
    assert reminders.queue_due(at=WEEK_BEFORE + timedelta(days=3)) == 1
    assert reminders.queue_due(at=DAY_BEFORE + timedelta(hours=5)) == 1
    assert len(reminders_of(cases.editor_of(draft.lead))) == 2


@pytest.mark.django_db
def test_the_letter_names_the_deadline_and_how_to_turn_reminders_off() -> None:
    draft = cases.draft(title="A better front door")
    reminders.queue_due(at=WEEK_BEFORE)
    title, text = rendering.render_letter(Letter.objects.get(kind=DRAFT))
    deadline = "5pm (UK time) on 19 December 2014"
    assert title == f"Reminder: send {draft.key} by {deadline}"
    assert "“A better front door”" in text
    assert f"until {deadline}" in text
    assert f"/apply/expressions/{draft.key}\n" in text
    assert "/account/reminders" in text
    assert "\n\n\n" not in text


@pytest.mark.django_db
def test_whoever_turns_reminders_off_gets_none_and_a_colleague_still_does() -> None:
    draft = cases.draft()
    editor, colleague = cases.editor_of(draft.lead), users.applicant(draft.lead)
    people.choose_reminders(editor, wanted=False, by=editor, at=MOMENT)
    reminders.queue_due(at=WEEK_BEFORE)
    assert (len(reminders_of(editor)), len(reminders_of(colleague))) == (0, 1)
    people.choose_reminders(editor, wanted=True, by=editor, at=MOMENT)
    reminders.queue_due(at=DAY_BEFORE)
    assert (len(reminders_of(editor)), len(reminders_of(colleague))) == (1, 2)


@pytest.mark.django_db
def test_a_reminder_is_sent_with_its_file(client: Client, settings: Settings) -> None:
    editor = users.applicant()
    draft = draft_closing_soon(editor)
    tasks.remind()
    (letter,) = reminders_of(editor)
    assert state_after_delivery(letter) == LetterState.SENT
    posted = PostedLetter.objects.get()
    (name, content_type, text) = posted.files[0]
    assert (name, content_type) == ("deadline.ics", "text/calendar")
    assert Calendar.from_ical(text)["METHOD"] == "PUBLISH"
    address = f"/letters/{posted.reference}/"
    client.force_login(editor)
    assert f'href="{address}file"' in client.get(address).content.decode()
    answer = client.get(f"{address}file")
    assert answer.content.decode() == text
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="deadline.ics"'
    assert draft.key in text
    client.force_login(users.outsider())
    assert client.get(f"{address}file").status_code == 404


@pytest.mark.django_db
def test_a_letter_without_a_file_has_none_to_download(
    client: Client, reader: User
) -> None:
    (letter,) = letters.queue_written(
        "account", addresses=[reader.email], title="A", text="B", at=MOMENT
    )
    delivery.deliver([letter.pk])
    client.force_login(reader)
    assert client.get(f"/letters/{letter.reference}/file").status_code == 404


def send_draft(draft: Expression, editor: User) -> None:
    expressions.submit(draft, by=editor, at=clock.now())


def withdraw_draft(draft: Expression, editor: User) -> None:
    expressions.withdraw(draft, by=editor, at=clock.now())


def leave_organisation(draft: Expression, editor: User) -> None:
    editor.memberships.all().delete()


def turn_reminders_off(draft: Expression, editor: User) -> None:
    people.choose_reminders(editor, wanted=False, by=editor, at=clock.now())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [send_draft, withdraw_draft, leave_organisation, turn_reminders_off]
)
def test_what_changed_since_it_was_queued_keeps_the_letter_back(change: Step) -> None:
    editor = users.applicant()
    draft = draft_closing_soon(editor)
    tasks.remind()
    (letter,) = reminders_of(editor)
    change(draft, editor)
    assert state_after_delivery(letter) == LetterState.WITHHELD
    assert not PostedLetter.objects.filter(reference=letter.reference).exists()
    assert letter.text == ""


@pytest.mark.django_db
def test_a_letter_that_waited_past_the_deadline_is_not_sent() -> None:
    draft = cases.draft()
    reminders.queue_due(at=DAY_BEFORE)
    (letter,) = reminders_of(cases.editor_of(draft.lead))
    assert letters.is_still_needed(letter, at=CLOSES_AT - TICK)
    assert not letters.is_still_needed(letter, at=CLOSES_AT)
    assert state_after_delivery(letter) == LetterState.WITHHELD


@pytest.mark.django_db
def test_one_run_in_each_period_queues_reminders() -> None:
    """The next run finds what a killed one left: it looks for all that is due."""
    first, second = users.applicant(), users.applicant()
    draft_closing_soon(first)
    tasks.remind()
    draft_closing_soon(second)
    tasks.remind()
    assert (len(reminders_of(first)), len(reminders_of(second))) == (1, 0)
    Slot.objects.all().delete()
    tasks.remind()
    assert (len(reminders_of(first)), len(reminders_of(second))) == (1, 1)


@pytest.mark.django_db
def test_after_a_run_that_stopped_half_way_the_next_one_finishes() -> None:
    drafts = [cases.draft() for _ in range(3)]
    type = reminders.types[DRAFT]
    name, deadline = next(reminders._to_queue(type, WEEK_BEFORE))
    reminders._queue(name, type, deadline, at=WEEK_BEFORE)
    assert Letter.objects.filter(kind=DRAFT).count() == 1
    assert reminders.queue_due(at=WEEK_BEFORE + TICK) == 2
    for draft in drafts:
        assert len(reminders_of(cases.editor_of(draft.lead))) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("named", "expected"), [(True, 2), (False, 4)])
def test_two_workers_at_once_queue_each_reminder_once(
    named: bool, expected: int
) -> None:
    """Without its name, which is the control, both would queue it."""
    draft = cases.draft()
    users.applicant(draft.lead)
    type = reminders.types[DRAFT]
    name, deadline = next(reminders._to_queue(type, WEEK_BEFORE))

    def queue() -> int:
        return reminders._queue(name if named else "", type, deadline, at=WEEK_BEFORE)

    outcomes = run_concurrently([queue, queue])
    assert sum(outcomes) == expected
    assert Letter.objects.filter(kind=DRAFT).count() == expected
    assert reminders.queue_due(at=WEEK_BEFORE + TICK) == (0 if named else 2)


# --- the file for a calendar -----------------------------------------------
def entry(due_at: datetime = CLOSES_AT) -> calendar_files.CalendarEntry:
    return calendar_files.CalendarEntry(
        reference="reminder_draft-EOI-1",
        summary="Send, sign; or “withdraw” – Ünïcode " + "x" * 100,
        path="/apply/expressions/EOI-1",
        due_at=due_at,
    )


def file_text(due_at: datetime = CLOSES_AT, put_at: datetime = MOMENT) -> str:
    letter = Letter(facts=entry(due_at).fact(), put_at=put_at)
    (file,) = rendering.render_files(letter)
    return file.text


def event(text: str) -> Event:
    (found,) = Calendar.from_ical(text).events
    return found


def test_the_file_is_as_rfc_5545_asks(settings: Settings) -> None:
    settings.BASE_URL = "https://grants.example.org"
    settings.DEFAULT_FROM_EMAIL = "grants@example.org"
    text = file_text(datetime(2027, 6, 30, 23, 59, 59, 999999, tzinfo=LONDON))
    lines = text.encode().split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"VERSION:2.0" in lines
    assert b"DTSTART:20270630T225959Z" in lines
    assert b"DTSTAMP:20141112T103000Z" in lines
    assert b"TRANSP:TRANSPARENT" in lines
    read = event(text)
    assert read.uid == "reminder_draft-EOI-1@grants.example.org"
    assert read.summary == entry().summary
    assert read.url == "https://grants.example.org/apply/expressions/EOI-1"
    assert read.organizer == "mailto:grants@example.org"
    assert "11:59pm (UK time) on 30 June 2027" in read.description
    assert not read.errors


def test_a_later_file_replaces_an_earlier_one_in_the_calendar() -> None:
    assert file_text(put_at=MOMENT) == file_text(put_at=MOMENT)
    first = event(file_text(put_at=MOMENT))
    moved_to = CLOSES_AT + timedelta(days=9)
    later = event(file_text(moved_to, put_at=MOMENT + timedelta(days=6)))
    assert first.uid == later.uid
    assert later.sequence > first.sequence
    assert (first.start, later.start) == (CLOSES_AT, moved_to)


@pytest.mark.django_db
def test_the_mail_has_the_file_attached(reader: User) -> None:
    draft = cases.draft()
    reminders.queue_due(at=WEEK_BEFORE)
    letter = Letter.objects.get(kind=DRAFT)
    letter.title, letter.text = rendering.render_letter(letter)
    letter.files = rendering.render_files(letter)
    sent = gateways._message(letter, EmailBackend()).message().as_bytes()
    mail = message_from_bytes(sent, policy=policy.default)
    body, (file,) = mail.get_body(), list(mail.iter_attachments())
    assert body is not None
    assert body.get_content().strip() == letter.text.strip()
    assert file.get_content_type() == "text/calendar"
    assert file.get_content_charset() == "utf-8"
    assert file.get_filename() == "deadline.ics"
    assert draft.key in event(file.get_content()).summary


@pytest.mark.django_db
def test_the_database_refuses_a_second_letter_of_one_name(reader: User) -> None:
    def queue(letter_name: str) -> list[Letter]:
        with transaction.atomic():
            return letters.queue(
                "account",
                to=[reader],
                chain=None,
                subject="E",
                at=MOMENT,
                letter_name=letter_name,
            )

    assert len(queue("a")) == 1
    assert len(queue("b")) == 1
    with pytest.raises(IntegrityError, match="letter_once"):
        queue("a")
    assert Letter.objects.exclude(deduplication_key="").count() == 2

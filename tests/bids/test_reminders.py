"""Who is reminded of a draft that is not sent, and of a question without an answer."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from bids.domain import (
    clarifications,
    expressions,
    lateness,
    rounds,
    sign_off,
    signature_requests,
)
from bids.domain.reminders import DRAFT, QUESTION, SIGNATURE
from bids.models import Expression, Round
from innovation.accounts.models import Membership, Standing, User
from innovation.core.clock import LONDON, end_of_day
from innovation.notifications import letters, reminders, rendering
from innovation.notifications.models import Letter
from tests.audit_events import recorded_changes
from tests.database_guards import force_update
from tests.dates import CLOSES_AT, MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def week_before(due_at: datetime) -> datetime:
    return reminders.reminder_time(due_at, 7)


def day_before(due_at: datetime) -> datetime:
    return reminders.reminder_time(due_at, 1)


def reminded(kind: str) -> list[User]:
    rows = Letter.objects.filter(kind=kind).select_related("recipient").order_by("pk")
    return [letter.recipient for letter in rows if letter.recipient]


def move_closing(round: Round, to: datetime | None, *, at: datetime) -> None:
    administrator = users.administrator()
    rounds.change(round, facts={"closes_at": to}, by=administrator, at=at)


def test_those_who_may_edit_the_draft_are_reminded() -> None:
    draft = cases.draft()
    signer = cases.editor_of(draft.lead)
    editor = users.applicant(draft.lead, Standing.EDITOR)
    users.viewer(draft.lead)
    closed = users.applicant(draft.lead)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    users.outsider()
    reminders.queue_due(at=week_before(CLOSES_AT))
    assert reminded(DRAFT) == [signer, editor]


def test_a_draft_that_is_sent_or_withdrawn_or_of_a_rolling_round_is_none() -> None:
    cases.submitted_expression()
    withdrawn = cases.draft()
    expressions.withdraw(withdrawn, by=cases.editor_of(withdrawn.lead), at=MOMENT)
    cases.draft(round=cases.round_(closes_at=None))
    assert reminders.queue_due(at=week_before(CLOSES_AT)) == 0
    assert reminders.queue_due(at=day_before(CLOSES_AT)) == 0


def test_a_draft_begun_in_the_last_week_is_reminded_of_the_day_before_alone() -> None:
    draft = cases.draft()
    with_force_started(draft, week_before(CLOSES_AT) + HOUR)
    assert reminders.queue_due(at=week_before(CLOSES_AT) + 2 * HOUR) == 0
    assert reminders.queue_due(at=day_before(CLOSES_AT)) == 1


def with_force_started(draft: Expression, at: datetime) -> None:
    force_update(Expression.objects.filter(pk=draft.pk), started_at=at)


def test_a_closing_time_that_moves_has_reminders_of_its_own() -> None:
    draft = cases.draft()
    assert reminders.queue_due(at=week_before(CLOSES_AT)) == 1
    (first,) = Letter.objects.filter(kind=DRAFT)
    later = CLOSES_AT + timedelta(days=3)
    moved_at = week_before(CLOSES_AT) + HOUR
    move_closing(draft.round, later, at=moved_at)
    assert not letters.is_still_needed(first, at=moved_at)
    # They have just been told of the new time, by letter.
    assert reminders.queue_due(at=moved_at + HOUR) == 0
    assert reminders.queue_due(at=week_before(later)) == 1
    assert reminders.queue_due(at=day_before(CLOSES_AT)) == 0
    assert reminders.queue_due(at=day_before(later)) == 1
    entries = [
        letter.facts["calendar"]["reference"]
        for letter in Letter.objects.filter(kind=DRAFT)
    ]
    assert len(entries) == 3
    assert len(set(entries)) == 1


def test_a_late_entry_is_reminded_of_before_it_ends() -> None:
    draft = cases.draft()
    other = cases.draft(round=draft.round)
    until = CLOSES_AT + timedelta(days=10)
    lateness.allow_late_entry(
        draft.round,
        organisation=draft.lead,
        until=until,
        reason="Their line was down.",
        by=users.official(),
        at=CLOSES_AT + HOUR,
    )
    assert reminders.queue_due(at=week_before(until)) == 1
    assert reminded(DRAFT) == [cases.editor_of(draft.lead)]
    assert cases.editor_of(other.lead) not in reminded(DRAFT)
    letter = Letter.objects.get(kind=DRAFT)
    assert letter.facts["deadline"] == "5pm (UK time) on 29 December 2014"


def test_whoever_is_asked_to_sign_is_reminded_of_that_alone() -> None:
    draft = cases.draft()
    signer = cases.editor_of(draft.lead)
    editor = users.applicant(draft.lead, Standing.EDITOR)
    request = signature_requests.ask(draft, of=signer, by=editor, at=MOMENT)
    assert reminders.queue_due(at=week_before(CLOSES_AT)) == 2
    assert (reminded(SIGNATURE), reminded(DRAFT)) == ([signer], [editor])
    letter = Letter.objects.get(kind=SIGNATURE)
    title, text = rendering.render_letter(letter)
    assert title == (
        f"Reminder: sign off {draft.key} by 5pm (UK time) on 19 December 2014"
    )
    assert f"A colleague, “{editor}”, has asked you" in text
    assert f"/apply/expressions/{draft.key}/sign-off\n" in text
    at = week_before(CLOSES_AT) + HOUR
    assert letters.is_still_needed(letter, at=at)

    signature_requests.decline(request, reason="Not yet.", by=signer, at=at)

    assert not letters.is_still_needed(letter, at=at)
    assert reminders.queue_due(at=day_before(CLOSES_AT)) == 2
    assert reminded(SIGNATURE) == [signer]


@pytest.mark.parametrize("end", ["sign", "leave", "take back"])
def test_a_request_to_sign_that_ended_is_reminded_of_no_more(end: str) -> None:
    draft = cases.draft()
    signer = cases.editor_of(draft.lead)
    editor = users.applicant(draft.lead, Standing.EDITOR)
    request = signature_requests.ask(draft, of=signer, by=editor, at=MOMENT)
    if end == "sign":
        sign_off.sign(draft, by=signer, at=MOMENT)
    elif end == "leave":
        signer.memberships.all().delete()
    else:
        signature_requests.take_back(request, by=editor, at=MOMENT)
    reminders.queue_due(at=week_before(CLOSES_AT))
    assert reminded(SIGNATURE) == []


def test_a_bid_that_waits_for_a_signature_has_no_deadline() -> None:
    bid = cases.bid_in_development()
    signer = cases.editor_of(bid.lead)
    editor = users.applicant(bid.lead, Standing.EDITOR)
    signature_requests.ask(bid, of=signer, by=editor, at=MOMENT)
    assert reminders.queue_due(at=week_before(CLOSES_AT)) == 0


def test_of_a_provisional_draft_only_whoever_started_it_is_reminded() -> None:
    lead = users.council_organisation()
    member = users.applicant(lead)
    newcomer = users.person("applicant")
    with recorded_changes():
        membership = Membership.objects.create(
            user=newcomer, organisation=lead, standing=Standing.EDITOR, asked_at=MOMENT
        )
    draft = cases.draft(lead=lead, by=newcomer, title="Nobody else may know")
    assert draft.provisional
    assert reminders.queue_due(at=week_before(CLOSES_AT)) == 1
    assert reminded(DRAFT) == [newcomer]
    assert member not in reminded(DRAFT)
    letter = Letter.objects.get(kind=DRAFT)
    assert "has to confirm before that you work" in rendering.render_letter(letter)[1]
    at = week_before(CLOSES_AT) + HOUR
    assert letters.is_still_needed(letter, at=at)
    with recorded_changes():
        membership.delete()
    assert not letters.is_still_needed(letter, at=at)


def test_an_open_question_is_reminded_of_with_its_words() -> None:
    clarification = cases.open_clarification()
    expression = clarification.expression
    editor = cases.editor_of(expression.lead)
    users.viewer(expression.lead)
    users.outsider()
    due_at = end_of_day(clarification.due_on)
    # Asked a week before: the letter with the question was the first.
    assert reminders.queue_due(at=MOMENT + HOUR) == 0
    assert reminders.queue_due(at=day_before(due_at)) == 1
    assert reminded(QUESTION) == [editor]
    title, text = rendering.render_letter(Letter.objects.get(kind=QUESTION))
    assert title == (
        f"Reminder: answer our question about {expression.key} by "
        "11:59pm (UK time) on 19 November 2014"
    )
    assert "> Which families?" in text
    assert f"/apply/expressions/{expression.key}/answer\n" in text


def test_the_letter_that_asks_has_the_file_and_a_new_date_moves_its_entry() -> None:
    clarification = cases.open_clarification()
    to = date(2014, 11, 30)
    at = moment_after(days=1)
    clarifications.redate(clarification, due_on=to, by=users.official(), at=at)
    reminders.queue_due(at=day_before(end_of_day(to)))
    read = [
        Calendar.from_ical(rendering.render_files(letter)[0].text).events[0]
        for letter in Letter.objects.filter(
            kind__in=["clarification_asked", "clarification_redated", QUESTION]
        ).order_by("pk")
    ]
    days = [clarification.due_on, to, to]
    ends = [end_of_day(day).replace(microsecond=0) for day in days]
    assert [event.start for event in read] == ends
    assert len({event.uid for event in read}) == 1
    assert [event.sequence for event in read] == sorted(
        {event.sequence for event in read}
    )


def test_an_answered_question_is_reminded_of_no_more() -> None:
    clarification = cases.open_clarification()
    at = day_before(end_of_day(clarification.due_on))
    reminders.queue_due(at=at)
    letter = Letter.objects.get(kind=QUESTION)
    assert letters.is_still_needed(letter, at=at)
    editor = cases.editor_of(clarification.expression.lead)
    clarifications.answer(clarification, answers={1: "All."}, by=editor, at=at)
    assert not letters.is_still_needed(letter, at=at)
    assert reminders.queue_due(at=at + HOUR) == 0


@pytest.mark.parametrize("end", ["take back", "withdraw"])
def test_a_question_that_ended_is_reminded_of_no_more(end: str) -> None:
    clarification = cases.open_clarification()
    expression = clarification.expression
    if end == "withdraw":
        editor = cases.editor_of(expression.lead)
        expressions.withdraw(expression, by=editor, at=MOMENT)
    else:
        clarifications.take_back(clarification, by=users.official(), at=MOMENT)
    assert reminders.queue_due(at=day_before(end_of_day(clarification.due_on))) == 0


def test_a_new_date_to_answer_has_reminders_of_its_own() -> None:
    clarification = cases.open_clarification()
    to = date(2014, 11, 30)
    redated_at = moment_after(days=6)
    clarifications.redate(clarification, due_on=to, by=users.official(), at=redated_at)
    assert reminders.queue_due(at=moment_after(days=7)) == 0
    assert reminders.queue_due(at=week_before(end_of_day(to))) == 1
    assert reminders.queue_due(at=day_before(end_of_day(to))) == 1


def test_a_date_moved_into_the_last_week_is_not_reminded_of_at_once() -> None:
    clarification = cases.open_clarification()
    far = date(2014, 12, 20)
    clarifications.redate(clarification, due_on=far, by=users.official(), at=MOMENT)
    soon, at = date(2014, 12, 10), datetime(2014, 12, 5, 12, tzinfo=LONDON)
    clarifications.redate(clarification, due_on=soon, by=users.official(), at=at)
    assert reminders.queue_due(at=at + HOUR) == 0
    assert reminders.queue_due(at=day_before(end_of_day(soon))) == 1


def test_as_many_queries_however_many_drafts(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    round = cases.round_()
    for count in (1, 3):
        while Expression.objects.count() < count:
            cases.draft(round=round)
        reminders.queue_due(at=week_before(CLOSES_AT))
        with django_assert_num_queries(9):
            assert reminders.queue_due(at=week_before(CLOSES_AT) + HOUR) == 0


def test_as_many_queries_however_many_requests_to_sign() -> None:
    round = cases.round_()
    counts = []
    for _ in range(2):
        draft = cases.draft(round=round)
        editor = users.applicant(draft.lead, Standing.EDITOR)
        signer = cases.editor_of(draft.lead)
        signature_requests.ask(draft, of=signer, by=editor, at=MOMENT)
        reminders.queue_due(at=week_before(CLOSES_AT))
        with CaptureQueriesContext(connection) as queries:
            assert reminders.queue_due(at=week_before(CLOSES_AT) + HOUR) == 0
        counts.append(len(queries))
    assert counts[0] == counts[1]

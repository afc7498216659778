"""Who is reminded of an offer to answer, and of a report on a grant."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funding.domain import authoriser_requests, awards, monitoring, offers
from funding.domain.reminders import OFFER, REPORT
from funding.models import Award, MonitoringReport, Offer
from innovation.accounts.models import Standing
from innovation.core import formatting
from innovation.core.clock import end_of_day
from innovation.notifications import calendar_files, letters, reminders, rendering
from innovation.notifications.models import Letter
from tests.factories import grants, users
from tests.funding.page_requests import page_of
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def report_due_later() -> MonitoringReport:
    return monitoring.ask(
        grants.active_award(),
        period="October to December 2014",
        due_on=date(2014, 12, 31),
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )


def end_of_offer(award: Award) -> datetime:
    return end_of_day(Offer.objects.get(award=award).reply_by)


def test_whoever_may_answer_the_offer_is_reminded_a_week_and_a_day_before() -> None:
    award = grants.offered_award()
    signer = grants.recipient_of(award)
    assert award.lead is not None
    users.applicant(award.lead, Standing.EDITOR)
    users.outsider()
    end = end_of_offer(award)
    queued = [
        reminders.queue_due(at=reminders.reminder_time(end, days)) for days in (8, 7, 1)
    ]
    assert queued == [0, 1, 1]
    first, last = Letter.objects.filter(kind=OFFER).order_by("pk")
    assert first.recipient == last.recipient == signer
    title, text = rendering.render_letter(last)
    deadline = formatting.format_deadline(end)
    assert title == f"Reminder: answer our offer of a grant by {deadline}: {award.key}"
    assert "a grant of £8,000 for" in text
    assert "Please do not announce this" in text
    assert len(rendering.render_files(last)) == 1


@pytest.mark.parametrize("end", ["accept", "decline", "withdraw"])
def test_an_offer_that_has_an_answer_is_reminded_of_no_more(end: str) -> None:
    award = grants.offered_award()
    signer = grants.recipient_of(award)
    at = reminders.reminder_time(end_of_offer(award), 1)
    reminders.queue_due(at=at)
    letter = Letter.objects.get(kind=OFFER)
    assert letters.is_still_needed(letter, at=at)
    if end == "accept":
        awards.accept(award, by=signer, at=at)
    elif end == "decline":
        awards.decline(award, reason="No staff.", by=signer, at=at)
    else:
        manager = users.grant_manager()
        awards.withdraw(award, reason="No money.", by=manager, at=at)
    assert not letters.is_still_needed(letter, at=at)


def test_a_new_day_to_answer_moves_the_entry_in_the_calendar() -> None:
    award = grants.offered_award()
    first_end = end_of_offer(award)
    to = first_end.date() + timedelta(days=14)
    redated_at = reminders.reminder_time(first_end, 7) + HOUR
    reminders.queue_due(at=redated_at)
    offers.redate(award, reply_by=to, by=users.grant_manager(), at=redated_at)
    assert reminders.queue_due(at=redated_at + HOUR) == 0
    assert reminders.queue_due(at=reminders.reminder_time(end_of_day(to), 7)) == 1
    kinds = ["award_offered", "offer_redated", OFFER]
    entries = [
        not_none(calendar_files.entry_of(letter))
        for letter in Letter.objects.filter(kind__in=kinds).order_by("pk")
    ]
    assert [entry.due_at for entry in entries] == [
        first_end, first_end, end_of_day(to), end_of_day(to)
    ]  # fmt: skip
    assert len({entry.reference for entry in entries}) == 1


def test_whoever_may_hand_in_the_report_is_reminded_until_it_is() -> None:
    report = report_due_later()
    award = report.award
    signer = grants.recipient_of(award)
    assert award.lead is not None
    users.applicant(award.lead, Standing.EDITOR)
    users.outsider()
    day_before = reminders.reminder_time(end_of_day(report.due_on), 1)
    assert reminders.queue_due(at=day_before) == 1
    letter = Letter.objects.get(kind=REPORT)
    assert letter.recipient == signer
    title, text = rendering.render_letter(letter)
    assert title.startswith("Reminder: hand in a report by 11:59pm (UK time) on ")
    assert f"/grants/report/{report.key}\n" in text
    assert len(rendering.render_files(letter)) == 1
    assert letters.is_still_needed(letter, at=day_before)

    monitoring.hand_in(
        report, progress="Well.", actuals={}, by=signer, at=day_before + HOUR
    )

    assert not letters.is_still_needed(letter, at=day_before + HOUR)
    assert reminders.queue_due(at=day_before + 2 * HOUR) == 0


def test_a_grant_that_ended_early_needs_no_report() -> None:
    report = report_due_later()
    awards.terminate(
        report.award,
        reason="It stopped.",
        lessons="",
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )
    day_before = reminders.reminder_time(end_of_day(report.due_on), 1)
    assert reminders.queue_due(at=day_before) == 0
    signer = grants.recipient_of(report.award)
    assert "Hand in the report" not in page_of(signer, "grants")
    ended = Award.objects.get()
    assert not authoriser_requests.pending_acts(ended, report.due_on)


def test_as_many_queries_however_many_offers() -> None:
    counts = []
    for _ in range(2):
        award = grants.offered_award()
        at = reminders.reminder_time(end_of_offer(award), 1)
        reminders.queue_due(at=at)
        with CaptureQueriesContext(connection) as queries:
            assert reminders.queue_due(at=at + HOUR) == 0
        counts.append(len(queries))
    assert counts[0] == counts[1]

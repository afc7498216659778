"""Who is reminded of a report on a grant."""

from datetime import timedelta

import pytest

from funding.domain import awards, monitoring
from funding.domain.reminders import REPORT
from innovation.accounts.models import Standing
from innovation.core.clock import end_of_day
from innovation.notifications import letters, reminders, rendering
from innovation.notifications.models import Letter
from tests.factories import grants, users

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_whoever_may_hand_in_the_report_is_reminded_until_it_is() -> None:
    report = grants.monitoring_report()
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
    report = grants.monitoring_report()
    awards.terminate(
        report.award,
        reason="It stopped.",
        lessons="",
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )
    day_before = reminders.reminder_time(end_of_day(report.due_on), 1)
    assert reminders.queue_due(at=day_before) == 0

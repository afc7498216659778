"""What the holders of grants are reminded of: offers that are not answered, and reports
that are not handed in.
"""

from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from funding.domain.award_support import signers_by_holder
from funding.domain.monitoring import RUNNING_STATES
from funding.events import FundingEvent
from funding.models import Award, MonitoringReport, Offer
from funding.states import AwardState
from innovation.audit.models import Event
from innovation.core.clock import end_of_day, london_day
from innovation.notifications import reminders
from innovation.notifications.calendar_files import CalendarEntry
from innovation.notifications.reminders import Deadline, ReminderType

OFFER = "reminder_offer"
REPORT = "reminder_report"


def open_offers(after: datetime, until: datetime, reference: str) -> list[Deadline]:
    """The offers that nobody has answered; each is due at the end of a day."""
    offers = Offer.objects.filter(
        award__state=AwardState.OFFERED,
        answered_at=None,
        reply_by__gte=london_day(after),
        reply_by__lte=london_day(until),
        **({"award__key": reference} if reference else {}),
    )
    date_events = Event.objects.filter(
        chain=OuterRef("award__chain"),
        name__in=[FundingEvent.AWARD_OFFERED, FundingEvent.AWARD_OFFER_REDATED],
    )
    rows = offers.select_related("award__chain", "award__lead").annotate(
        known_since=Subquery(date_events.order_by("-seq").values("at")[:1])
    )
    signers = signers_by_holder(row.award for row in rows)
    return [
        Deadline(
            reference=row.award.key,
            subject=row.award.key,
            chain=row.award.chain,
            entry=offer_entry(row.award, row.reply_by),
            known_since=row.known_since,
            people=signers[row.award.lead_id],
            facts={"title": row.award.title, "amount": str(row.award.amount)},
        )
        for row in rows
    ]


def offer_entry(award: Award, reply_by: date) -> CalendarEntry:
    """For the calendar: the letters that offer it and remind of it have the same."""
    return CalendarEntry(
        reference=f"{OFFER}-{award.key}",
        summary=f"Accept or decline the grant {award.key}",
        path=f"/grants/{award.key}/",
        due_at=end_of_day(reply_by),
    )


def open_reports(after: datetime, until: datetime, reference: str) -> list[Deadline]:
    """The reports that nobody has handed in; each is due at the end of a day."""
    reports = MonitoringReport.objects.filter(
        handed_in_at=None,
        due_on__gte=london_day(after),
        due_on__lte=london_day(until),
        award__state__in=RUNNING_STATES,
        **({"key": reference} if reference else {}),
    )
    requests = Event.objects.filter(
        name=FundingEvent.MONITORING_ASKED, subject=OuterRef("key")
    )
    rows = reports.select_related("award__chain").annotate(
        known_since=Subquery(requests.order_by("seq").values("at")[:1])
    )
    signers = signers_by_holder(row.award for row in rows)
    return [
        Deadline(
            reference=row.key,
            subject=row.award.key,
            chain=row.award.chain,
            entry=CalendarEntry(
                reference=f"{REPORT}-{row.key}",
                summary=f"Hand in the report on {row.period}: {row.award.key}",
                path=f"/grants/report/{row.key}",
                due_at=end_of_day(row.due_on),
            ),
            known_since=row.known_since,
            people=signers[row.award.lead_id],
            facts={"title": row.award.title, "period": row.period},
        )
        for row in rows
    ]


def register() -> None:
    reminders.register(ReminderType(OFFER, open_offers))
    reminders.register(ReminderType(REPORT, open_reports))

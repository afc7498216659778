"""Announcements: the day from which an award is public and in the figures."""

from datetime import date, datetime, time

from django.db import transaction

from bids.domain import programmes
from funding.domain import published_awards
from funding.events import FundingEvent
from funding.models import Award
from funding.states import AwardState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events, figures
from innovation.audit.events import TallyChange
from innovation.core.clock import LONDON, end_of_day, london_day
from innovation.core.errors import Invalid, TooLate
from innovation.core.formatting import format_date
from innovation.core.rows import lock_row

ANNOUNCEABLE_STATES = {
    AwardState.ACCEPTED,
    AwardState.ACTIVE,
    AwardState.SUSPENDED,
    AwardState.CLOSING,
    AwardState.CLOSED,
}


@transaction.atomic
def announce(award: Award, *, on: date, by: User, at: datetime) -> Award:
    """Make the award public from `on`, which may be in the future or the past.

    The event has that date, so the figures count the award from the day on which the
    public can see it.
    """
    require_permission(by, Permission.MANAGE_GRANTS)
    award = lock_row(award)
    if award.announced_on is not None:
        raise TooLate(
            f"This award is already announced for {format_date(award.announced_on)}."
        )
    if award.state not in ANNOUNCEABLE_STATES:
        raise TooLate("An award is announced once its recipient has accepted it.")
    if on < award.dated_on:
        raise Invalid.field(
            "on", f"Enter {format_date(award.dated_on)} or a later date"
        )
    award.announced_on = on
    award.save(update_fields=["announced_on"])
    _record(award, FundingEvent.AWARD_ANNOUNCED, on, _tally(award), by=by, at=at)
    return award


@transaction.atomic
def call_off(award: Award, *, by: User, at: datetime) -> Award:
    """Call off an announcement in the future. An announced award stays public."""
    require_permission(by, Permission.MANAGE_GRANTS)
    award = lock_row(award)
    if not is_upcoming(award, at):
        raise TooLate("You can only call off an announcement in the future.")
    withdraw(award, by=by, at=at)
    return award


def is_upcoming(award: Award, at: datetime) -> bool:
    return award.announced_on is not None and award.announced_on > london_day(at)


def withdraw(award: Award, *, by: User, at: datetime) -> None:
    """Remove the announcement from the locked row."""
    on = award.announced_on
    assert on is not None
    award.announced_on = None
    award.save(update_fields=["announced_on"])
    # Dated on the day of the announcement, so that the two events cancel out.
    _record(
        award,
        FundingEvent.AWARD_ANNOUNCEMENT_CALLED_OFF,
        on,
        figures.multiply(_tally(award), -1),
        by=by,
        at=at,
    )


def _tally(award: Award) -> TallyChange:
    change = published_awards.tally(award.councils.all(), award.idea_type)
    return programmes.tally_of(award.round, change)


def _record(
    award: Award,
    event: FundingEvent,
    on: date,
    tally: TallyChange,
    *,
    by: User,
    at: datetime,
) -> None:
    """Record an event on the day of the announcement, which may be years away. It
    changes the figures, but not the stage of the award.
    """
    events.record(
        event,
        award,
        by=by,
        at=_event_time(on, at),
        data={"on": on.isoformat()},
        tally=tally,
        stage="",
    )


def _event_time(on: date, at: datetime) -> datetime:
    today = london_day(at)
    if on == today:
        return at
    return end_of_day(on) if on < today else datetime.combine(on, time.min, LONDON)

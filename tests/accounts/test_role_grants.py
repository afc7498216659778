"""A role works from its day to the end of its last, whether a job runs or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from innovation.accounts.domain import role_grants, role_requests
from innovation.accounts.roles import Permission
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core import clock
from innovation.core.errors import Invalid, NotAllowed, TooLate
from tests.accounts.role_changes import (
    give_role,
    reload_user,
    request_role,
    role_events,
    take_role,
)
from tests.dates import MOMENT, moment_after
from tests.factories import users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
TODAY = clock.london_day(MOMENT)


def test_a_role_is_in_force_from_its_first_to_its_last_day_without_any_job() -> None:
    person, today = users.coach(), clock.london_day(clock.now())
    give_role(
        person,
        starts_on=today + timedelta(days=1),
        ends_on=today + timedelta(days=2),
        at=clock.now(),
    )
    grant = person.role_grants.get()
    assert reload_user(person).roles_change_at == grant.starts_at
    assert grant.last_day == today + timedelta(days=2)
    ends_at = not_none(grant.ends_at)
    for moment, may in (
        (grant.starts_at - timedelta(microseconds=1), False),
        (grant.starts_at, True),
        (ends_at - timedelta(microseconds=1), True),
        (ends_at, False),
    ):
        with freeze_clock(moment):
            assert reload_user(person).may(Permission.RELEASE_PAYMENT) is may
            assert ("Finance officer" in reload_user(person).titles) is may
            assert reload_user(person).may(Permission.DEVELOP)
    assert role_events(person)[-1] == "role_planned"


@contextmanager
def freeze_clock(moment: datetime) -> Iterator[None]:
    """Let the clock show this moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: moment)
        yield


def test_the_job_records_the_begin_and_end_of_a_role_once() -> None:
    person = users.coach()
    give_role(
        person, starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=2)
    )
    grant = person.role_grants.get()
    assert role_grants.apply_due_changes(at=moment_after(hours=1)) == 0
    assert role_grants.apply_due_changes(at=grant.starts_at) == 1
    assert reload_user(person).roles == ["coach", "finance"]
    assert role_grants.apply_due_changes(at=not_none(grant.ends_at)) == 1
    assert role_grants.apply_due_changes(at=moment_after(days=30)) == 0
    person = reload_user(person)
    assert (person.roles, person.roles_change_at) == (["coach"], None)
    assert role_events(person)[-2:] == ["role_given", "role_ended"]
    ended = Event.objects.get(name="person.role_ended")
    assert (ended.data["role"], ended.at, ended.actor) == (
        "finance",
        grant.ends_at,
        "service",
    )
    assert first_fault() is None


def test_a_grant_that_began_and_ended_between_jobs_is_recorded() -> None:
    person = users.coach()
    give_role(
        person, starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=2)
    )
    role_grants.apply_due_changes(at=moment_after(days=30))
    assert (reload_user(person).roles, role_events(person)[-2:]) == (
        ["coach"],
        ["role_given", "role_ended"],
    )


def test_the_end_of_a_role_is_announced_once_a_week_before() -> None:
    person, admin = users.coach(), users.administrator()
    give_role(person, ends_on=TODAY + timedelta(days=20))
    assert role_grants.warn_of_ends(at=moment_after(days=1)) == 0
    mail.outbox.clear()
    assert role_grants.warn_of_ends(at=moment_after(days=15)) == 1
    assert role_grants.warn_of_ends(at=moment_after(days=15)) == 0
    recipients = {letter.to[0] for letter in mail.outbox}
    assert {person.email, admin.email} <= recipients
    assert all("ends at the end of" in letter.body for letter in mail.outbox)


def test_a_role_with_an_end_can_be_given_again_from_its_end() -> None:
    person = users.coach()
    give_role(person, ends_on=TODAY + timedelta(days=5))
    with pytest.raises(Invalid, match="holds the role until"):
        give_role(person, starts_on=TODAY + timedelta(days=5))
    give_role(person, starts_on=TODAY + timedelta(days=6))
    with pytest.raises(TooLate, match="already holds the role"):
        give_role(person, starts_on=TODAY + timedelta(days=9))
    role_grants.apply_due_changes(at=moment_after(days=6))
    assert reload_user(person).roles == ["coach", "finance"]
    take_role(person, "finance", at=moment_after(days=7))
    assert reload_user(person).roles == ["coach"]


def test_a_planned_role_can_be_taken_away() -> None:
    person = users.coach()
    give_role(person, starts_on=TODAY + timedelta(days=5))
    take_role(person, "finance")
    role_grants.apply_due_changes(at=moment_after(days=6))
    assert (reload_user(person).roles, role_events(person)[-1]) == (
        ["coach"],
        "role_plan_dropped",
    )


def test_impossible_days_are_refused() -> None:
    person, by = users.coach(), users.administrator()
    yesterday = TODAY - timedelta(days=1)
    invalid: list[tuple[date | None, date | None, str]] = [
        (yesterday, None, "starts_on"),
        (None, yesterday, "ends_on"),
        (TODAY + timedelta(days=3), TODAY + timedelta(days=2), "ends_on"),
    ]
    for starts_on, ends_on, field in invalid:
        with pytest.raises(Invalid) as raised:
            request_role(person, by, starts_on=starts_on, ends_on=ends_on)
        assert list(raised.value.problems) == [field]
    request = request_role(person, by, ends_on=TODAY)
    with pytest.raises(TooLate, match="last day has passed"):
        role_requests.confirm(
            request, by=users.administrator(), at=moment_after(days=1)
        )


def test_an_administrator_whose_role_has_ended_cannot_confirm() -> None:
    person, requester, ending = users.coach(), users.administrator(), users.coach()
    give_role(ending, "administrator", ends_on=TODAY)
    request = request_role(person, requester)
    with pytest.raises(NotAllowed):
        role_requests.confirm(request, by=reload_user(ending), at=moment_after(days=1))

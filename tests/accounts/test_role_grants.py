"""A role works from its day to the end of its last, whether a job runs or not."""

from datetime import datetime, timedelta
from typing import Any

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


def test_a_role_works_from_its_day_to_the_end_of_its_last_without_any_job() -> None:
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


def freeze_clock(moment: datetime) -> Any:
    """The clock stands there, as it would if we waited."""
    patch = pytest.MonkeyPatch()
    patch.setattr(clock, "now", lambda: moment)

    class Standing:
        def __enter__(self) -> None: ...

        def __exit__(self, *_: object) -> None:
            patch.undo()

    return Standing()


def test_the_job_writes_what_began_and_ended_and_once() -> None:
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


def test_a_grant_missed_by_every_job_is_written_whole() -> None:
    person = users.coach()
    give_role(
        person, starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=2)
    )
    role_grants.apply_due_changes(at=moment_after(days=30))
    assert (reload_user(person).roles, role_events(person)[-2:]) == (
        ["coach"],
        ["role_given", "role_ended"],
    )


def test_an_end_is_told_a_week_before_to_holder_and_administrators_once() -> None:
    person, admin = users.coach(), users.administrator()
    give_role(person, ends_on=TODAY + timedelta(days=20))
    assert role_grants.warn_of_ends(at=moment_after(days=1)) == 0
    mail.outbox.clear()
    assert role_grants.warn_of_ends(at=moment_after(days=15)) == 1
    assert role_grants.warn_of_ends(at=moment_after(days=15)) == 0
    told = {letter.to[0] for letter in mail.outbox}
    assert {person.email, admin.email} <= told
    assert all("ends at the end of" in letter.body for letter in mail.outbox)


def test_a_role_with_an_end_is_given_again_from_then_on_and_not_before() -> None:
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


def test_what_is_to_come_is_taken_away_before_it_begins() -> None:
    person = users.coach()
    give_role(person, starts_on=TODAY + timedelta(days=5))
    take_role(person, "finance")
    role_grants.apply_due_changes(at=moment_after(days=6))
    assert (reload_user(person).roles, role_events(person)[-1]) == (
        ["coach"],
        "role_plan_dropped",
    )


def test_days_that_cannot_be_are_refused() -> None:
    person, by = users.coach(), users.administrator()
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"starts_on": TODAY - timedelta(days=1)}, "starts_on"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        (
            {
                "starts_on": TODAY + timedelta(days=3),
                "ends_on": TODAY + timedelta(days=2),
            },
            "ends_on",
        ),
    ]
    for days, field in wrong:
        with pytest.raises(Invalid) as refused:
            request_role(person, by, **days)
        assert list(refused.value.problems) == [field]
    request = request_role(person, by, ends_on=TODAY)
    with pytest.raises(TooLate, match="last day has passed"):
        role_requests.confirm(
            request, by=users.administrator(), at=moment_after(days=1)
        )


def test_an_ended_administrator_confirms_nothing_though_no_job_has_run() -> None:
    person, asker, ending = users.coach(), users.administrator(), users.coach()
    give_role(ending, "administrator", ends_on=TODAY)
    request = request_role(person, asker)
    with pytest.raises(NotAllowed):
        role_requests.confirm(request, by=reload_user(ending), at=moment_after(days=1))

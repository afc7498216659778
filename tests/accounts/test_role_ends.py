"""A role works from its day to the end of its last, whether a job runs or not."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from innovation.accounts.domain import grants, roles
from innovation.accounts.roles import Permission
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core import clock
from innovation.core.errors import Invalid, NotAllowed, TooLate
from tests import cast
from tests.accounts.asking import ask, give, history, now, take
from tests.dates import MOMENT, later

pytestmark = pytest.mark.django_db
TODAY = clock.london_day(MOMENT)


def test_a_role_works_from_its_day_to_the_end_of_its_last_without_any_job() -> None:
    person, today = cast.coach(), clock.london_day(clock.now())
    give(
        person,
        starts_on=today + timedelta(days=1),
        ends_on=today + timedelta(days=2),
        at=clock.now(),
    )
    grant = person.role_grants.get()
    assert now(person).roles_change_at == grant.starts_at
    assert grant.last_day == today + timedelta(days=2)
    for moment, may in (
        (grant.starts_at - timedelta(microseconds=1), False),
        (grant.starts_at, True),
        (grant.ends_at - timedelta(microseconds=1), True),
        (grant.ends_at, False),
    ):
        with at_moment(moment):
            assert now(person).may(Permission.RELEASE_PAYMENT) is may
            assert ("Finance officer" in now(person).titles) is may
            assert now(person).may(Permission.DEVELOP)
    assert history(person)[-1] == "role_planned"


def at_moment(moment: datetime) -> Any:
    """The clock stands there, as it would if we waited."""
    patch = pytest.MonkeyPatch()
    patch.setattr(clock, "now", lambda: moment)

    class Standing:
        def __enter__(self) -> None: ...

        def __exit__(self, *_: object) -> None:
            patch.undo()

    return Standing()


def test_the_job_writes_what_began_and_ended_and_once() -> None:
    person = cast.coach()
    give(person, starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=2))
    grant = person.role_grants.get()
    assert grants.settle(at=later(hours=1)) == 0
    assert grants.settle(at=grant.starts_at) == 1
    assert now(person).roles == ["coach", "finance"]
    assert grants.settle(at=grant.ends_at) == 1
    assert grants.settle(at=later(days=30)) == 0
    person = now(person)
    assert (person.roles, person.roles_change_at) == (["coach"], None)
    assert history(person)[-2:] == ["role_given", "role_ended"]
    ended = Event.objects.get(name="person.role_ended")
    assert (ended.data["role"], ended.at, ended.actor) == (
        "finance",
        grant.ends_at,
        "service",
    )
    assert first_fault() is None


def test_a_grant_missed_by_every_job_is_written_whole() -> None:
    person = cast.coach()
    give(person, starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=2))
    grants.settle(at=later(days=30))
    assert (now(person).roles, history(person)[-2:]) == (
        ["coach"],
        ["role_given", "role_ended"],
    )


def test_an_end_is_told_a_week_before_to_holder_and_administrators_once() -> None:
    person, admin = cast.coach(), cast.administrator()
    give(person, ends_on=TODAY + timedelta(days=20))
    assert grants.warn(at=later(days=1)) == 0
    mail.outbox.clear()
    assert grants.warn(at=later(days=15)) == 1
    assert grants.warn(at=later(days=15)) == 0
    told = {letter.to[0] for letter in mail.outbox}
    assert {person.email, admin.email} <= told
    assert all("ends at the end of" in letter.body for letter in mail.outbox)


def test_a_role_with_an_end_is_given_again_from_then_on_and_not_before() -> None:
    person = cast.coach()
    give(person, ends_on=TODAY + timedelta(days=5))
    with pytest.raises(Invalid, match="holds the role until"):
        give(person, starts_on=TODAY + timedelta(days=5))
    give(person, starts_on=TODAY + timedelta(days=6))
    with pytest.raises(TooLate, match="holds the role already"):
        give(person, starts_on=TODAY + timedelta(days=9))
    grants.settle(at=later(days=6))
    assert now(person).roles == ["coach", "finance"]
    take(person, "finance", at=later(days=7))
    assert now(person).roles == ["coach"]


def test_what_is_to_come_is_taken_away_before_it_begins() -> None:
    person = cast.coach()
    give(person, starts_on=TODAY + timedelta(days=5))
    take(person, "finance")
    grants.settle(at=later(days=6))
    assert (now(person).roles, history(person)[-1]) == (["coach"], "role_plan_dropped")


def test_days_that_cannot_be_are_refused() -> None:
    person, by = cast.coach(), cast.administrator()
    for days, field in (
        ({"starts_on": TODAY - timedelta(days=1)}, "starts_on"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        (
            {
                "starts_on": TODAY + timedelta(days=3),
                "ends_on": TODAY + timedelta(days=2),
            },
            "ends_on",
        ),
    ):
        with pytest.raises(Invalid) as refused:
            ask(person, by, **days)
        assert list(refused.value.problems) == [field]
    request = ask(person, by, ends_on=TODAY)
    with pytest.raises(TooLate, match="last day has passed"):
        roles.confirm(request, by=cast.administrator(), at=later(days=1))


def test_an_ended_administrator_confirms_nothing_though_no_job_has_run() -> None:
    person, asker, ending = cast.coach(), cast.administrator(), cast.coach()
    give(ending, "administrator", ends_on=TODAY)
    request = ask(person, asker)
    with pytest.raises(NotAllowed):
        roles.confirm(request, by=now(ending), at=later(days=1))

"""Roles that decide, pay, see everything or give roles take two people."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import Error, IntegrityError, ProgrammingError, connection, transaction

from innovation.accounts.domain import people, role_requests
from innovation.accounts.models import RoleGrant, RoleRequest, User
from innovation.accounts.roles import POWERFUL_ROLES, ROLES
from innovation.audit.models import Event
from innovation.core import clock
from innovation.core.errors import Invalid, NotAllowed, TooLate
from tests.accounts.role_changes import (
    give_role,
    reload_user,
    request_role,
    role_events,
    take_role,
)
from tests.database_guards import disable_guards
from tests.dates import MOMENT, moment_after
from tests.factories import users

pytestmark = pytest.mark.django_db
TODAY = clock.london_day(MOMENT)


def test_powerful_roles_follow_from_permissions() -> None:
    assert set(ROLES) - POWERFUL_ROLES == {"applicant", "coach", "board_member"}


@pytest.mark.parametrize("role", sorted(POWERFUL_ROLES))
def test_a_powerful_role_is_given_and_taken_by_two_people(role: str) -> None:
    person, asker, other = users.coach(), users.administrator(), users.administrator()
    request = request_role(person, asker, role)
    assert reload_user(person).roles == ["coach"]
    role_requests.confirm(request, by=other, at=moment_after(hours=1))
    assert reload_user(person).roles == sorted(["coach", role])
    away = request_role(person, other, role, change="take", at=moment_after(hours=2))
    assert role in reload_user(person).roles
    role_requests.confirm(away, by=asker, at=moment_after(hours=3))
    assert reload_user(person).roles == ["coach"]
    assert role_events(person) == [
        *("role_requested", "role_confirmed", "role_given"),
        *("role_requested", "role_confirmed", "role_taken"),
    ]
    given = Event.objects.get(name="person.role_given")
    assert given.data == {"role": role, "request": request.key}
    assert given.actor == other.key
    grant = person.role_grants.get()
    assert (grant.given, grant.taken, grant.ended_at) == (
        request,
        away,
        moment_after(hours=3),
    )


def test_other_roles_take_one_administrator_and_a_reason() -> None:
    person, by = users.person(), users.administrator()
    request = request_role(person, by, "coach")
    assert (request.state, request.second_person) == ("done", None)
    assert reload_user(person).roles == ["coach"]
    with pytest.raises(TooLate, match="already holds the role"):
        request_role(person, by, "coach")
    request_role(person, by, "coach", change="take")
    assert (reload_user(person).roles, role_events(person)) == (
        [],
        ["role_given", "role_taken"],
    )
    with pytest.raises(TooLate):
        request_role(person, by, "coach", change="take")
    for wrong in ({"reason": " "}, {"role": "king"}):
        values: dict[str, Any] = {"role": "coach", "reason": "R", "by": by} | wrong
        with pytest.raises(Invalid):
            role_requests.ask(person, **values, at=MOMENT)


def test_nobody_changes_their_own_roles_or_answers_their_own_request() -> None:
    person, asker, third = users.coach(), users.administrator(), users.administrator()
    for role in ("coach", "finance"):
        for change in ("give", "take"):
            with pytest.raises(NotAllowed, match="You cannot change your own roles"):
                request_role(asker, asker, role, change=change)
    request = request_role(person, asker)
    about = request_role(third, asker)
    for act in (
        role_requests.confirm,
        lambda r, **k: role_requests.refuse(r, reason="No", **k),
    ):
        with pytest.raises(NotAllowed):
            act(request, by=asker, at=MOMENT)
        with pytest.raises(NotAllowed):
            act(about, by=third, at=MOMENT)
        for outsider in (person, users.official(), users.minister(), users.applicant()):
            with pytest.raises(NotAllowed):
                act(request, by=outsider, at=MOMENT)
    for outsider in (person, users.official(), users.applicant()):
        with pytest.raises(NotAllowed):
            request_role(person, outsider, "coach", change="take")
    with pytest.raises(NotAllowed):
        role_requests.take_back(request, by=third, at=MOMENT)
    role_requests.take_back(request, by=asker, at=MOMENT)
    assert not RoleGrant.objects.exists()


def test_a_refusal_says_why_and_both_are_written_to() -> None:
    person, asker, other = users.coach(), users.administrator(), users.administrator()
    request = request_role(person, asker)
    with pytest.raises(Invalid):
        role_requests.refuse(request, reason=" ", by=other, at=MOMENT)
    mail.outbox.clear()
    role_requests.refuse(request, reason="Not their team.", by=other, at=MOMENT)
    assert {letter.to[0] for letter in mail.outbox} == {asker.email, other.email}
    assert all("Not their team." in letter.body for letter in mail.outbox)
    with pytest.raises(TooLate, match="already been answered: refused"):
        role_requests.confirm(request, by=other, at=MOMENT)
    assert role_events(person) == ["role_requested", "role_refused"]
    request_role(person, asker)


def test_holder_and_both_administrators_are_written_to() -> None:
    person, asker, other = users.coach(), users.administrator(), users.administrator()
    third = users.administrator()
    request = request_role(person, asker)
    assert {letter.to[0] for letter in mail.outbox} == {other.email, third.email}
    assert f"/roles/requests/{request.key}" in mail.outbox[0].body
    mail.outbox.clear()
    role_requests.confirm(request, by=other, at=MOMENT)
    assert {letter.to[0] for letter in mail.outbox} == {
        *(person.email, asker.email, other.email)
    }
    for letter in mail.outbox:
        assert "They join finance." in letter.body
        assert "{" not in f"{letter.subject}{letter.body}"


def test_powerful_roles_of_a_new_person_are_requested() -> None:
    by, other = users.administrator(), users.administrator()
    added = people.add(
        email="a@example.org",
        name="A",
        roles=["coach", "finance", "administrator"],
        reason="New.",
        by=by,
        at=MOMENT,
    )
    assert added.roles == ["coach"]
    asked = RoleRequest.objects.filter(user=added, state="waiting")
    assert {one.role for one in asked} == {"finance", "administrator"}
    for one in asked:
        role_requests.confirm(one, by=other, at=MOMENT)
    assert reload_user(added).roles == ["administrator", "coach", "finance"]
    with pytest.raises(Invalid):
        people.add(email="b@example.org", name="B", roles=["finance"], by=by, at=MOMENT)


def test_a_change_can_be_requested_again_only_after_an_answer() -> None:
    person, asker, other = users.coach(), users.administrator(), users.administrator()
    request_role(person, asker)
    for by in (asker, other):
        with pytest.raises(TooLate, match="Somebody has already asked"):
            request_role(person, by)


def test_a_request_of_a_former_administrator_cannot_be_confirmed() -> None:
    person, asker, other = users.coach(), users.administrator(), users.administrator()
    for lose in (
        lambda: take_role(asker, "administrator"),
        lambda: people.deactivate(asker, by=other, at=MOMENT),
    ):
        with transaction.atomic():
            request = request_role(person, asker)
            lose()
            with pytest.raises(TooLate, match="no longer an administrator"):
                role_requests.confirm(request, by=other, at=MOMENT)
            role_requests.refuse(request, reason="Gone.", by=other, at=MOMENT)
            transaction.set_rollback(True)


def test_the_last_administrator_stays_an_administrator() -> None:
    last, ending = users.administrator(), users.coach()
    give_role(ending, "administrator", ends_on=TODAY + timedelta(days=3))
    User.objects.filter(roles=["administrator"]).exclude(pk=last.pk).update(
        is_active=False
    )
    with pytest.raises(Invalid, match="only administrator whose role has no end"):
        request_role(last, ending, "administrator", change="take")
    with pytest.raises(Invalid):
        people.deactivate(last, by=ending, at=MOMENT)


def test_reactivating_an_account_does_not_restore_powerful_roles() -> None:
    person, by = users.person("coach", "finance"), users.administrator()
    people.deactivate(person, by=by, at=MOMENT)
    with pytest.raises(TooLate, match="account is closed"):
        give_role(person, "ministers_office")
    people.reactivate(person, by=by, at=MOMENT)
    assert reload_user(person).roles == ["coach"]
    assert role_events(person)[-1] == "role_taken"


def test_the_database_requires_two_people_other_than_the_holder() -> None:
    person, one, other = users.coach(), users.administrator(), users.administrator()
    made = {
        "user": person,
        "role": "finance",
        "change": "give",
        "reason": "R",
        "starts_at": MOMENT,
        "asked_by": one,
        "asked_at": MOMENT,
        "answered_by": other,
        "answered_at": MOMENT,
        "state": "done",
    }
    wrong: dict[str, Any]
    for wrong in (
        {"answered_by": one},
        {"answered_by": None},
        {"answered_at": None},
        {"answered_by": person},
        {"asked_by": person},
        {"role": "coach", "answered_by": person, "asked_by": person},
    ):
        with (
            disable_guards(RoleRequest),
            pytest.raises(IntegrityError, match="role_request"),
            transaction.atomic(),
        ):
            RoleRequest.objects.create(**(made | wrong))
    with disable_guards(RoleRequest):
        request = RoleRequest.objects.create(**made)
    grant = {"user": person, "role": "finance", "starts_at": MOMENT, "given": request}
    grant |= {"origin": "request"}
    for wrong in ({"given": None}, {"given": None, "origin": "joined"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(**(grant | wrong))
    for wrong in ({"role": "administrator"}, {"user": one}):
        with (
            pytest.raises(ProgrammingError, match="refused where its given_id stands"),
            transaction.atomic(),
        ):
            RoleGrant.objects.create(**(grant | wrong))
    RoleGrant.objects.create(**grant)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_rolerequest SET reason = 'Other'",
        "UPDATE accounts_rolerequest SET state = 'waiting', answered_at = NULL",
        "DELETE FROM accounts_rolerequest",
        "UPDATE accounts_rolegrant SET starts_at = starts_at - interval '1 day'",
        "UPDATE accounts_rolegrant SET role = 'administrator'",
        "DELETE FROM accounts_rolegrant",
    ],
)
def test_recorded_requests_and_grants_cannot_be_changed(statement: str) -> None:
    give_role(users.coach())
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

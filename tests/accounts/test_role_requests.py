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
    person, requester, other = (
        users.coach(),
        users.administrator(),
        users.administrator(),
    )
    request = request_role(person, requester, role)
    assert reload_user(person).roles == ["coach"]
    role_requests.confirm(request, by=other, at=moment_after(hours=1))
    assert reload_user(person).roles == sorted(["coach", role])
    removal = request_role(person, other, role, change="take", at=moment_after(hours=2))
    assert role in reload_user(person).roles
    role_requests.confirm(removal, by=requester, at=moment_after(hours=3))
    assert reload_user(person).roles == ["coach"]
    assert role_events(person) == [
        *("role_requested", "role_confirmed", "role_given"),
        *("role_requested", "role_confirmed", "role_taken"),
    ]
    event = Event.objects.get(name="person.role_given")
    assert event.data == {"role": role, "request": request.key}
    assert event.actor == other.key
    grant = person.role_grants.get()
    assert (grant.request, grant.ending_request, grant.ended_at) == (
        request,
        removal,
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
    for invalid in ({"reason": " "}, {"role": "king"}):
        values: dict[str, Any] = {"role": "coach", "reason": "R", "by": by} | invalid
        with pytest.raises(Invalid):
            role_requests.ask(person, **values, at=MOMENT)


def test_nobody_changes_their_own_roles_or_answers_their_own_request() -> None:
    person, requester, third = (
        users.coach(),
        users.administrator(),
        users.administrator(),
    )
    for role in ("coach", "finance"):
        for change in ("give", "take"):
            with pytest.raises(NotAllowed, match="You cannot change your own roles"):
                request_role(requester, requester, role, change=change)
    request = request_role(person, requester)
    about = request_role(third, requester)
    for act in (
        role_requests.confirm,
        lambda r, **k: role_requests.refuse(r, reason="No", **k),
    ):
        with pytest.raises(NotAllowed):
            act(request, by=requester, at=MOMENT)
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
    role_requests.take_back(request, by=requester, at=MOMENT)
    assert not RoleGrant.objects.exists()


def test_a_refusal_says_why_and_both_are_written_to() -> None:
    person, requester, other = (
        users.coach(),
        users.administrator(),
        users.administrator(),
    )
    request = request_role(person, requester)
    with pytest.raises(Invalid):
        role_requests.refuse(request, reason=" ", by=other, at=MOMENT)
    mail.outbox.clear()
    role_requests.refuse(request, reason="Not their team.", by=other, at=MOMENT)
    assert {letter.to[0] for letter in mail.outbox} == {requester.email, other.email}
    assert all("Not their team." in letter.body for letter in mail.outbox)
    with pytest.raises(TooLate, match="already been answered: refused"):
        role_requests.confirm(request, by=other, at=MOMENT)
    assert role_events(person) == ["role_requested", "role_refused"]
    request_role(person, requester)


def test_holder_and_both_administrators_are_written_to() -> None:
    person, requester, other = (
        users.coach(),
        users.administrator(),
        users.administrator(),
    )
    third = users.administrator()
    request = request_role(person, requester)
    assert {letter.to[0] for letter in mail.outbox} == {other.email, third.email}
    assert f"/roles/requests/{request.key}" in mail.outbox[0].body
    mail.outbox.clear()
    role_requests.confirm(request, by=other, at=MOMENT)
    assert {letter.to[0] for letter in mail.outbox} == {
        *(person.email, requester.email, other.email)
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
    pending = RoleRequest.objects.filter(user=added, state="waiting")
    assert {one.role for one in pending} == {"finance", "administrator"}
    for one in pending:
        role_requests.confirm(one, by=other, at=MOMENT)
    assert reload_user(added).roles == ["administrator", "coach", "finance"]
    with pytest.raises(Invalid):
        people.add(email="b@example.org", name="B", roles=["finance"], by=by, at=MOMENT)


def test_a_change_can_be_requested_again_only_after_an_answer() -> None:
    person, requester, other = (
        users.coach(),
        users.administrator(),
        users.administrator(),
    )
    request_role(person, requester)
    for by in (requester, other):
        with pytest.raises(TooLate, match="Somebody has already asked"):
            request_role(person, by)


def test_a_request_of_a_former_administrator_cannot_be_confirmed() -> None:
    person, requester, other = (
        users.coach(),
        users.administrator(),
        users.administrator(),
    )
    for remove_authority in (
        lambda: take_role(requester, "administrator"),
        lambda: people.deactivate(requester, by=other, at=MOMENT),
    ):
        with transaction.atomic():
            request = request_role(person, requester)
            remove_authority()
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
    created = {
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
    invalid: dict[str, Any]
    for invalid in (
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
            RoleRequest.objects.create(**(created | invalid))
    with disable_guards(RoleRequest):
        request = RoleRequest.objects.create(**created)
    grant = {"user": person, "role": "finance", "starts_at": MOMENT, "request": request}
    grant |= {"origin": "request"}
    for invalid in ({"request": None}, {"request": None, "origin": "joined"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(**(grant | invalid))
    for invalid in ({"role": "administrator"}, {"user": one}):
        with (
            pytest.raises(
                ProgrammingError, match="refused where its request_id stands"
            ),
            transaction.atomic(),
        ):
            RoleGrant.objects.create(**(grant | invalid))
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

"""Two administrators act on roles at the same moment."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from django.db import connection

from innovation.accounts.domain import people, role_grants, role_requests
from innovation.accounts.models import RoleGrant, RoleRequest, User
from innovation.audit.verification import first_fault
from innovation.core import clock
from innovation.core.errors import TooLate
from tests.accounts.role_changes import reload_user, request_role
from tests.concurrency import run_concurrently
from tests.dates import MOMENT
from tests.factories import users

pytestmark = pytest.mark.django_db
TODAY = clock.london_day(MOMENT)


@pytest.mark.django_db(transaction=True)
def test_a_request_cannot_be_answered_twice_at_once() -> None:
    person, requester = users.coach(), users.administrator()
    others = [users.administrator() for _ in range(4)]
    request = request_role(person, requester)
    calls: list[Callable[[], RoleRequest]] = [
        *(
            partial(role_requests.confirm, request, by=by, at=MOMENT)
            for by in others[:3]
        ),
        lambda: role_requests.refuse(request, reason="No.", by=others[3], at=MOMENT),
    ]
    outcomes = run_concurrently(calls)
    refusals = [each for each in outcomes if isinstance(each, Exception)]
    assert [type(each) for each in refusals] == [TooLate] * 3, outcomes
    request.refresh_from_db()
    assert RoleGrant.objects.count() == (1 if request.state == "done" else 0)
    assert ("finance" in reload_user(person).roles) == (request.state == "done")


@pytest.mark.django_db(transaction=True)
def test_a_change_cannot_be_requested_twice_at_once() -> None:
    person = users.coach()
    requesters = [users.administrator() for _ in range(4)]
    outcomes = run_concurrently(
        [partial(request_role, person, by) for by in requesters]
    )
    refusals = [each for each in outcomes if isinstance(each, Exception)]
    assert [type(each) for each in refusals] == [TooLate] * 3, outcomes
    assert RoleRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_remove_each_other_at_once() -> None:
    one, other, third, fourth = (users.administrator() for _ in range(4))
    people.deactivate(fourth, by=third, at=MOMENT)
    requests = [
        request_role(one, other, "administrator", change="take"),
        request_role(other, one, "administrator", change="take"),
    ]
    outcomes = run_concurrently(
        [
            *(
                lambda each=each: role_requests.confirm(each, by=third, at=MOMENT)
                for each in requests
            ),
            lambda: people.deactivate(third, by=one, at=MOMENT),
        ]
    )
    administrators = User.objects.filter(
        roles__contains=["administrator"], is_active=True
    )
    assert administrators.exists(), outcomes
    assert first_fault() is None


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_all_of_them_would_confirm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: without a lock, roles are given twice, or only a constraint stops
    it.
    """

    def read_unlocked(
        request: RoleRequest, by: User, at: datetime
    ) -> tuple[role_grants.LockedPeople, RoleRequest]:
        person = User.objects.select_related("chain").get(pk=request.user_id)
        admins = list(User.objects.filter(roles__contains=["administrator"]))
        role_request = RoleRequest.objects.select_related("asked_by").get(pk=request.pk)
        assert role_request.is_waiting
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")
        return role_grants.LockedPeople(person, admins, at), role_request

    monkeypatch.setattr(role_requests, "_lock_waiting", read_unlocked)
    person, requester = users.coach(), users.administrator()
    others = [users.administrator() for _ in range(2)]
    request = request_role(person, requester)
    outcomes = run_concurrently(
        [partial(role_requests.confirm, request, by=by, at=MOMENT) for by in others]
    )
    assert not any(isinstance(each, TooLate) for each in outcomes), outcomes

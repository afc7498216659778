"""Requests to give roles or take them away, with a first and a last day.

A role that decides, pays, sees everything or gives roles (`roles.POWERFUL_ROLES`) takes
two administrators: one asks, another confirms or refuses. Other roles take one. Nobody
can change their own roles. `role_grants` carries requests out.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction

from innovation.accounts.domain import letters, role_grants
from innovation.accounts.events import AccountsEvent
from innovation.accounts.models import (
    Change,
    Origin,
    RequestState,
    RoleGrant,
    RoleRequest,
    User,
)
from innovation.accounts.roles import POWERFUL_ROLES, ROLES, Administrator
from innovation.audit import events
from innovation.core.clock import LONDON, london_day
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.formatting import format_moment
from innovation.core.rows import lock_row


@transaction.atomic
def ask(
    user: User,
    *,
    role: str,
    reason: str,
    by: User,
    at: datetime,
    change: str = Change.GIVE,
    starts_on: date | None = None,
    ends_on: date | None = None,
    silent: bool = False,
) -> RoleRequest:
    """Ask for a change, and carry it out at once if one administrator is enough.
    Otherwise the other administrators get a letter.

    `ends_on` is the last day. With `silent`, the person gets no letter.
    """
    locked = role_grants.lock_people(user, at=at)
    locked.require_other_administrator(by)
    [role] = clean_roles([role])
    starts_at, ends_at = _period(starts_on, ends_on, at)
    if not reason.strip():
        raise Invalid.field("reason", "Enter the reason")
    _require_valid_change(locked, role, change, starts_at, ends_at)
    open_requests = RoleRequest.objects.filter(
        user=user, role=role, state=RequestState.WAITING
    )
    if open_requests.exists():
        raise TooLate(
            f"Somebody has already asked to change “{ROLES[role].title}” for this "
            "person. Confirm or refuse that first."
        )
    request = RoleRequest.objects.create(
        user=locked.person,
        role=role,
        change=change,
        reason=reason.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        asked_by=by,
        asked_at=at,
    )
    if role not in POWERFUL_ROLES:
        return _carry_out(request, locked, by=by, silent=silent)
    events.record(
        AccountsEvent.PERSON_ROLE_REQUESTED,
        locked.person,
        by=by,
        at=at,
        data=_event_data(request),
    )
    for administrator in locked.administrators:
        if administrator.pk not in {by.pk, user.pk}:
            letters.send_about_role(administrator, "role_asked", request)
    return request


@transaction.atomic
def confirm(request: RoleRequest, *, by: User, at: datetime) -> RoleRequest:
    """Confirm, by a second administrator. The first must still be an administrator."""
    locked, request = _lock_waiting(request, by, at)
    if by.pk == request.asked_by_id:
        raise NotAllowed("You asked for this, so somebody else must confirm it.")
    if not locked.has_administrator(request.asked_by):
        raise TooLate(
            f"{request.asked_by} is no longer an administrator, so you can only refuse "
            "this. You can then ask for it again."
        )
    starts_at = max(request.starts_at, at)
    _require_valid_change(
        locked, request.role, request.change, starts_at, request.ends_at
    )
    events.record(
        AccountsEvent.PERSON_ROLE_CONFIRMED,
        locked.person,
        by=by,
        at=at,
        data=_event_data(request),
    )
    request = _carry_out(request, locked, by=by)
    for recipient in (request.asked_by, by):
        letters.send_about_role(recipient, "role_confirmed", request)
    return request


@transaction.atomic
def refuse(request: RoleRequest, *, reason: str, by: User, at: datetime) -> RoleRequest:
    locked, request = _lock_waiting(request, by, at)
    if by.pk == request.asked_by_id:
        raise NotAllowed("You asked for this, so take it back instead.")
    if not reason.strip():
        raise Invalid.field("reason", "Enter the reason")
    request.answer = reason.strip()
    _close(request, RequestState.REFUSED, by, at)
    events.record(
        AccountsEvent.PERSON_ROLE_REFUSED,
        locked.person,
        by=by,
        at=at,
        data=_event_data(request),
    )
    for recipient in (request.asked_by, by):
        letters.send_about_role(recipient, "role_refused", request)
    return request


@transaction.atomic
def take_back(request: RoleRequest, *, by: User, at: datetime) -> RoleRequest:
    """Take a request back, by the person who made it."""
    locked, request = _lock_waiting(request, by, at)
    if by.pk != request.asked_by_id:
        raise NotAllowed(
            "Only the person who asked for this can take it back. You can refuse it."
        )
    _close(request, RequestState.TAKEN_BACK, by, at)
    events.record(
        AccountsEvent.PERSON_ROLE_TAKEN_BACK,
        locked.person,
        by=by,
        at=at,
        data=_event_data(request),
    )
    return request


@transaction.atomic
def give_by_service(
    user: User, *, role: str, at: datetime, reason: str = ""
) -> RoleGrant:
    """For a command on the machine of the service, whose user needs no permission."""
    person = role_grants.lock_people(user, at=at).person
    [role] = clean_roles([role])
    if role in person.roles:
        raise TooLate("This person already holds the role.")
    role_grants.add(person, [role], origin=Origin.SERVICE, at=at, reason=reason)
    person.roles = sorted([*person.roles, role])
    role_grants.save_roles(person)
    events.record(
        AccountsEvent.PERSON_ROLE_GIVEN,
        person,
        by=events.SERVICE,
        at=at,
        data={"role": role},
    )
    return person.role_grants.get(role=role, ended_at=None)


def drop_powerful(person: User, *, by: User, at: datetime) -> None:
    """End the roles that take two people, when an account is deactivated, so that one
    administrator cannot give them back by reactivating it. The person must be locked.
    """
    for role in [role for role in person.roles if role in POWERFUL_ROLES]:
        role_grants.end(person, role, None, by=by, at=at)
    person.role_grants.filter(role__in=POWERFUL_ROLES, ended_at=None).update(
        ended_at=at
    )
    role_grants.save_roles(person)


def clean_roles(roles: Iterable[str]) -> list[str]:
    names = sorted(set(roles))
    if any(role not in ROLES for role in names):
        raise Invalid.field("roles", "Select a role from the list")
    return names


def _lock_waiting(
    request: RoleRequest, by: User, at: datetime
) -> tuple[role_grants.LockedPeople, RoleRequest]:
    locked = role_grants.lock_people(request.user, at=at)
    locked.require_other_administrator(by)
    request = lock_row(request, "asked_by")
    request.user = locked.person
    if not request.is_waiting:
        state = RequestState(request.state).label.lower()
        raise TooLate(f"This request has already been answered: {state}.")
    return locked, request


def _period(
    starts_on: date | None, ends_on: date | None, at: datetime
) -> tuple[datetime, datetime | None]:
    """From the start of the first day, or now, to the end of the last day."""
    today = london_day(at)
    if starts_on is not None and starts_on < today:
        raise Invalid.field(
            "starts_on", "Enter today or a later day, or leave it empty"
        )
    if ends_on is not None and ends_on < (starts_on or today):
        raise Invalid.field(
            "ends_on", "The last day must be the same as the first day or after it"
        )
    starts_at = at
    if starts_on is not None and starts_on > today:
        starts_at = datetime.combine(starts_on, time(0), LONDON)
    if ends_on is None:
        return starts_at, None
    return starts_at, datetime.combine(ends_on + timedelta(days=1), time(0), LONDON)


def _require_valid_change(
    locked: role_grants.LockedPeople,
    role: str,
    change: str,
    starts_at: datetime,
    ends_at: datetime | None,
) -> None:
    """Refuse a change without effect, and one that is not allowed."""
    person = locked.person
    if change == Change.TAKE:
        if (
            role not in person.roles
            and not role_grants.open_grants(person, role).exists()
        ):
            raise TooLate("This person no longer holds the role.")
        if role == Administrator.name:
            locked.require_remaining_administrator()
        return
    if not person.is_active:
        raise TooLate(
            "This person’s account is closed. Open it before you give them a role."
        )
    if ends_at is not None and ends_at <= starts_at:
        raise TooLate("The last day has passed. Ask again with another one.")
    open_grants = list(role_grants.open_grants(person, role))
    ends = [grant.ends_at for grant in open_grants]
    has_no_grant = role in person.roles and not open_grants
    if has_no_grant or None in ends:
        raise TooLate("This person already holds the role.")
    if any(
        (ends_at is None or grant.starts_at < ends_at)
        and (grant.ends_at is None or starts_at < grant.ends_at)
        for grant in open_grants
    ):
        last_end = max(end for end in ends if end is not None)
        raise Invalid.field(
            "starts_on",
            f"This person holds the role until {format_moment(last_end)}. Enter a "
            "later day",
        )


def _carry_out(
    request: RoleRequest,
    locked: role_grants.LockedPeople,
    *,
    by: User,
    silent: bool = False,
) -> RoleRequest:
    at, person = locked.at, locked.person
    _close(request, RequestState.DONE, by, at)
    if request.change == Change.TAKE:
        role_grants.end(person, request.role, request, by=by, at=at)
    else:
        role_grants.begin(person, request, by=by, at=at)
    role_grants.save_roles(person)
    if not silent:
        letters.send_about_role(person, "role_changed", request)
    return request


def _close(request: RoleRequest, state: RequestState, by: User, at: datetime) -> None:
    request.state, request.answered_by, request.answered_at = state, by, at
    request.save(update_fields=["state", "answered_by", "answered_at", "answer"])


def _event_data(request: RoleRequest) -> dict[str, object]:
    return {"role": request.role, "change": request.change, "request": request.key}

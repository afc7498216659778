"""What somebody holds, from when to when: the grants, and the person's row.

Whatever changes roles first locks the person and all administrators, in one order, so
that two who act on each other cannot deadlock and the second sees what the first did.
A beginning or an end whose moment has come counts from that moment; the row and the
chain are told of it by whoever locks the person next, or by a job.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from innovation.accounts.domain import letters
from innovation.accounts.events import AccountsEvent
from innovation.accounts.models import Origin, RoleGrant, RoleRequest, User
from innovation.accounts.permissions import refusal
from innovation.accounts.roles import Administrator, Permission
from innovation.audit import events
from innovation.core.errors import Invalid, NotAllowed

WARNING_PERIOD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LockedPeople:
    """The person and the active administrators, locked and as they stand at `at`."""

    person: User
    administrators: Collection[User]
    at: datetime

    def require_administrator(self, by: User) -> None:
        if not self.has_administrator(by):
            raise NotAllowed(refusal("do this", [Permission.MANAGE_PEOPLE]))

    def require_other_administrator(self, by: User) -> None:
        self.require_administrator(by)
        if by.pk == self.person.pk:
            raise NotAllowed(
                "Nobody changes their own roles. Ask another administrator to do it."
            )

    def has_administrator(self, user: User) -> bool:
        return any(one.pk == user.pk for one in self.administrators)

    def require_remaining_administrator(self) -> None:
        """There is always an active administrator whose role does not end by itself."""
        others = [one.pk for one in self.administrators if one.pk != self.person.pk]
        ending = RoleGrant.objects.filter(
            user__in=others,
            role=Administrator.name,
            ended_at=None,
            ends_at__isnull=False,
            begun_at__isnull=False,
        )
        if self.has_administrator(self.person) and not set(others) - set(
            ending.values_list("user", flat=True)
        ):
            raise Invalid.field(
                None,
                "This is the only administrator whose role has no end: give somebody "
                "else the role first",
            )


def lock_people(user: User, *, at: datetime) -> LockedPeople:
    """Locked until the transaction ends, with what has come due by now written."""
    wanted = (
        Q(pk=user.pk)
        | Q(roles__contains=[Administrator.name])
        | Q(
            role_grants__role=Administrator.name,
            role_grants__begun_at=None,
            role_grants__ended_at=None,
            role_grants__starts_at__lte=at,
        )
    )
    ids = User.objects.filter(wanted).values("pk")
    locked = list(
        User.objects.select_for_update(of=("self",))
        .select_related("chain")
        .filter(pk__in=ids)
        .order_by("pk")
    )
    for one in locked:
        _apply_due_changes(one, at)
    return LockedPeople(
        person=next(one for one in locked if one.pk == user.pk),
        administrators=[
            one for one in locked if one.is_active and Administrator.name in one.roles
        ],
        at=at,
    )


def add(
    user: User, roles: Iterable[str], *, origin: Origin, at: datetime, reason: str = ""
) -> None:
    """The rows of roles that nobody asks for: of who joins, and what the service's own
    machine gives. Whoever calls puts them on the person's row and records them.
    """
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=user,
            role=role,
            origin=origin,
            reason=reason,
            starts_at=at,
            begun_at=at,
        )
        for role in roles
    )


@transaction.atomic
def apply_due_changes(*, at: datetime) -> int:
    """Write what has begun or ended by now: the job that makes visible what has been
    so from its moment on.
    """
    due = User.objects.select_for_update(skip_locked=True, of=("self",))
    people = due.select_related("chain").filter(roles_change_at__lte=at).order_by("pk")
    return sum(_apply_due_changes(person, at) for person in people)


@transaction.atomic
def warn_of_ends(*, at: datetime) -> int:
    """Tell holders and administrators of roles that end within a week; each once."""
    ending = (
        RoleGrant.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("user")
        .filter(
            ended_at=None,
            begun_at__isnull=False,
            warned_at=None,
            ends_at__gt=at,
            ends_at__lte=at + WARNING_PERIOD,
            user__is_active=True,
        )
    )
    found = list(ending)
    administrators = [
        one
        for one in User.objects.filter(
            roles__contains=[Administrator.name], is_active=True
        )
        if one.may(Permission.MANAGE_PEOPLE)
    ]
    for each in found:
        for one in {each.user, *administrators}:
            letters.send_about_role(one, "role_ends", each)
        each.warned_at = at
        each.save(update_fields=["warned_at"])
    return len(found)


def open_grants(person: User, role: str) -> QuerySet[RoleGrant]:
    return person.role_grants.filter(role=role, ended_at=None)


def begin(person: User, request: RoleRequest, *, by: User, at: datetime) -> None:
    starts_at = max(request.starts_at, at)
    begins = starts_at <= at
    RoleGrant.objects.create(
        user=person,
        role=request.role,
        origin=Origin.REQUEST,
        given=request,
        starts_at=starts_at,
        ends_at=request.ends_at,
        begun_at=at if begins else None,
    )
    data = {"role": request.role, "request": request.key}
    if not begins:
        events.record(
            AccountsEvent.PERSON_ROLE_PLANNED, person, by=by, at=at, data=data
        )
        return
    person.roles = sorted({*person.roles, request.role})
    events.record(AccountsEvent.PERSON_ROLE_GIVEN, person, by=by, at=at, data=data)


def end(
    person: User, role: str, request: RoleRequest | None, *, by: User, at: datetime
) -> None:
    open_grants(person, role).update(ended_at=at, taken=request)
    data = {"role": role} | ({"request": request.key} if request else {})
    if role not in person.roles:
        events.record(
            AccountsEvent.PERSON_ROLE_PLAN_DROPPED, person, by=by, at=at, data=data
        )
        return
    person.roles = [held for held in person.roles if held != role]
    events.record(AccountsEvent.PERSON_ROLE_TAKEN, person, by=by, at=at, data=data)


def _apply_due_changes(person: User, at: datetime) -> int:
    """How many have begun or ended. The person is locked."""
    if person.roles_change_at is None or at < person.roles_change_at:
        return 0
    number = 0
    for each in person.role_grants.filter(ended_at=None).order_by("starts_at", "id"):
        data = {"role": each.role, "grant": each.key}
        if each.begun_at is None and each.starts_at <= at:
            each.begun_at = each.starts_at
            person.roles = sorted({*person.roles, each.role})
            events.record(
                AccountsEvent.PERSON_ROLE_GIVEN,
                person,
                by=events.SERVICE,
                at=each.starts_at,
                data=data,
            )
            number += 1
        if each.ends_at is not None and each.ends_at <= at:
            each.ended_at = each.ends_at
            person.roles = [role for role in person.roles if role != each.role]
            events.record(
                AccountsEvent.PERSON_ROLE_ENDED,
                person,
                by=events.SERVICE,
                at=each.ends_at,
                data=data,
            )
            number += 1
        each.save(update_fields=["begun_at", "ended_at"])
    save_roles(person)
    return number


def save_roles(person: User) -> None:
    """The roles, and the next moment at which they change by themselves."""
    moments = [
        moment
        for grant in person.role_grants.filter(ended_at=None)
        for moment in (None if grant.begun_at else grant.starts_at, grant.ends_at)
        if moment is not None
    ]
    person.roles_change_at = min(moments, default=None)
    person.save(update_fields=["roles", "roles_change_at"])

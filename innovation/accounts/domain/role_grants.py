"""Grants: the roles that people hold, from when to when.

A change of roles first locks the person and all administrators, in one order, so that
two administrators who act on each other cannot deadlock, and the second sees what the
first did. A grant counts from the moment it begins until the moment it ends. The user's
row and chain are updated when the person is next locked, or by a job.
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
    """The person and the active administrators, locked, with their roles at `at`."""

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
                "You cannot change your own roles. Ask another administrator to do it."
            )

    def has_administrator(self, user: User) -> bool:
        return any(administrator.pk == user.pk for administrator in self.administrators)

    def require_remaining_administrator(self) -> None:
        """Require another active administrator whose role has no end."""
        other_ids = [
            administrator.pk
            for administrator in self.administrators
            if administrator.pk != self.person.pk
        ]
        ending = RoleGrant.objects.filter(
            user__in=other_ids,
            role=Administrator.name,
            ended_at=None,
            ends_at__isnull=False,
            begun_at__isnull=False,
        )
        if self.has_administrator(self.person) and not set(other_ids) - set(
            ending.values_list("user", flat=True)
        ):
            raise Invalid.field(
                None,
                "This is the only administrator whose role has no end. Give somebody "
                "else the role first",
            )


def lock_people(user: User, *, at: datetime) -> LockedPeople:
    """Lock them until the transaction ends, and apply changes that are due."""
    condition = (
        Q(pk=user.pk)
        | Q(roles__contains=[Administrator.name])
        | Q(
            role_grants__role=Administrator.name,
            role_grants__begun_at=None,
            role_grants__ended_at=None,
            role_grants__starts_at__lte=at,
        )
    )
    ids = User.objects.filter(condition).values("pk")
    locked = list(
        User.objects.select_for_update(of=("self",))
        .select_related("chain")
        .filter(pk__in=ids)
        .order_by("pk")
    )
    for person in locked:
        _apply_due_changes(person, at)
    return LockedPeople(
        person=next(person for person in locked if person.pk == user.pk),
        administrators=[
            person
            for person in locked
            if person.is_active and Administrator.name in person.roles
        ],
        at=at,
    )


def add(
    user: User, roles: Iterable[str], *, origin: Origin, at: datetime, reason: str = ""
) -> None:
    """Add grants without a request: for people who join, and from the command line. The
    caller saves the roles on the person's row and records the event.
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
    """Update people whose roles have begun or ended. Run by a job."""
    users = User.objects.select_for_update(skip_locked=True, of=("self",))
    people = (
        users.select_related("chain").filter(roles_change_at__lte=at).order_by("pk")
    )
    return sum(_apply_due_changes(person, at) for person in people)


@transaction.atomic
def warn_of_ends(*, at: datetime) -> int:
    """Write to holders and administrators, once, about roles that end within a week."""
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
    grants = list(ending)
    administrators = [
        recipient
        for recipient in User.objects.filter(
            roles__contains=[Administrator.name], is_active=True
        )
        if recipient.may(Permission.MANAGE_PEOPLE)
    ]
    for grant in grants:
        for recipient in {grant.user, *administrators}:
            letters.send_about_role(recipient, "role_ends", grant)
        grant.warned_at = at
        grant.save(update_fields=["warned_at"])
    return len(grants)


def open_grants(person: User, role: str) -> QuerySet[RoleGrant]:
    return person.role_grants.filter(role=role, ended_at=None)


def begin(person: User, request: RoleRequest, *, by: User, at: datetime) -> None:
    starts_at = max(request.starts_at, at)
    begins = starts_at <= at
    RoleGrant.objects.create(
        user=person,
        role=request.role,
        origin=Origin.REQUEST,
        request=request,
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
    open_grants(person, role).update(ended_at=at, ending_request=request)
    data = {"role": role} | ({"request": request.key} if request else {})
    if role not in person.roles:
        events.record(
            AccountsEvent.PERSON_ROLE_PLAN_DROPPED, person, by=by, at=at, data=data
        )
        return
    person.roles = [role_name for role_name in person.roles if role_name != role]
    events.record(AccountsEvent.PERSON_ROLE_TAKEN, person, by=by, at=at, data=data)


def _apply_due_changes(person: User, at: datetime) -> int:
    """Apply what has begun or ended, and return how many. The person must be locked."""
    if person.roles_change_at is None or at < person.roles_change_at:
        return 0
    count = 0
    for grant in person.role_grants.filter(ended_at=None).order_by("starts_at", "id"):
        data = {"role": grant.role, "grant": grant.key}
        if grant.begun_at is None and grant.starts_at <= at:
            grant.begun_at = grant.starts_at
            person.roles = sorted({*person.roles, grant.role})
            events.record(
                AccountsEvent.PERSON_ROLE_GIVEN,
                person,
                by=events.SERVICE,
                at=grant.starts_at,
                data=data,
            )
            count += 1
        if grant.ends_at is not None and grant.ends_at <= at:
            grant.ended_at = grant.ends_at
            person.roles = [role for role in person.roles if role != grant.role]
            events.record(
                AccountsEvent.PERSON_ROLE_ENDED,
                person,
                by=events.SERVICE,
                at=grant.ends_at,
                data=data,
            )
            count += 1
        grant.save(update_fields=["begun_at", "ended_at"])
    save_roles(person)
    return count


def save_roles(person: User) -> None:
    """Save the roles, and the next moment at which one begins or ends."""
    moments = [
        moment
        for grant in person.role_grants.filter(ended_at=None)
        for moment in (None if grant.begun_at else grant.starts_at, grant.ends_at)
        if moment is not None
    ]
    person.roles_change_at = min(moments, default=None)
    person.save(update_fields=["roles", "roles_change_at"])

"""People of the service, and whether their account is active.

Every change is an event on the person's own chain. There must always be an active
administrator. Changes of roles are in `roles`.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F, ProtectedError

from innovation.accounts.domain import letters, role_grants
from innovation.accounts.domain.role_requests import ask, clean_roles, drop_powerful
from innovation.accounts.events import AccountsEvent
from innovation.accounts.models import ApiToken, Origin, User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Applicant, Permission
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core import limits
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.lines import plain_value
from innovation.core.rows import lock_row


@transaction.atomic
def join(user: User, *, at: datetime) -> User:
    """Record somebody who has just signed up, as an applicant."""
    user.roles = [Applicant.name]
    user.chain = events.open_chain(Chain.Kind.PERSON)
    user.save()
    role_grants.add(user, user.roles, origin=Origin.JOINED, at=at)
    events.record(
        AccountsEvent.PERSON_JOINED, user, by=user, at=at, data={"roles": user.roles}
    )
    return user


def forget_unconfirmed(*, at: datetime) -> None:
    """Delete unused accounts whose address was never confirmed. Their events stay."""
    unused = User.objects.filter(
        date_joined__lt=at - limits.UNCONFIRMED_LIFE,
        last_login=None,
        roles=[Applicant.name],
        emailaddress__verified=False,
        memberships=None,
        demonstration=False,
    )
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    for user in unused.exclude(pk__in=confirmed).distinct():
        with suppress(ProtectedError), transaction.atomic():
            user = lock_row(user)
            user.role_grants.all().delete()
            user.delete()
            events.record(
                AccountsEvent.PERSON_FORGOTTEN, user, by=events.SERVICE, at=at
            )


@transaction.atomic
def add(
    *,
    email: str,
    name: str,
    roles: Iterable[str],
    by: User | events.Service,
    at: datetime,
    reason: str = "",
    password: str | None = None,
    email_is_theirs: bool = False,
    demonstration: bool = False,
) -> User:
    """Add somebody. Without a password, they get a letter with a link to choose one.

    Roles that take two people are requested, with the reason; the service itself can
    give any role. With `email_is_theirs` the address counts as confirmed.
    """
    if isinstance(by, User):
        require_permission(by, Permission.MANAGE_PEOPLE)
    role_names = clean_roles(roles)
    address = plain_value(email).lower()
    if User.objects.filter(email=address).exists():
        raise Invalid.field(
            "email", "Somebody already has an account with this email address"
        )
    user = User.objects.create_user(
        address,
        password,
        name=name.strip(),
        roles=[] if isinstance(by, User) else role_names,
        demonstration=demonstration,
    )
    if email_is_theirs:
        EmailAddress.objects.create(
            user=user, email=address, verified=True, primary=True
        )
    _record_addition(user, notify=password is None, by=by, at=at)
    if not isinstance(by, User):
        role_grants.add(user, role_names, origin=Origin.SERVICE, at=at, reason=reason)
        return user
    for role in role_names:
        ask(user, role=role, reason=reason, by=by, at=at, silent=True)
    user.refresh_from_db()
    return user


class Holder(StrEnum):
    """What the holder of an address can do about an invitation to it."""

    NOBODY = "nobody"
    """Nobody has confirmed the address: the holder of the link is new."""
    APPLICANT = "applicant"
    STAFF = "staff"
    CLOSED = "closed"


class AddressHolder(NamedTuple):
    holder: Holder
    user: User | None


def holder_of(address: str) -> AddressHolder:
    """Whose account has this address. An account that was never used, and whose address
    was never confirmed, is nobody's: somebody else may have made it.
    """
    user = User.objects.with_address(address).first()
    if user is None:
        return AddressHolder(Holder.NOBODY, None)
    if not user.is_active:
        return AddressHolder(Holder.CLOSED, user)
    if Applicant.name not in user.roles:
        return AddressHolder(Holder.STAFF, user)
    is_unused = user.last_login is None and not user.demonstration
    if is_unused and not EmailAddress.objects.filter(user=user, verified=True).exists():
        return AddressHolder(Holder.NOBODY, user)
    return AddressHolder(Holder.APPLICANT, user)


@transaction.atomic
def join_by_link(address: str, *, name: str, password: str, at: datetime) -> User:
    """The account of somebody who has read the mail of this address, which nobody has
    confirmed. What somebody else may have entered for it no longer counts.
    """
    user = holder_of(address).user
    if user is None:
        user = User(email=address, name=name.strip())
        user.set_password(password)
        return join(user, at=at)
    user = lock_row(user)
    user.name = name.strip()
    user.set_password(password)
    user.save(update_fields=["name", "password"])
    end_sessions(user)
    events.record(AccountsEvent.PERSON_RENAMED, user, by=user, at=at)
    return user


@transaction.atomic
def rename(user: User, *, name: str, by: User, at: datetime) -> User:
    """Everybody may change their own name. The event does not contain it."""
    if by != user:
        require_permission(by, Permission.MANAGE_PEOPLE)
    user = lock_row(user)
    user.name = name.strip()
    user.save(update_fields=["name"])
    events.record(AccountsEvent.PERSON_RENAMED, user, by=by, at=at)
    return user


@transaction.atomic
def choose_reminders(user: User, *, wanted: bool, by: User, at: datetime) -> User:
    """Turn the letters before a deadline on or off: only for oneself."""
    if by != user:
        raise NotAllowed("You can only choose your own reminders.")
    user = lock_row(user)
    if user.wants_reminders != wanted:
        user.wants_reminders = wanted
        user.save(update_fields=["wants_reminders"])
        events.record(
            AccountsEvent.PERSON_REMINDERS_CHANGED,
            user,
            by=by,
            at=at,
            data={"reminders": "on" if wanted else "off"},
        )
    return user


def record_email_change(user: User, *, at: datetime) -> None:
    """Record that somebody's address has changed, without the address."""
    events.record(AccountsEvent.PERSON_EMAIL_CHANGED, user, by=user, at=at)


def end_sessions(user: User) -> None:
    """End all sessions and password links of the user. They stay ended if the account
    is deactivated and reactivated.
    """
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])


@transaction.atomic
def sign_out_everywhere(user: User, *, by: User, at: datetime) -> None:
    if by != user:
        raise NotAllowed("You can only sign yourself out.")
    end_sessions(lock_row(user))
    events.record(AccountsEvent.PERSON_SIGNED_OUT, user, by=by, at=at)


@transaction.atomic
def deactivate(user: User, *, by: User, at: datetime) -> User:
    """End sign-in, open sessions and API tokens at once."""
    locked = role_grants.lock_people(user, at=at)
    locked.require_administrator(by)
    user = locked.person
    if not user.is_active:
        raise TooLate("This person’s account is already closed.")
    locked.require_remaining_administrator()
    if by.pk == user.pk:
        raise NotAllowed("Another administrator must close your account.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    events.record(AccountsEvent.PERSON_DEACTIVATED, user, by=by, at=at)
    return user


@transaction.atomic
def reactivate(user: User, *, by: User, at: datetime) -> User:
    """Reactivate the account. Tokens stay revoked, and roles that take two people have
    to be requested again.
    """
    locked = role_grants.lock_people(user, at=at)
    locked.require_administrator(by)
    user = locked.person
    if user.is_active:
        raise TooLate("This person’s account is already open.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    events.record(AccountsEvent.PERSON_REACTIVATED, user, by=by, at=at)
    drop_powerful(user, by=by, at=at)
    return user


def _record_addition(
    user: User, *, notify: bool, by: events.Actor, at: datetime
) -> None:
    if notify:
        letters.send("account_made", to=user.email, person=user)
    events.record(
        AccountsEvent.PERSON_ADDED, user, by=by, at=at, data={"roles": user.roles}
    )

"""People of the service: who they are and which roles they hold.

Every change is an event on the person's own chain. Taking away the last means of
running the service is refused: there is always one active administrator.
"""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F, Q

from innovation.accounts.domain import letters
from innovation.accounts.models import ApiToken, User
from innovation.accounts.policies import require
from innovation.accounts.roles import ROLES, Administrator, Applicant, Verb
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.errors import Invalid, NotAllowed, TooLate


@transaction.atomic
def join(user: User, *, at: datetime) -> User:
    """Keep somebody who has just signed up: an applicant and nothing more."""
    user.roles = [Applicant.name]
    user.chain = events.open_chain(Chain.Kind.PERSON)
    user.save()
    _record(user, "person.joined", by=user, at=at, data={"roles": user.roles})
    return user


@transaction.atomic
def add(
    *,
    email: str,
    name: str,
    roles: Iterable[str],
    by: User | events.Service,
    at: datetime,
    password: str | None = None,
    email_is_theirs: bool = False,
    demonstration: bool = False,
) -> User:
    """Add somebody; without a password they are written to and choose one.

    With `email_is_theirs` the address needs no confirming at the first sign-in.
    """
    if isinstance(by, User):
        require(by, Verb.MANAGE_PEOPLE)
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        raise Invalid.field("email", "Somebody with this email address is here already")
    user = User.objects.create_user(
        address,
        password,
        name=name.strip(),
        roles=_known(roles),
        demonstration=demonstration,
    )
    if email_is_theirs:
        EmailAddress.objects.create(
            user=user, email=address, verified=True, primary=True
        )
    _welcome(user, write=password is None, by=by, at=at)
    return user


def invitation_letter(address: str) -> str:
    """Which letter tells the holder of an address what they can do with an invitation.
    One query whatever the answer: its time must not tell either.
    """
    user = User.objects.with_address(address).first()
    if user is None:
        return "invited_newcomer"
    if not user.is_active:
        return "invited_closed"
    if Applicant.name not in user.roles:
        return "invited_staff"
    # Else whoever made the account may not be who reads the letter.
    verified = getattr(user, "verified", False)
    return "invited" if verified else "invited_unconfirmed"


@transaction.atomic
def give_role(
    user: User, *, role: str, by: User | events.Service, at: datetime
) -> User:
    if isinstance(by, User):
        require(by, Verb.MANAGE_PEOPLE)
    user = _locked(user)
    [role] = _known([role])
    if role in user.roles:
        raise TooLate("This person holds the role already.")
    user.roles = sorted([*user.roles, role])
    user.save(update_fields=["roles"])
    _record(user, "person.role_given", by=by, at=at, data={"role": role})
    return user


@transaction.atomic
def take_role(user: User, *, role: str, by: User, at: datetime) -> User:
    require(by, Verb.MANAGE_PEOPLE)
    user, administrators = _locked_beside_administrators(user)
    if role not in user.roles:
        raise TooLate("This person no longer holds the role.")
    if role == Administrator.name:
        _refuse_last(user, administrators)
    user.roles = [held for held in user.roles if held != role]
    user.save(update_fields=["roles"])
    _record(user, "person.role_taken", by=by, at=at, data={"role": role})
    return user


@transaction.atomic
def rename(user: User, *, name: str, by: User, at: datetime) -> User:
    """Everybody may correct their own name; the event does not repeat it."""
    if by != user:
        require(by, Verb.MANAGE_PEOPLE)
    user = _locked(user)
    user.name = name.strip()
    user.save(update_fields=["name"])
    _record(user, "person.renamed", by=by, at=at)
    return user


def note_new_email(user: User, *, at: datetime) -> None:
    """The sign-in pages gave somebody another address: that they did, never which."""
    _record(user, "person.email_changed", by=user, at=at)


def end_sessions(user: User) -> None:
    """Every session of theirs and every link to a new password, for good: an account
    opened again revives none.
    """
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])


@transaction.atomic
def sign_out_everywhere(user: User, *, by: User, at: datetime) -> None:
    if by != user:
        raise NotAllowed("You can sign yourself out only.")
    end_sessions(_locked(user))
    _record(user, "person.signed_out", by=by, at=at)


@transaction.atomic
def deactivate(user: User, *, by: User, at: datetime) -> User:
    """Shut every door at once: sign-in, open sessions and API tokens."""
    require(by, Verb.MANAGE_PEOPLE)
    user, administrators = _locked_beside_administrators(user)
    if not user.is_active:
        raise TooLate("This person’s account is closed already.")
    _refuse_last(user, administrators)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    _record(user, "person.deactivated", by=by, at=at)
    return user


@transaction.atomic
def reactivate(user: User, *, by: User, at: datetime) -> User:
    """Tokens stay revoked: a returning person makes new ones."""
    require(by, Verb.MANAGE_PEOPLE)
    user = _locked(user)
    if user.is_active:
        raise TooLate("This person’s account is open already.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    _record(user, "person.reactivated", by=by, at=at)
    return user


def _welcome(user: User, *, write: bool, by: events.Actor, at: datetime) -> None:
    if write:
        letters.write("account_made", to=user.email, person=user)
    _record(user, "person.added", by=by, at=at, data={"roles": user.roles})


def _known(roles: Iterable[str]) -> list[str]:
    wanted = sorted(set(roles))
    if any(role not in ROLES for role in wanted):
        raise Invalid.field("roles", "Select a role from the list")
    return wanted


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _locked_beside_administrators(user: User) -> tuple[User, list[User]]:
    """In one order, so that two who take the role from each other cannot deadlock,
    and the second sees what the first has done.
    """
    wanted = Q(pk=user.pk) | Q(roles__contains=[Administrator.name])
    locked = list(User.objects.select_for_update().filter(wanted).order_by("pk"))
    administrators = [
        one for one in locked if one.is_active and Administrator.name in one.roles
    ]
    return next(one for one in locked if one.pk == user.pk), administrators


def _refuse_last(user: User, administrators: list[User]) -> None:
    if administrators == [user]:
        raise Invalid.field(
            None, "This is the only administrator: give somebody else the role first"
        )


def _record(
    user: User,
    name: str,
    *,
    by: events.Actor,
    at: datetime,
    data: dict[str, object] | None = None,
) -> None:
    events.record(user.chain, name, subject=user.key, by=by, at=at, data=data)

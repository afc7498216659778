"""Invitations to an organisation: sending, accepting, declining and taking back.

The administrator vouches for the person. The person accepts, signed in with the address
or by the link in the letter, which shows that they read its mail. The inviter sees the
same whether or not the address has an account; only the holder of the link learns it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from innovation.accounts import invitation_links
from innovation.accounts.domain import (
    departures,
    letters,
    limits,
    memberships,
    people,
)
from innovation.accounts.domain.people import Holder
from innovation.accounts.domain.queries.memberships import gap_without
from innovation.accounts.events import AccountsEvent
from innovation.accounts.models import Invitation, Membership, Standing, User
from innovation.accounts.policies import confirmed_addresses, is_administrator_of
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.lines import plain_value
from innovation.core.registry import Registry
from innovation.core.rows import lock_row
from innovation.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Purpose:
    """What somebody is invited to do first, such as to sign a case: its reference and
    title, and the page of it once they belong to the organisation.
    """

    reference: str
    title: str
    href: str


purposes: Registry[Callable[[Invitation], Purpose | None]] = Registry()
"""Rules of the apps: what an invitation is for, unless its holder must not know."""


def purpose_of(invitation: Invitation) -> Purpose | None:
    found = (purpose(invitation) for purpose in purposes)
    return next((purpose for purpose in found if purpose is not None), None)


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    standing: str,
    office: str = "",
    by: User,
    at: datetime,
    hands_over: bool = False,
) -> Invitation:
    """Invite somebody by a letter. With `hands_over` the inviter leaves once it is
    accepted.
    """
    invitation = add(
        organisation=organisation,
        email=email,
        name=name,
        standing=standing,
        office=office,
        by=by,
        at=at,
        hands_over=hands_over,
    )
    send_letter(invitation)
    return invitation


def invite_successor(
    membership: Membership,
    *,
    email: str,
    name: str,
    office: str = "",
    by: User,
    at: datetime,
) -> Invitation:
    """Invite somebody to take over from `by`, who leaves once it is accepted."""
    if membership.user != by:
        raise NotAllowed("You can only hand over what you do yourself.")
    lacks = gap_without(membership)
    return invite(
        organisation=membership.organisation,
        email=email,
        name=name,
        standing=Standing.ADMINISTRATOR if lacks.administrator else Standing.AUTHORISER,
        office=office,
        hands_over=True,
        by=by,
        at=at,
    )


@transaction.atomic
def add(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    standing: str,
    office: str = "",
    by: User,
    at: datetime,
    hands_over: bool = False,
) -> Invitation:
    """The invitation without its letter, for callers who first say what it is for."""
    organisation = lock_row(organisation)
    memberships.require_administrator(by, organisation)
    address = plain_value(email).lower()
    standing = memberships.clean_standing(standing)
    office = memberships.office_for(standing, office, organisation)
    _refuse_member(organisation, address, at)
    limits.consume(limits.INVITATIONS_OF_ORGANISATION, organisation.key, at=at)
    limits.consume(limits.INVITATIONS_OF_PERSON, by.key, at=at)
    limits.consume(limits.INVITATIONS_TO_ADDRESS, address, at=at)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        name=name,
        standing=standing,
        office=office,
        invited_by=by,
        invited_at=at,
        hands_over=hands_over,
    )
    events.record(
        AccountsEvent.INVITATION_SENT,
        invitation.organisation,
        by=by,
        at=at,
        data=_event_data(invitation),
    )
    return invitation


def send_letter(invitation: Invitation) -> None:
    """Queue the letter, which is the same whoever has the address."""
    letters.send(
        "invited",
        to=invitation.email,
        invitation=invitation,
        organisation=invitation.organisation,
        purpose=purpose_of(invitation),
        link=invitation_links.link_of(invitation),
    )


@transaction.atomic
def remind(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Send the letter again: once a day, and not beyond the limit of its address."""
    invitation = _lock(invitation, at)
    memberships.require_administrator(by, invitation.organisation)
    limits.consume(limits.REMINDERS_OF_INVITATION, invitation.key, at=at)
    limits.consume(limits.INVITATIONS_TO_ADDRESS, invitation.email, at=at)
    invitation.reminded_at = at
    invitation.save(update_fields=["reminded_at"])
    events.record(
        AccountsEvent.INVITATION_REMINDED,
        invitation.organisation,
        by=by,
        at=at,
        data=_event_data(invitation),
    )
    send_letter(invitation)
    return invitation


def accept_as_newcomer(
    invitation: Invitation, *, name: str, password: str, at: datetime
) -> User:
    """Accept by the link, for an address that nobody has confirmed: create the account,
    or take over one that was never used. The address is confirmed.
    """
    try:
        with transaction.atomic():
            return _accept_as_newcomer(invitation, name, password, at)
    except IntegrityError:
        # Somebody has signed up with the address at the same moment.
        raise _account_exists() from None


def _accept_as_newcomer(
    invitation: Invitation, name: str, password: str, at: datetime
) -> User:
    invitation = _lock(invitation, at)
    if people.holder_of(invitation.email).holder != Holder.NOBODY:
        raise _account_exists()
    user = people.join_by_link(invitation.email, name=name, password=password, at=at)
    EmailAddress.objects.update_or_create(
        user=user,
        email=invitation.email,
        defaults={"verified": True, "primary": True},
    )
    accept(invitation, by=user, at=at)
    return user


def _account_exists() -> TooLate:
    return TooLate("You have an account already. Sign in to accept the invitation.")


@transaction.atomic
def accept(invitation: Invitation, *, by: User, at: datetime) -> Membership:
    """Accept. The membership is confirmed at once, by the inviter."""
    invitation = _lock(invitation, at)
    _require_holder(invitation, by)
    if not by.may(Permission.APPLY):
        raise NotAllowed("Only applicants can belong to an organisation.")
    organisation = invitation.organisation
    if not is_administrator_of(invitation.invited_by, organisation):
        raise TooLate(
            "The person who invited you is no longer an administrator of the "
            "organisation. Ask for another invitation."
        )
    membership = memberships.join_by_invitation(invitation, user=by, at=at)
    invitation.accepted_by = by
    _end(invitation, AccountsEvent.INVITATION_ACCEPTED, by=by, at=at)
    if invitation.hands_over:
        departures.leave_to(membership, leaver=invitation.invited_by, at=at)
    return membership


@transaction.atomic
def decline(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Decline. Whoever invited them gets a letter."""
    invitation = _lock(invitation, at)
    _require_holder(invitation, by)
    _end(invitation, AccountsEvent.INVITATION_DECLINED, by=by, at=at)
    inviter = invitation.invited_by
    if inviter.is_active and is_administrator_of(inviter, invitation.organisation):
        letters.send(
            "invitation_declined",
            to=inviter.email,
            person=inviter,
            invitation=invitation,
            organisation=invitation.organisation,
        )


@transaction.atomic
def take_back(invitation: Invitation, *, by: User, at: datetime) -> None:
    invitation = _lock(invitation, at)
    memberships.require_administrator(by, invitation.organisation)
    _end(invitation, AccountsEvent.INVITATION_TAKEN_BACK, by=by, at=at)


def _refuse_member(organisation: Organisation, address: str, at: datetime) -> None:
    """Refuse to invite a member. The message tells only what the inviter can see."""
    confirmed = organisation.memberships.confirmed()
    if confirmed.filter(user__email=address).exists():
        raise Invalid.field("email", "This person already belongs to the organisation")
    open_invitation = organisation.invitations.filter(
        email=address, ended_at=None
    ).first()
    if open_invitation is None:
        return
    if open_invitation.is_open(at):
        raise Invalid.field(
            "email",
            "Somebody has already invited this address. Take back that invitation "
            "first",
        )
    open_invitation.ended_at = open_invitation.lapses_at
    open_invitation.save(update_fields=["ended_at"])


def _require_holder(invitation: Invitation, by: User) -> None:
    """Require a confirmed address: an unconfirmed one may belong to anybody."""
    if invitation.email not in confirmed_addresses(by):
        raise NotAllowed("This invitation is for somebody else.")


def _lock(invitation: Invitation, at: datetime) -> Invitation:
    """Lock the organisation, as every change of its people does."""
    organisation = lock_row(invitation.organisation)
    locked = Invitation.objects.select_related("invited_by").get(pk=invitation.pk)
    locked.organisation = organisation
    if not locked.is_open(at):
        raise TooLate(
            "You can no longer use this invitation. It was answered or taken back, or "
            "it has expired."
        )
    return locked


def _end(
    invitation: Invitation, event: AccountsEvent, *, by: User, at: datetime
) -> None:
    invitation.ended_at = at
    invitation.save(update_fields=["ended_at", "accepted_by"])
    events.record(
        event, invitation.organisation, by=by, at=at, data=_event_data(invitation)
    )


def _event_data(invitation: Invitation) -> dict[str, object]:
    """The data of the event, without name and address."""
    return {
        "invitation": invitation.key,
        "standing": invitation.standing,
        "office": invitation.office,
    }

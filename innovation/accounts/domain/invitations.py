"""Invitations to an organisation: sending, accepting, declining and taking back.

The administrator vouches for the person. The person accepts, after confirming their
address. The inviter sees the same whether or not the address has an account; only the
letter says what its holder can do.
"""

from datetime import datetime

from django.db import transaction

from innovation.accounts.domain import letters, limits, memberships, people
from innovation.accounts.events import AccountsEvent
from innovation.accounts.models import Invitation, Membership, User
from innovation.accounts.policies import confirmed_addresses, is_administrator_of
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.lines import plain_value
from innovation.core.rows import lock_row
from innovation.organisations.models import Organisation


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
) -> Invitation:
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
    )
    events.record(
        AccountsEvent.INVITATION_SENT,
        invitation.organisation,
        by=by,
        at=at,
        data=_event_data(invitation),
    )
    kind = people.invitation_letter(address)
    letters.send(kind, to=address, organisation=organisation)
    return invitation


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
    return membership


@transaction.atomic
def decline(invitation: Invitation, *, by: User, at: datetime) -> None:
    invitation = _lock(invitation, at)
    _require_holder(invitation, by)
    _end(invitation, AccountsEvent.INVITATION_DECLINED, by=by, at=at)


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

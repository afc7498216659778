"""Somebody leaves an organisation or is removed from it, and perhaps hands over.

The organisation is never left without an administrator: whoever leaves as the last one
names a successor, or invites one and leaves once they have accepted.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from innovation.accounts.domain import letters, memberships
from innovation.accounts.domain.memberships import (
    Departure,
    departure_listeners,
    event_data,
    require_administrator,
)
from innovation.accounts.domain.queries.memberships import Gap, gap_without
from innovation.accounts.events import AccountsEvent
from innovation.accounts.models import Membership, Standing, User
from innovation.accounts.policies import people_of
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.errors import Invalid
from innovation.core.registry import Registry

departure_notices: Registry[Callable[[Membership, User], list[str]]] = Registry()
"""What waits for somebody who may leave, in words, as far as a reader may know it."""


@transaction.atomic
def remove(
    membership: Membership,
    *,
    by: User,
    at: datetime,
    successor: Membership | None = None,
    office: str = "",
) -> None:
    """End a membership: by the administrator, the person, or, if it is unconfirmed, an
    official.

    `successor` is one of the organisation's people, who becomes what it would lack: its
    administrator, its authoriser with this `office`, or both. Without an administrator
    it cannot be left; without an authoriser its administrators get a letter.
    """
    membership = memberships.lock(membership)
    is_own = membership.user == by
    is_unconfirmed = not membership.confirmed_at
    may_confirm = by.may(Permission.CONFIRM_ORGANISATIONS)
    if not is_own and not (is_unconfirmed and may_confirm):
        require_administrator(by, membership.organisation)
    if is_unconfirmed:
        _end(membership, by=by, at=at)
        return
    gap = gap_without(membership)
    if successor is not None:
        successor = _appoint(membership, successor, gap, office, by=by, at=at)
    elif gap.administrator:
        raise Invalid.field(
            "successor", "Select who will be the organisation’s administrator"
        )
    _leave(membership, successor, by=by, at=at)


def leave_to(successor: Membership, *, leaver: User, at: datetime) -> None:
    """End the membership of somebody whose successor has accepted their invitation,
    unless the other administrators have left meanwhile. Used by `invitations.accept`,
    which holds the organisation's lock.
    """
    organisation = successor.organisation
    membership = organisation.memberships.select_related("user").get(user=leaver)
    membership.organisation = organisation
    if not gap_without(membership).administrator:
        _leave(membership, successor, by=leaver, at=at)


def _appoint(
    membership: Membership,
    successor: Membership,
    gap: Gap,
    office: str,
    *,
    by: User,
    at: datetime,
) -> Membership:
    """Give the successor what the organisation would lack, and write to them."""
    organisation = membership.organisation
    others = organisation.memberships.confirmed().exclude(pk=membership.pk)
    member = others.select_related("user").filter(pk=successor.pk).first()
    if member is None or not member.user.is_active:
        raise Invalid.field("successor", "Select somebody who belongs to it")
    member.organisation = organisation
    if not gap.administrator and not gap.authoriser:
        return member
    if gap.administrator:
        member.standing = Standing.ADMINISTRATOR
    elif gap.authoriser and member.standing != Standing.ADMINISTRATOR:
        member.standing = Standing.AUTHORISER
    if gap.authoriser:
        if not office:
            raise Invalid.field("office", "Select which post they hold")
        member.office = memberships.office_for(member.standing, office, organisation)
    member.save(update_fields=["standing", "office"])
    events.record(
        AccountsEvent.MEMBERSHIP_CHANGED,
        organisation,
        by=by,
        at=at,
        data=event_data(member),
    )
    if member.user != by:
        letters.send_about_membership(
            member.user, "handed_over", member, leaver=membership.user
        )
    return member


def _leave(
    membership: Membership, successor: Membership | None, *, by: User, at: datetime
) -> None:
    """End a confirmed membership. The listeners come first: somebody who is signing a
    case holds it, and waits for the membership.
    """
    organisation = membership.organisation
    signs = successor is not None and successor.may_sign
    departure = Departure(
        person=membership.user,
        organisation=organisation,
        successor=successor.user if successor and signs else None,
        by=by,
    )
    leaves_gap = gap_without(membership).authoriser
    for listener in departure_listeners:
        listener(departure, at)
    _end(membership, by=by, at=at)
    if leaves_gap:
        for administrator in people_of([organisation], [Standing.ADMINISTRATOR]):
            letters.send_about_membership(administrator, "authoriser_left", membership)


def _end(membership: Membership, *, by: User, at: datetime) -> None:
    membership.delete()
    events.record(
        AccountsEvent.MEMBERSHIP_REMOVED,
        membership.organisation,
        by=by,
        at=at,
        data=event_data(membership),
    )

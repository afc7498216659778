"""Memberships of organisations: requesting, confirming and changing them.

An official confirms the first person of an organisation, after checking that they speak
for it. The organisation's own administrator confirms everybody after them. The events
are on the organisation's chain.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from innovation.accounts.domain import letters, limits
from innovation.accounts.domain.queries.memberships import gap_without
from innovation.accounts.events import AccountsEvent
from innovation.accounts.models import (
    COUNCIL_OFFICES,
    Invitation,
    Membership,
    Office,
    Standing,
    User,
)
from innovation.accounts.policies import (
    is_administrator_of,
    may_manage_people_of,
    people_of,
)
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.registry import Registry
from innovation.core.rows import lock_row
from innovation.organisations.domain import organisations, schemes
from innovation.organisations.models import ApplicantType, Organisation

confirmation_listeners: Registry[Callable[[Membership], None]] = Registry()
"""What apps do when a membership is confirmed, in the same transaction."""


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody leaves an organisation, or can no longer sign for it. `successor` is who
    signs in their place.
    """

    person: User
    organisation: Organisation
    successor: User | None
    by: User


departure_listeners: Registry[Callable[[Departure, datetime], None]] = Registry()
"""What apps do about it, in the same transaction, before the membership changes."""


@transaction.atomic
def ask(
    *,
    organisation: Organisation,
    by: User,
    at: datetime,
    job_title: str = "",
    how_to_check: str = "",
    claimed: tuple[str, str] = ("", ""),
) -> Membership:
    """Ask to join. The membership gives no access until somebody has confirmed it.

    `how_to_check` is for the person who confirms it. `claimed` is a scheme and a
    number in it.
    """
    if not by.may(Permission.APPLY):
        raise NotAllowed("Only applicants can belong to an organisation.")
    organisation = lock_row(organisation)
    if target := organisation.merged_into:
        raise TooLate(f"This organisation is now {target.name}. Ask to join that one.")
    if organisation.memberships.filter(user=by).exists():
        raise TooLate("You have already asked to join this organisation.")
    limits.consume(limits.REQUESTS_TO_JOIN, by.key, at=at)
    membership = Membership.objects.create(
        user=by,
        organisation=organisation,
        standing=Standing.EDITOR,
        asked_at=at,
        job_title=job_title,
        how_to_check=how_to_check,
        claimed_scheme=claimed[0],
        claimed_number=claimed[1],
    )
    events.record(
        AccountsEvent.MEMBERSHIP_ASKED,
        membership.organisation,
        by=by,
        at=at,
        data=event_data(membership),
    )
    for administrator in people_of([organisation], [Standing.ADMINISTRATOR]):
        letters.send_about_membership(administrator, "asked", membership)
    return membership


@transaction.atomic
def ask_by_name(
    *,
    name: str,
    applicant_type: str,
    by: User,
    at: datetime,
    scheme: str = "",
    number: str = "",
    job_title: str = "",
    how_to_check: str = "",
) -> Membership:
    """Ask to join the organisation with this number or name, registering it if it is
    unknown. Raise `Invalid` for an impossible number.

    A number for a known organisation without one is stored as claimed. It becomes the
    organisation's number when the person is confirmed.
    """
    numbers = schemes.clean({scheme: number}) if number else {}
    organisation = organisations.find_or_register(
        name=name, applicant_type=applicant_type, identifiers=numbers, by=by, at=at
    )
    return ask(
        organisation=organisation,
        by=by,
        at=at,
        job_title=job_title,
        how_to_check=how_to_check,
        claimed=next(iter(numbers.items()), ("", "")),
    )


@transaction.atomic
def confirm(membership: Membership, *, by: User, at: datetime) -> Membership:
    """Confirm. The first person becomes the organisation's administrator, and the
    number they claimed becomes its own.
    """
    membership = lock(membership)
    is_first = _require_confirmer(membership, by)
    if is_first:
        membership.standing = Standing.ADMINISTRATOR
    if membership.claimed_org_id:
        organisations.add_number(
            membership.organisation,
            scheme=membership.claimed_scheme,
            value=membership.claimed_number,
            by=by,
            at=at,
        )
    membership.confirmed_at, membership.confirmed_by = at, by.key
    membership.save(update_fields=["standing", "confirmed_at", "confirmed_by"])
    events.record(
        AccountsEvent.MEMBERSHIP_CONFIRMED,
        membership.organisation,
        by=by,
        at=at,
        data=event_data(membership),
    )
    _notify_confirmation(membership)
    letters.send_about_membership(membership.user, "confirmed", membership)
    return membership


@transaction.atomic
def refuse(membership: Membership, *, reason: str, by: User, at: datetime) -> None:
    """Refuse. The person gets a letter with the reason, and may ask again."""
    membership = lock(membership)
    _require_confirmer(membership, by)
    if not reason.strip():
        raise Invalid.field("reason", "Enter the reason")
    membership.delete()
    events.record(
        AccountsEvent.MEMBERSHIP_REFUSED,
        membership.organisation,
        by=by,
        at=at,
        data=event_data(membership, reason=reason.strip()),
    )
    letters.send_about_membership(
        membership.user, "refused", membership, reason=reason.strip()
    )


def _require_confirmer(membership: Membership, by: User) -> bool:
    """Require somebody who may confirm; return whether this is the first person."""
    organisation = membership.organisation
    if membership.confirmed_at:
        raise TooLate("This person has already been confirmed.")
    is_first = not organisation.memberships.confirmed().exists()
    if membership.user == by:
        raise NotAllowed("Somebody else must confirm you.")
    if is_first and not by.may(Permission.CONFIRM_ORGANISATIONS):
        raise NotAllowed(
            "Only an official can confirm the first person of an organisation."
        )
    if not is_first and not may_manage_people_of(by, organisation):
        raise NotAllowed(
            "Only the organisation’s administrator can confirm its people."
        )
    return is_first


_INVITED_FIELDS = ["standing", "office", "confirmed_at", "confirmed_by"]


def join_by_invitation(
    invitation: Invitation, *, user: User, at: datetime
) -> Membership:
    """Used by `invitations.accept`, which holds the organisation's lock. An open
    request to join is confirmed.
    """
    organisation = invitation.organisation
    membership = organisation.memberships.filter(user=user).first()
    if membership is None:
        membership = Membership(user=user, organisation=organisation, asked_at=at)
    elif membership.confirmed_at:
        raise TooLate("You already belong to this organisation.")
    has_asked = membership.pk is not None
    membership.standing = invitation.standing
    membership.office = invitation.office
    membership.confirmed_at = at
    membership.confirmed_by = invitation.invited_by.key
    membership.save(update_fields=_INVITED_FIELDS if has_asked else None)
    events.record(
        AccountsEvent.MEMBERSHIP_INVITED,
        membership.organisation,
        by=invitation.invited_by,
        at=at,
        data=event_data(membership),
    )
    _notify_confirmation(membership)
    return membership


@transaction.atomic
def change_standing(
    membership: Membership, *, standing: str, office: str = "", by: User, at: datetime
) -> Membership:
    membership = lock(membership)
    if not may_manage_people_of(by, membership.organisation):
        raise NotAllowed("Only the organisation’s administrator can do this.")
    if not membership.confirmed_at:
        raise TooLate("This person has not been confirmed yet.")
    if clean_standing(standing) != Standing.ADMINISTRATOR:
        _refuse_last_administrator(membership)
    could_sign = membership.may_sign
    membership.standing = standing
    membership.office = office_for(standing, office, membership.organisation)
    if could_sign and not membership.may_sign:
        # First: somebody who is signing a case holds it, and waits for the membership.
        departure = Departure(membership.user, membership.organisation, None, by)
        for listener in departure_listeners:
            listener(departure, at)
    membership.save(update_fields=["standing", "office"])
    events.record(
        AccountsEvent.MEMBERSHIP_CHANGED,
        membership.organisation,
        by=by,
        at=at,
        data=event_data(membership),
    )
    return membership


def _notify_confirmation(membership: Membership) -> None:
    for listener in confirmation_listeners:
        listener(membership)


def clean_standing(standing: str) -> str:
    if standing not in Standing.values:
        raise Invalid.field("standing", "Select what access this person needs")
    return standing


def office_for(standing: str, office: str, organisation: Organisation) -> str:
    """The office of an authoriser or administrator; empty for other standings."""
    if standing == Standing.AUTHORISER and not office:
        raise Invalid.field("office", "Select the post this person holds")
    if not office or standing not in (Standing.AUTHORISER, Standing.ADMINISTRATOR):
        return ""
    if office not in offices_of(organisation):
        raise Invalid.field("office", "Select a post of this kind of organisation")
    return office


def offices_of(organisation: Organisation) -> list[Office]:
    """The offices whose holders can sign for this kind of organisation."""
    if organisation.applicant_type == ApplicantType.LOCAL_AUTHORITY:
        return list(COUNCIL_OFFICES)
    return [office for office in Office if office not in COUNCIL_OFFICES]


def require_administrator(user: User, organisation: Organisation) -> None:
    if not is_administrator_of(user, organisation):
        raise NotAllowed("Only the organisation’s administrator can do this.")


def _refuse_last_administrator(membership: Membership) -> None:
    """Refuse if other people would be left without an administrator. The caller holds
    the organisation's lock, so that two cannot leave at once.
    """
    if gap_without(membership).administrator:
        raise Invalid.field(
            None,
            "This person is the only administrator. Make somebody else an "
            "administrator first",
        )


def lock(membership: Membership) -> Membership:
    """Lock the organisation, as every change of its people does."""
    organisation = lock_row(membership.organisation)
    try:
        locked = Membership.objects.select_related("user").get(pk=membership.pk)
    except Membership.DoesNotExist:
        raise TooLate("This person no longer belongs to the organisation.") from None
    locked.organisation = organisation
    return locked


def event_data(membership: Membership, **facts: str) -> dict[str, object]:
    return {
        "person": membership.user.key,
        "standing": membership.standing,
        "office": membership.office,
        **facts,
    }

"""Belonging to an organisation: asked for, confirmed, changed and ended.

The first person of an organisation is confirmed by an official, who has checked that
they speak for it; everybody after them by the organisation's own administrator. The
history is on the organisation's chain.
"""

from datetime import datetime

from django.db import transaction

from innovation.accounts.domain import people
from innovation.accounts.models import Membership, Standing, User
from innovation.accounts.policies import administers
from innovation.accounts.roles import Verb
from innovation.audit import events
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.organisations.domain import organisations
from innovation.organisations.models import Organisation


@transaction.atomic
def ask(*, organisation: Organisation, by: User, at: datetime) -> Membership:
    """Ask to join. Gives nothing until somebody has confirmed it."""
    if not by.may(Verb.APPLY):
        raise NotAllowed("Only applicants belong to organisations.")
    organisation = _locked(organisation)
    if organisation.memberships.filter(user=by).exists():
        raise TooLate("You have asked to join this organisation already.")
    membership = Membership.objects.create(
        user=by,
        organisation=organisation,
        standing=Standing.EDITOR,
        asked_at=at,
    )
    _record(membership, "membership.asked", by=by, at=at)
    return membership


@transaction.atomic
def ask_by_name(
    *, name: str, applicant_type: str, by: User, at: datetime
) -> Membership:
    """Ask to join the organisation of this name, registering it if it is not known."""
    known = Organisation.objects.filter(name__iexact=" ".join(name.split())).first()
    organisation = known or organisations.register(
        name=name, applicant_type=applicant_type, by=by, at=at
    )
    return ask(organisation=organisation, by=by, at=at)


@transaction.atomic
def confirm(membership: Membership, *, by: User, at: datetime) -> Membership:
    """The first person becomes the organisation's administrator."""
    membership = _locked_with(membership)
    organisation = membership.organisation
    if membership.confirmed_at:
        raise TooLate("This person has been confirmed already.")
    first = not organisation.memberships.filter(confirmed_at__isnull=False).exists()
    if membership.user == by:
        raise NotAllowed("Somebody else confirms you.")
    if first and not by.may(Verb.CONFIRM_ORGANISATIONS):
        raise NotAllowed("An official confirms the first person of an organisation.")
    if not first and not administers(by, organisation):
        raise NotAllowed("The organisation’s administrator confirms its people.")
    if first:
        membership.standing = Standing.ADMINISTRATOR
    membership.confirmed_at, membership.confirmed_by = at, by.key
    membership.save(update_fields=["standing", "confirmed_at", "confirmed_by"])
    _record(membership, "membership.confirmed", by=by, at=at)
    return membership


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    standing: str,
    by: User,
    at: datetime,
) -> Membership:
    """Confirmed from the start: the administrator vouches for the person, who is given
    an account if there is none for the address.
    """
    organisation = _locked(organisation)
    _require_administrator(by, organisation)
    user = people.applicant_at(email, name=name, by=by, at=at)
    if organisation.memberships.filter(user=user).exists():
        raise Invalid.field("email", "This person belongs to the organisation already")
    membership = Membership.objects.create(
        user=user,
        organisation=organisation,
        standing=_known(standing),
        asked_at=at,
        confirmed_at=at,
        confirmed_by=by.key,
    )
    _record(membership, "membership.invited", by=by, at=at)
    return membership


@transaction.atomic
def change_standing(
    membership: Membership, *, standing: str, by: User, at: datetime
) -> Membership:
    membership = _locked_with(membership)
    _require_administrator(by, membership.organisation)
    if not membership.confirmed_at:
        raise TooLate("This person has not been confirmed yet.")
    if _known(standing) != Standing.ADMINISTRATOR:
        _refuse_last_administrator(membership)
    membership.standing = standing
    membership.save(update_fields=["standing"])
    _record(membership, "membership.changed", by=by, at=at)
    return membership


@transaction.atomic
def remove(membership: Membership, *, by: User, at: datetime) -> None:
    """By the administrator, by the person, or (one not yet confirmed) an official."""
    membership = _locked_with(membership)
    own = membership.user == by
    asked_only = not membership.confirmed_at and by.may(Verb.CONFIRM_ORGANISATIONS)
    if not own and not asked_only:
        _require_administrator(by, membership.organisation)
    if membership.confirmed_at:
        _refuse_last_administrator(membership)
    _record(membership, "membership.removed", by=by, at=at)
    membership.delete()


def _known(standing: str) -> str:
    if standing not in Standing.values:
        raise Invalid.field("standing", "Select what this person may do")
    return standing


def _require_administrator(user: User, organisation: Organisation) -> None:
    if not administers(user, organisation):
        raise NotAllowed("Only the organisation’s administrator can do this.")


def _refuse_last_administrator(membership: Membership) -> None:
    """Under the organisation's lock, so that two cannot leave at once. The last person
    of all may go: the next one is again confirmed by an official.
    """
    others = membership.organisation.memberships.filter(
        confirmed_at__isnull=False
    ).exclude(pk=membership.pk)
    if membership.standing != Standing.ADMINISTRATOR or not others.exists():
        return
    if not others.filter(standing=Standing.ADMINISTRATOR).exists():
        raise Invalid.field(
            None, "This is the only administrator: make somebody else one first"
        )


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _locked_with(membership: Membership) -> Membership:
    """The organisation's row is the lock for everything about its people."""
    organisation = _locked(membership.organisation)
    try:
        found = Membership.objects.select_related("user").get(pk=membership.pk)
    except Membership.DoesNotExist:
        raise TooLate("This person no longer belongs to the organisation.") from None
    found.organisation = organisation
    return found


def _record(membership: Membership, name: str, *, by: User, at: datetime) -> None:
    organisation = membership.organisation
    events.record(
        organisation.chain,
        name,
        subject=organisation.key,
        by=by,
        at=at,
        data={"person": membership.user.key, "standing": membership.standing},
    )

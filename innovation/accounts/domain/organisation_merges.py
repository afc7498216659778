"""Merges a registered organisation into the one that it is.

Nothing that names it changes, and nobody gains access by it: its people keep the cases
and grants that it leads, and are asked for at the one that is kept, where somebody has
to confirm them as anybody else. So one official may do it.
"""

from datetime import datetime

from django.db import transaction

from innovation.accounts.domain import letters
from innovation.accounts.events import AccountsEvent
from innovation.accounts.models import Membership, Standing, User
from innovation.accounts.permissions import require_permission
from innovation.accounts.policies import people_of
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.organisations.domain import organisation_additions
from innovation.organisations.models import Organisation, OrganisationState


@transaction.atomic
def merge(
    organisation: Organisation, *, into: Organisation, by: User, at: datetime
) -> Organisation:
    """Merge it, and return the one that is kept. A council is always the one kept."""
    require_permission(by, Permission.CONFIRM_ORGANISATIONS)
    duplicate, target = organisation_additions.lock_both(organisation, into)
    if duplicate.state == OrganisationState.MERGED:
        raise TooLate("This organisation has already been merged into another.")
    if duplicate.council_id is not None:
        raise Invalid.field(
            "into", "A council cannot be merged. Merge the other organisation into it"
        )
    if people_of([duplicate, target]).filter(pk=by.pk).exists():
        raise NotAllowed(
            "You belong to one of these organisations, so somebody else must do this."
        )
    duplicate.invitations.filter(ended_at=None).update(ended_at=at)
    for membership in duplicate.memberships.select_related("user").order_by("pk"):
        is_new = _ask_at(target, membership, by=by, at=at)
        if membership.user.is_active:
            letters.send_about_membership(
                membership.user,
                "organisation_merged",
                membership,
                target=target.name,
                needs_confirmation=is_new,
            )
        if not membership.confirmed_at:
            membership.delete()
    organisation_additions.mark_merged(duplicate, target, by=by, at=at)
    return target


def _ask_at(
    target: Organisation, earlier: Membership, *, by: User, at: datetime
) -> bool:
    """Ask for the person at the organisation that is kept, unless they belong to it or
    have asked. Return whether it asked.
    """
    if target.memberships.filter(user=earlier.user).exists():
        return False
    membership = Membership.objects.create(
        user=earlier.user,
        organisation=target,
        standing=Standing.EDITOR,
        asked_at=at,
        job_title=earlier.job_title,
        how_to_check=earlier.how_to_check
        or f"Belongs to {earlier.organisation.name}, which was merged into this one.",
    )
    events.record(
        AccountsEvent.MEMBERSHIP_ASKED,
        target,
        by=by,
        at=at,
        data={
            "person": earlier.user.key,
            "standing": membership.standing,
            "office": "",
        },
    )
    for administrator in people_of([target], [Standing.ADMINISTRATOR]):
        letters.send_about_membership(administrator, "asked", membership)
    return True

"""What an organisation would lack without one of its people."""

from dataclasses import dataclass

from innovation.accounts.models import Membership, Standing
from innovation.accounts.policies import administrators_of, authorisers_of


@dataclass(frozen=True, slots=True)
class Gap:
    """Whether nobody else could act as its administrator, or sign for it."""

    administrator: bool
    authoriser: bool


def gap_without(membership: Membership) -> Gap:
    """What the others would lack without this person. The last person leaves none."""
    organisation = membership.organisation
    others = organisation.memberships.confirmed().exclude(pk=membership.pk)
    if not membership.confirmed_at or not others.exists():
        return Gap(administrator=False, authoriser=False)
    administrators = administrators_of(organisation).exclude(pk=membership.pk)
    authorisers = authorisers_of(organisation).exclude(pk=membership.pk)
    return Gap(
        administrator=membership.standing == Standing.ADMINISTRATOR
        and not administrators.exists(),
        authoriser=membership.may_sign and not authorisers.exists(),
    )

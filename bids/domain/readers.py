"""Who on the applicant's side hears about a case."""

from bids.models import Bid, Expression
from innovation.accounts.models import User


def readers(case: Expression | Bid) -> list[User]:
    """Everybody with a confirmed membership of the lead organisation."""
    return list(
        User.objects.filter(
            memberships__organisation=case.lead_id,
            memberships__confirmed_at__isnull=False,
            is_active=True,
        )
    )


def working_on(expression: Expression) -> list[User]:
    """The officials and coaches now assigned to the case."""
    return list(
        User.objects.filter(
            assignments__expression=expression,
            assignments__ended_at=None,
            is_active=True,
        )
    )

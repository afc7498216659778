"""Who on the applicant's side hears about a case."""

from bids import policies
from bids.models import Bid, Expression
from innovation.accounts.models import User


def readers(case: Expression | Bid) -> list[User]:
    """Everybody with a confirmed membership of the lead organisation."""
    return list(policies.people_of(case.lead))


def writers(case: Expression | Bid) -> list[User]:
    """Of those, whoever may write it."""
    return list(policies.people_of(case.lead, policies.WRITES))


def working_on(expression: Expression) -> list[User]:
    """The officials and coaches now assigned to the case."""
    return list(
        User.objects.filter(
            assignments__expression=expression,
            assignments__ended_at=None,
            is_active=True,
        )
    )

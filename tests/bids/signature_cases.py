"""Cases that somebody is asked to sign, for tests."""

from bids.domain import signature_requests
from bids.domain.queries.signature_requests import sign_off_of
from bids.models import Bid, Expression, SignatureRequest
from innovation.accounts.models import Standing, User
from innovation.accounts.policies import signers_of
from innovation.notifications.models import Letter
from innovation.notifications.rendering import render_letter
from tests.dates import MOMENT
from tests.factories import cases, users

Case = Expression | Bid


def editor(case: Case) -> User:
    return users.applicant(case.lead, Standing.EDITOR)


def ask(
    case: Case, *, of: User | None = None, by: User | None = None
) -> SignatureRequest:
    signer = of or cases.editor_of(case.lead)
    return signature_requests.ask(case, of=signer, by=by or editor(case), at=MOMENT)


def letters(kind: str) -> list[tuple[User | None, str]]:
    rows = Letter.objects.filter(kind=kind).order_by("pk")
    return [(row.recipient, render_letter(row)[1]) for row in rows]


def standing_of(case: Case) -> list[str]:
    """Whether it is signed, who is waited for, and whether it was declined."""
    current = sign_off_of(case, signers_of(case.lead))
    return [
        *(["signed"] if current.signature else []),
        *(["ended"] if current.ended else []),
        *("waiting" for _ in current.waiting),
        *(["declined"] if current.declined else []),
    ]

"""Due diligence on a case. What its round needs has to be satisfactory before a grant
is offered; awards from before the service never had an offer, and need none.
"""

from datetime import date, datetime

from django.db import transaction

from bids import policies
from bids.domain.queries import due_diligence as queries
from bids.events import BidsEvent
from bids.models import (
    Bid,
    DueDiligence,
    DueDiligenceArea,
    DueDiligenceState,
    Expression,
)
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core import limits
from innovation.core.clock import london_day
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.rows import lock_row
from innovation.documents.models import Document

PERMISSIONS = (Permission.TRIAGE, Permission.MANAGE_GRANTS)


@transaction.atomic
def add(
    expression: Expression,
    *,
    area: str,
    state: str,
    checked_on: date,
    finding: str,
    reference: str = "",
    document: Document | None = None,
    reason: str = "",
    by: User,
    at: datetime,
) -> DueDiligence:
    """Record what was found in an area. Once something was found, it is done again with
    a `reason`, and what was found before stays.
    """
    expression = lock_row(expression, "chain", "round")
    _require(by, expression)
    if expression.submitted_at is None:
        raise TooLate("This is still a draft, which only its applicant can see.")
    if checked_on > london_day(at):
        raise Invalid.field("checked_on", "Enter today’s date or one in the past")
    is_done = state != DueDiligenceState.UNDER_WAY
    if is_done and not reference.strip() and document is None:
        raise Invalid.field(
            "reference", "Enter where the evidence is, or select a document"
        )
    if document is not None and document.chain_id != expression.chain_id:
        raise Invalid.field("document", "Select a document of this case")
    if queries.findings_of(expression, area).is_settled and not reason.strip():
        raise Invalid.field("reason", "Enter why it was done again")
    _require_length("finding", finding)
    _require_length("reason", reason)
    row = DueDiligence.objects.create(
        expression=expression,
        area=area,
        state=state,
        checked_on=checked_on,
        finding=finding.rstrip(),
        reference=reference,
        document=document,
        reason=reason.rstrip(),
        recorded_by=by,
        recorded_at=at,
    )
    events.record(
        BidsEvent.EXPRESSION_DUE_DILIGENCE_RECORDED,
        expression,
        by=by,
        at=at,
        data={"area": DueDiligenceArea(area).label},
        stage="",
    )
    return row


def require_satisfactory(bid: Bid) -> None:
    """Refuse an offer while something that the round needs is not satisfactory."""
    findings = queries.of_case(bid.expression_id, bid.round.due_diligence)
    if sentence := queries.blocking(findings):
        raise Invalid.field(None, sentence)


def _require(by: User, expression: Expression) -> None:
    if not any(policies.may(by, each, expression) for each in PERMISSIONS):
        require_permission(by, *PERMISSIONS)
        raise NotAllowed("You do not work on this case, so you cannot do this.")


def _require_length(field: str, text: str) -> None:
    if len(text) > limits.MESSAGE:
        raise Invalid.field(field, f"Enter up to {limits.MESSAGE:,} characters")
    if field == "finding" and not text.strip():
        raise Invalid.field(field, "Enter what you found")

"""Terms and conditions of a round’s grants, in versions that never change."""

from datetime import datetime

from django.db import transaction

from bids.models import Round
from funding.events import FundingEvent
from funding.models import Terms
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.errors import Invalid
from innovation.core.rows import lock_row


@transaction.atomic
def publish(*, round: Round, text: str, by: User, at: datetime) -> Terms:
    """Add a version for offers from now on. Earlier offers keep theirs."""
    require_permission(by, Permission.MANAGE_GRANTS)
    round = lock_row(round, "chain")
    latest = latest_version(round)
    if not text.strip():
        raise Invalid.field("text", "Enter the terms and conditions")
    if latest is not None and latest.text == text.rstrip():
        raise Invalid.field("text", f"This is the same as version {latest.version}")
    terms = Terms.objects.create(
        round=round,
        version=latest.version + 1 if latest else 1,
        text=text.rstrip(),
        published_by=by,
        published_at=at,
    )
    data = {"round": round.key, "version": terms.version}
    events.record(FundingEvent.TERMS_PUBLISHED, terms, by=by, at=at, data=data)
    return terms


def latest_version(round: Round) -> Terms | None:
    """The version that an offer made now has."""
    return round.terms.order_by("-version").first()

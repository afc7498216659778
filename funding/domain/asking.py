"""What a grant waits for that only an authoriser of its holder can do, and the letter
with which a colleague asks them for it.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from funding.domain import award_support
from funding.domain.payments import CAN_BE_PAID
from funding.domain.variations import CAN_CHANGE
from funding.models import Award
from funding.policies import acts_for
from funding.states import AwardState, PaymentState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.core.errors import Invalid, NotAllowed
from innovation.core.formatting import written_date
from innovation.notifications import authorisers

CHANGE = "change"
_CLAIMED = (PaymentState.PLANNED, PaymentState.REFUSED)


def waiting(award: Award) -> Mapping[str, str]:
    """By what it is about, in words that follow “can” or “asks you to”."""
    found = {}
    if award.state == AwardState.OFFERED:
        found[award.key] = "accept or decline the offer"
    if award.state in CAN_BE_PAID:
        for payment in award.payments.filter(state__in=_CLAIMED):
            found[payment.key] = f"claim the payment due {written_date(payment.due_on)}"
    for report in award.monitoring_reports.filter(handed_in_at=None):
        found[report.key] = f"hand in the report on {report.period}"
    return found


def acts(award: Award) -> Mapping[str, str]:
    """What waits, and what they can do of their own accord."""
    if award.state not in CAN_CHANGE:
        return waiting(award)
    return {**waiting(award), CHANGE: "ask the department for a change"}


@transaction.atomic
def ask(award: Award, *, act: str, by: User, at: datetime) -> None:
    """Write to the authorisers of the organisation that holds the grant."""
    require_permission(by, Permission.RESPOND_TO_OFFER)
    award = award_support.lock(award)
    if award.lead is None or not acts_for(by, award):
        raise NotAllowed("You can read this grant but not act on it.")
    words = acts(award).get(act)
    if words is None:
        raise Invalid.field("act", "Select what they should do")
    authorisers.ask(
        award.lead,
        "grant_act_asked",
        about=f"{award.key} {act}",
        chain=award.chain,
        subject=award.key,
        facts={"title": award.title, "reference": award.key, "act": words},
        by=by,
        at=at,
    )

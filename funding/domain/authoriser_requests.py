"""Steps of a grant that only an authoriser of its holder can take, and the letter with
which a colleague asks for them.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from funding.domain.monitoring import RUNNING_STATES
from funding.domain.payments import PAYABLE_STATES
from funding.domain.variations import VARIABLE_STATES
from funding.models import Award
from funding.policies import may_write_for
from funding.states import PAYMENT, AwardState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.core.clock import london_day
from innovation.core.errors import Invalid, NotAllowed
from innovation.core.formatting import format_date
from innovation.core.rows import lock_row
from innovation.notifications import authorisers

CHANGE = "change"


def pending_acts(award: Award, today: date) -> Mapping[str, str]:
    """The pending steps, as words that follow “can” or “asks you to”."""
    acts = {}
    if award.state == AwardState.OFFERED:
        acts[award.key] = "accept or decline the offer"
    if award.state in PAYABLE_STATES:
        due = award.payments.filter(due_on__lte=today)
        for payment in due.filter(state__in=PAYMENT.sources("request")):
            acts[payment.key] = f"claim the payment due {format_date(payment.due_on)}"
    if award.state in RUNNING_STATES:
        for report in award.monitoring_reports.filter(handed_in_at=None):
            acts[report.key] = f"hand in the report on {report.period}"
    return acts


def possible_acts(award: Award, today: date) -> Mapping[str, str]:
    """The pending steps, and others that an authoriser can take."""
    if award.state not in VARIABLE_STATES:
        return pending_acts(award, today)
    return {**pending_acts(award, today), CHANGE: "ask the department for a change"}


@transaction.atomic
def request_act(award: Award, *, act: str, by: User, at: datetime) -> None:
    """Write to the authorisers of the grant's holder."""
    require_permission(by, Permission.RESPOND_TO_OFFER)
    award = lock_row(award)
    if award.lead is None or not may_write_for(by, award):
        raise NotAllowed("You can read this grant but not act on it.")
    words = possible_acts(award, london_day(at)).get(act)
    if words is None:
        raise Invalid.field("act", "Select what they should do")
    authorisers.write_to_authorisers(
        award.lead,
        "grant_act_asked",
        about=f"{award.key} {act}",
        chain=award.chain,
        subject=award.key,
        facts={"title": award.title, "reference": award.key, "act": words},
        by=by,
        at=at,
    )

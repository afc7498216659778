"""Variations of a grant: requested by the recipient, answered with a reason."""

from datetime import datetime

from django.db import transaction

from funding.domain import award_support
from funding.events import FundingEvent
from funding.models import Award, Variation
from funding.policies import require_authoriser
from funding.states import VARIATION, AwardState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.errors import Invalid, TooLate
from innovation.core.rows import lock_row

VARIABLE_STATES = {
    AwardState.ACCEPTED,
    AwardState.ACTIVE,
    AwardState.SUSPENDED,
    AwardState.CLOSING,
}


@transaction.atomic
def ask(
    award: Award, *, what_changes: str, reason: str, by: User, at: datetime
) -> Variation:
    award = lock_row(award)
    require_authoriser(by, award)
    if award.state not in VARIABLE_STATES:
        raise TooLate("You can ask for a change while the grant is running.")
    problems: dict[str | None, list[str]] = {}
    if not what_changes.strip():
        problems["what_changes"] = ["Enter what would change"]
    if not reason.strip():
        problems["reason"] = ["Enter why"]
    if problems:
        raise Invalid(problems)
    variation = Variation.objects.create(
        award=award, what_changes=what_changes, reason=reason, asked_by=by, asked_at=at
    )
    events.record(
        FundingEvent.VARIATION_ASKED, variation, by=by, at=at, data={"award": award.key}
    )
    return variation


@transaction.atomic
def agree(
    variation: Variation, *, by: User, at: datetime, answer: str = ""
) -> Variation:
    return _answer(
        variation, "agree", FundingEvent.VARIATION_AGREED, answer, by=by, at=at
    )


@transaction.atomic
def refuse(variation: Variation, *, answer: str, by: User, at: datetime) -> Variation:
    if not answer.strip():
        raise Invalid.field("answer", "Enter why it is refused")
    return _answer(
        variation, "refuse", FundingEvent.VARIATION_REFUSED, answer, by=by, at=at
    )


def _answer(
    variation: Variation,
    verb: str,
    event: FundingEvent,
    answer: str,
    *,
    by: User,
    at: datetime,
) -> Variation:
    require_permission(by, Permission.MANAGE_GRANTS)
    award = lock_row(variation.award)
    variation = lock_row(variation)
    variation.award = award
    variation.state = VARIATION.next(verb, variation.state)
    variation.answer = answer
    variation.answered_by = by
    variation.answered_at = at
    variation.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    events.record(event, variation, by=by, at=at, data={"award": award.key})
    award_support.notify_holders(
        "variation_answered", award, at, state=variation.state, answer=answer
    )
    return variation

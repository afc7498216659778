"""Changes to what was agreed: asked for by the recipient, answered with a reason."""

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
    award = award_support.lock(award)
    require_authoriser(by, award)
    if award.state not in VARIABLE_STATES:
        raise TooLate("A change can be asked for while the grant runs.")
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
    _record(award, variation, FundingEvent.VARIATION_ASKED, by=by, at=at)
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
    award = award_support.lock(variation.award)
    variation = Variation.objects.select_for_update(of=("self",)).get(pk=variation.pk)
    variation.state = VARIATION.next(verb, variation.state)
    variation.answer = answer
    variation.answered_by = by
    variation.answered_at = at
    variation.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    _record(award, variation, event, by=by, at=at)
    award_support.notify_holders(
        "variation_answered", award, at, state=variation.state, answer=answer
    )
    return variation


def _record(
    award: Award, variation: Variation, event: FundingEvent, *, by: User, at: datetime
) -> None:
    events.record(
        award.chain,
        event,
        subject=variation.key,
        by=by,
        at=at,
        data={"award": award.key},
    )

"""How a criterion of a round changes: freely until it was used, and then only as a new
version with a reason. What it said before is kept, and bids whose last score was given
before keep the weight with which they were scored.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bids.domain import round_changes, rounds
from bids.events import BidsEvent
from bids.models import Criterion, CriterionVersion, Round
from innovation.accounts.models import User
from innovation.audit import events
from innovation.core.errors import Invalid

FIXED_ONCE_USED = ("name", "min_score", "max_score")


@transaction.atomic
def change(
    criterion: Criterion,
    *,
    facts: Mapping[str, object],
    reason: str = "",
    by: User,
    at: datetime,
) -> Criterion:
    """Change a criterion; facts that are not given stay as they are. The `reason` is
    needed once people were scored, or had feedback, by the round's criteria.
    """
    round = rounds.lock(criterion.round, by)
    criterion = round.criteria.get(pk=criterion.pk)
    changed = [name for name in facts if facts[name] != getattr(criterion, name)]
    if not changed:
        return criterion
    is_used = bool(round_changes.used_criteria_reason(round))
    if is_used:
        _keep_version(criterion, changed, reason, by, at)
    for name in changed:
        setattr(criterion, name, facts[name])
    rounds.check_part(criterion)
    criterion.save(update_fields=changed)
    events.record(
        BidsEvent.ROUND_CRITERION_CHANGED,
        round,
        by=by,
        at=at,
        data={"criterion": criterion.pk, "changed": changed, "new_version": is_used},
    )
    return criterion


def in_order(round: Round) -> list[Criterion]:
    """The criteria with their earlier versions."""
    return list(round.criteria.prefetch_related("versions"))


def _keep_version(
    criterion: Criterion, changed: list[str], reason: str, by: User, at: datetime
) -> None:
    fixed = next((name for name in FIXED_ONCE_USED if name in changed), None)
    if fixed is not None:
        raise Invalid.field(
            fixed, "This cannot change: people were scored by this criterion"
        )
    if not reason.strip():
        raise Invalid.field("reason", "Enter why you are changing this criterion")
    CriterionVersion.objects.create(
        criterion=criterion,
        description=criterion.description,
        guidance=criterion.guidance,
        weight=criterion.weight,
        reason=reason.rstrip(),
        replaced_by=by,
        replaced_at=at,
    )

"""Takes the same step for several cases at once, each by one domain call.

An action that writes letters waits until the pause has ended: a job then takes the step
for each case in a transaction of its own. Until then nothing has happened to the case,
and whoever may take the step may call it off.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from bids import policies
from bids.domain import expressions
from bids.domain.batch_actions import ACTIONS, BatchAction, Options
from bids.events import BidsEvent
from bids.models import Batch, BatchCase, Expression
from bids.models.batch import PLANNED
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.audit import events
from innovation.core.errors import DomainError, Invalid, NotAllowed, TooLate
from innovation.core.formatting import format_moment
from innovation.core.rows import lock_row

_log = structlog.get_logger(__name__)
_REFUSAL = 1_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would happen: to these cases, and why not to those."""

    included: Mapping[Expression, Options]
    excluded: Mapping[Expression, str]


def pause() -> timedelta:
    """For how long an action that writes letters can be called off."""
    return timedelta(minutes=settings.BATCH_PAUSE_MINUTES)


def propose(action: BatchAction, cases: Mapping[Expression, Options]) -> Proposal:
    reasons = _reasons(action, cases)
    return Proposal(
        {case: options for case, options in cases.items() if case.pk not in reasons},
        {case: reasons[case.pk] for case in cases if case.pk in reasons},
    )


@transaction.atomic
def make(
    action: BatchAction,
    cases: Mapping[Expression, Options],
    *,
    by: User,
    at: datetime,
) -> Batch:
    """Take the step for these cases, or plan it. Cases that can no longer be included
    are in the batch with the reason.
    """
    if not cases:
        raise Invalid.field(None, "Select at least one case in the list of cases")
    options = {case.pk: chosen for case, chosen in cases.items()}
    locked = {case: options[case.pk] for case in _lock(options)}
    for case in locked:
        policies.require(by, action.permission, case)
    reasons = _reasons(action, locked)
    if len(reasons) == len(locked):
        raise Invalid.field(None, "None of these cases can be included any more")
    batch = Batch.objects.create(
        action=action.name,
        made_by=by,
        made_at=at,
        due_at=at + pause() if action.waits else at,
    )
    for case, chosen in locked.items():
        reason = reasons.get(case.pk, "")
        is_done = not reason and not action.waits
        row = BatchCase.objects.create(
            batch=batch,
            expression=case,
            options=chosen,
            refusal=reason[:_REFUSAL],
            done_at=at if is_done else None,
        )
        if is_done:
            action.carry_out(case, chosen, by, at)
        else:
            _record_plan(row, by=by, at=at)
    return batch


@transaction.atomic
def undo(
    batch: Batch, *, keys: Collection[str] = (), by: User, at: datetime
) -> list[BatchCase]:
    """Call off what has not been done yet, or take back what was, for the cases of the
    batch that the user can open: those with these keys, or all.
    """
    action = ACTIONS[batch.action]
    require_permission(by, action.permission)
    rows = cases_of(batch, by).order_by("expression_id")
    if keys:
        rows = rows.filter(expression__key__in=keys)
    undone = [row for row in rows if _undo_case(row, action, by=by, at=at)]
    if not undone:
        raise TooLate(
            "This can no longer be undone: it has been done and the letters have left."
            if action.waits
            else "This has already been undone."
        )
    return undone


def _undo_case(row: BatchCase, action: BatchAction, *, by: User, at: datetime) -> bool:
    case = expressions.lock(row.expression)
    policies.require(by, action.permission, case)
    row = lock_row(row, "batch")
    if not can_be_undone(row):
        return False
    row.undone_by, row.undone_at = by, at
    row.save(update_fields=["undone_by", "undone_at"])
    if row.done_at is None:
        data = _facts(row)
        events.record(
            BidsEvent.EXPRESSION_STEP_CALLED_OFF,
            case,
            by=by,
            at=at,
            data=data,
            stage="",
        )
    elif action.take_back is not None:
        action.take_back(case, row.options, by, at)
    return True


def can_be_undone(row: BatchCase) -> bool:
    """Whether the step is planned, or is done and left no letter."""
    action = ACTIONS[row.batch.action]
    return row.is_planned or (row.is_done and action.take_back is not None)


def cases_of(batch: Batch, user: User) -> QuerySet[BatchCase]:
    """Those that the user can open."""
    rows = batch.cases.filter(expression__in=policies.cases_for(user).values("pk"))
    return rows.select_related(
        "batch", "expression__lead", "expression__chain", "expression__round"
    )


def planned_for(expression: int) -> QuerySet[BatchCase]:
    """The step that is planned for the expression with this id, if there is one."""
    rows = BatchCase.objects.filter(PLANNED, expression=expression)
    return rows.select_related("batch__made_by")


def carry_out_due(*, at: datetime) -> int:
    """Take the steps whose pause has ended. Return how many cases were looked at."""
    due = BatchCase.objects.filter(PLANNED, batch__due_at__lte=at)
    ids = list(due.order_by("batch__due_at", "pk").values_list("pk", flat=True))
    for pk in ids:
        try:
            _carry_out(pk, at=at)
        except Exception as error:
            # It stays planned, and the next run tries again.
            _log.exception("step_not_taken", case=pk, error=type(error).__name__)
    return len(ids)


@transaction.atomic
def _carry_out(pk: int, *, at: datetime) -> None:
    row = BatchCase.objects.select_related("expression").get(pk=pk)
    case = expressions.lock(row.expression)
    row = lock_row(row, "batch__made_by")
    if not row.is_planned:
        return
    by = row.batch.made_by
    try:
        with transaction.atomic():
            _require_access(by, case)
            row.done_at = at
            row.save(update_fields=["done_at"])
            ACTIONS[row.batch.action].carry_out(case, row.options, by, at)
    except (Invalid, NotAllowed, TooLate) as error:
        _refuse(row, case, error, at=at)


def _refuse(
    row: BatchCase, case: Expression, error: DomainError, *, at: datetime
) -> None:
    row.done_at, row.refusal = None, error.sentence[:_REFUSAL]
    row.save(update_fields=["refusal"])
    events.record(
        BidsEvent.EXPRESSION_STEP_REFUSED,
        case,
        by=row.batch.made_by,
        at=at,
        data=_facts(row),
        stage="",
    )


def _require_access(user: User, case: Expression) -> None:
    """Whoever planned it may have left since, or declared an interest."""
    can_open = user.is_active and policies.cases_for(user).filter(pk=case.pk).exists()
    if not can_open:
        raise NotAllowed("Whoever planned this can no longer open the case.")


def _reasons(
    action: BatchAction, cases: Mapping[Expression, Options]
) -> dict[int, str]:
    if not cases:
        return {}
    planned = BatchCase.objects.filter(
        PLANNED, expression__in=[case.pk for case in cases]
    )
    reasons = {
        row.expression_id: f"“{row.batch.get_action_display()}” is already planned for "
        f"it, {format_moment(row.batch.due_at)}"
        for row in planned.select_related("batch")
    }
    return reasons | dict(action.reasons(cases))


def _record_plan(row: BatchCase, *, by: User, at: datetime) -> None:
    name = (
        BidsEvent.EXPRESSION_STEP_REFUSED
        if row.refusal
        else BidsEvent.EXPRESSION_STEP_PLANNED
    )
    events.record(name, row.expression, by=by, at=at, data=_facts(row), stage="")


def _facts(row: BatchCase) -> dict[str, object]:
    return {"batch": row.batch.key, "step": str(row.batch.action)}


def _lock(ids: Collection[int]) -> list[Expression]:
    """In one order, so that two people never wait for each other."""
    rows = Expression.objects.filter(pk__in=ids).select_related("chain", "round")
    return list(rows.select_for_update(of=("self",)).order_by("pk"))

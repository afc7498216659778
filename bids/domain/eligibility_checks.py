"""The eligibility checks of a round, and what officials find of them on a case.

What the applicant’s side asks before it starts is in `bids/domain/eligibility.py`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from bids import policies
from bids.domain import rounds
from bids.domain.queries import eligibility_checks as queries
from bids.events import BidsEvent
from bids.models import (
    CheckOutcome,
    CheckResult,
    EligibilityCheck,
    Expression,
    Round,
)
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core import limits
from innovation.core.errors import Invalid, TooLate
from innovation.core.rows import lock_row

FACTS = ("wording", "guidance", "position")
USED = (
    "Cases were checked by it, so its words stay. End it with a reason and add another."
)


class Finding(NamedTuple):
    """What somebody found of a check. A note is needed unless it is met."""

    outcome: str
    note: str = ""


@transaction.atomic
def add(
    round: Round, *, facts: Mapping[str, object], by: User, at: datetime
) -> EligibilityCheck:
    """Add a check. Cases of the round that were not checked yet have it from now on."""
    round = rounds.lock(round, by)
    check = EligibilityCheck(round=round)
    _set_facts(check, facts)
    check.save()
    _record(BidsEvent.ROUND_CHECK_ADDED, check, by=by, at=at)
    return check


@transaction.atomic
def change(
    check: EligibilityCheck, *, facts: Mapping[str, object], by: User, at: datetime
) -> EligibilityCheck:
    """Change its words, until a case was checked by it, and its place at any time."""
    check = lock(check, by)
    changed = [
        name for name in FACTS if facts.get(name, _of(check, name)) != _of(check, name)
    ]
    words = [name for name in changed if name != "position"]
    if words and is_used(check):
        raise Invalid.field(words[0], USED)
    if changed:
        _set_facts(check, facts)
        check.save(update_fields=changed)
        _record(BidsEvent.ROUND_CHECK_CHANGED, check, by=by, at=at, changed=changed)
    return check


@transaction.atomic
def end(
    check: EligibilityCheck, *, reason: str, by: User, at: datetime
) -> EligibilityCheck:
    """End it: no other case needs it. Cases that were checked by it still say so."""
    check = lock(check, by)
    check.ended_because = _require_text("reason", reason, "why this check ends")
    check.ended_by, check.ended_at = by, at
    check.save(update_fields=["ended_because", "ended_by", "ended_at"])
    _record(BidsEvent.ROUND_CHECK_ENDED, check, by=by, at=at)
    return check


def lock(check: EligibilityCheck, user: User) -> EligibilityCheck:
    """The check of its locked round, if it has not ended."""
    round = rounds.lock(check.round, user)
    check = round.eligibility_checks.get(pk=check.pk)
    if check.ended_at is not None:
        raise TooLate("This check has ended.")
    return check


def is_used(check: EligibilityCheck) -> bool:
    return CheckResult.objects.filter(eligibility_check=check).exists()


@transaction.atomic
def record_results(
    expression: Expression,
    *,
    findings: Mapping[int, Finding],
    by: User,
    at: datetime,
) -> list[CheckResult]:
    """Record what was found of checks of the case, by their ids, which nobody has
    recorded before. What is not given stays to be recorded.
    """
    expression = _lock_case(expression, by)
    results = []
    for checked in queries.of_case(expression.pk, expression.round_id):
        finding = findings.get(checked.check.pk)
        if finding is None:
            continue
        if checked.result is not None:
            raise TooLate(
                f"Somebody has recorded “{checked.check.wording}” already. "
                "You can correct it."
            )
        results.append(_save(expression, checked.check, finding, by=by, at=at))
    if not results:
        raise Invalid.field(None, "Record at least one check")
    events.record(
        BidsEvent.EXPRESSION_CHECKED,
        expression,
        by=by,
        at=at,
        data={"outcomes": {row.eligibility_check.key: row.outcome for row in results}},
        stage="",
    )
    return results


@transaction.atomic
def correct(
    result: CheckResult,
    *,
    outcome: str,
    note: str,
    reason: str,
    by: User,
    at: datetime,
) -> CheckResult:
    """Record another result of the check, with the reason. This one stays, too."""
    expression, check = _lock_case(result.expression, by), result.eligibility_check
    reason = _require_text("reason", reason, "why you are correcting it")
    require_current(result)
    finding = Finding(outcome, note)
    corrected = _save(expression, check, finding, reason=reason, by=by, at=at)
    events.record(
        BidsEvent.EXPRESSION_CHECK_CORRECTED,
        expression,
        by=by,
        at=at,
        data={"outcomes": {check.key: outcome}},
        stage="",
    )
    return corrected


def require_current(result: CheckResult) -> None:
    if not queries.current_results().filter(pk=result.pk).exists():
        raise TooLate("Somebody has corrected this check already.")


def _lock_case(expression: Expression, by: User) -> Expression:
    expression = lock_row(expression, "chain")
    policies.require(by, Permission.TRIAGE, expression)
    if expression.submitted_at is None:
        raise TooLate("This is still a draft, which only its applicant can see.")
    return expression


def _save(
    expression: Expression,
    check: EligibilityCheck,
    finding: Finding,
    *,
    reason: str = "",
    by: User,
    at: datetime,
) -> CheckResult:
    note = finding.note.rstrip()
    if finding.outcome != CheckOutcome.MET:
        note = _require_text(
            f"note_{check.pk}",
            note,
            f"why “{check.wording}” is not met, or what you cannot tell",
        )
    return CheckResult.objects.create(
        eligibility_check=check,
        expression=expression,
        outcome=finding.outcome,
        note=note,
        reason=reason,
        recorded_by=by,
        recorded_at=at,
    )


def _set_facts(check: EligibilityCheck, facts: Mapping[str, object]) -> None:
    for name in FACTS:
        if name in facts:
            setattr(check, name, facts[name])
    if not check.wording.strip():
        raise Invalid.field("wording", "Enter what is checked")


def _of(check: EligibilityCheck, name: str) -> object:
    return getattr(check, name)


def _require_text(field: str, text: str, what: str) -> str:
    if not text.strip() or len(text) > limits.COMMENT:
        raise Invalid.field(
            field, f"Enter {what}, in up to {limits.COMMENT:,} characters"
        )
    return text.rstrip()


def _record(
    event: BidsEvent, check: EligibilityCheck, *, by: User, at: datetime, **data: object
) -> None:
    data = {"check": check.key, **data}
    events.record(event, check.round, by=by, at=at, data=data)

"""Corrections and retractions of imported cases.

One person asks, with a reason; another, who has seen each public figure before and
after, confirms or refuses. A corrected case keeps its key. Its former value stays in
the correction, and the figures and the project's page say that they were revised.
"""

from datetime import datetime

from django.db import transaction

from bids.domain import historic_expressions
from bids.events import BidsEvent
from bids.models import Expression
from bids.models.application import REFERENCES
from bids.states import EXPRESSION
from funding import policies
from funding.domain import published_awards, revisions
from funding.domain.importing import (
    corrected_rows,
    corrected_values,
    figure_changes,
    stored_cases,
)
from funding.domain.importing.new_organisations import NewOrganisations
from funding.domain.importing.planned_case import PlannedCase
from funding.domain.revisions import Effect
from funding.events import FundingEvent
from funding.models import Award, Correction, ImportedCase
from funding.models.correction import RETRACTION
from funding.states import AWARD, CORRECTION, AwardState, CorrectionState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events, figures
from innovation.audit.event_names import EventName
from innovation.core import clock
from innovation.core.errors import Invalid, TooLate
from innovation.core.rows import lock_row
from innovation.notifications import letters

Case = Award | Expression


_MOVED_COLUMNS = ("outcome", "lead organisation", "round")
"""Columns of an expression on which later steps depend, and who may see them."""


def case_of(imported: ImportedCase) -> Case:
    """The case that a row of a sheet became."""
    awards = Award.objects.select_related("round", "lead", "idea_type", "chain")
    award = awards.filter(key=imported.subject).first()
    if award is not None:
        return award
    expressions = Expression.objects.select_related(
        "chain", "round", "lead", *REFERENCES
    )
    return expressions.get(key=imported.subject)


def require_correctable(case: Case) -> None:
    """Require a case that somebody can ask to correct or to retract."""
    _require_state(case)
    if case.corrections.filter(state=CorrectionState.WAITING).exists():
        raise TooLate(
            "Somebody has already asked to correct this case. Confirm or refuse that "
            "first."
        )


@transaction.atomic
def correct(
    imported: ImportedCase,
    *,
    column: str,
    value: str,
    reason: str,
    by: User,
    at: datetime,
) -> Correction:
    """Ask for a correction of one column: `value` is what a sheet would have there."""
    case = _lock_case(imported, by)
    if column not in corrected_rows.columns_of(case):
        raise Invalid.field("column", "Select what is wrong")
    stored = stored_cases.read(case)
    before = corrected_values.text(stored, column)
    after = corrected_values.text(_read(case, stored, column, value, at), column)
    if before == after:
        raise Invalid.field("value", "This is what the case already says")
    correction = Correction(
        sheet_column=column, value=value, before=before, after=after
    )
    return _ask(correction, case, reason, by, at)


@transaction.atomic
def retract(
    imported: ImportedCase, *, reason: str, by: User, at: datetime
) -> Correction:
    """Ask for a case to be taken back that should not have been imported."""
    case = _lock_case(imported, by)
    return _ask(Correction(sheet_column=RETRACTION), case, reason, by, at)


def preview(correction: Correction, *, at: datetime) -> Effect:
    """What would change of the public figures now. Nothing is written."""
    stored = stored_cases.read(correction.case)
    return figure_changes.effect_of_correction(
        stored, _plan(correction, stored, at), today=clock.london_day(at)
    )


@transaction.atomic
def confirm(
    correction: Correction, *, effect_digest: str, by: User, at: datetime
) -> Correction:
    """Carry a correction out. `effect_digest` is that of the effect that this person
    has seen: if the past figures have moved since, raise `Invalid`.
    """
    require_permission(by, Permission.IMPORT_CASES)
    correction = _lock_waiting(correction)
    policies.require_may_confirm_correction(by, correction)
    case = lock_row(correction.case, "chain", "round")
    _require_state(case)
    revisions.lock_imported_cases()
    stored = stored_cases.read(case)
    planned = _plan(correction, stored, at)
    effect = figure_changes.effect_of_correction(
        stored, planned, today=clock.london_day(at)
    )
    revisions.require_seen(effect, effect_digest)
    _answer(correction, "confirm", "", by, at)
    if planned is None:
        _retract(case, correction, by, at)
    else:
        _correct(case, planned, correction, by, at)
    _recount(case, stored, planned, by)
    _restate(case, planned, correction, by)
    revisions.record(effect, case, by=by, at=at)
    _notify_asker(correction, at)
    return correction


@transaction.atomic
def refuse(
    correction: Correction, *, reason: str, by: User, at: datetime
) -> Correction:
    """Refuse a correction. Whoever asked for it can do this too, to take it back."""
    require_permission(by, Permission.IMPORT_CASES)
    correction = _lock_waiting(correction)
    if not reason.strip():
        raise Invalid.field("reason", "Enter why it is refused")
    _answer(correction, "refuse", reason.strip(), by, at)
    events.record(
        FundingEvent.CORRECTION_REFUSED,
        correction,
        by=by,
        at=at,
        data=_event_data(correction),
    )
    _notify_asker(correction, at)
    return correction


def _lock_waiting(correction: Correction) -> Correction:
    correction = lock_row(correction, "asked_by", "award", "expression")
    policies.require_waiting(correction)
    return correction


def _lock_case(imported: ImportedCase, by: User) -> Case:
    require_permission(by, Permission.IMPORT_CASES)
    case = lock_row(case_of(imported), "chain")
    require_correctable(case)
    return case


def _require_state(case: Case) -> None:
    if isinstance(case, Award):
        AWARD.next("retract", case.state)
        return
    EXPRESSION.next("retract", case.state)
    if hasattr(case, "bid"):
        raise TooLate("This case has a bid by now, so it cannot be corrected here.")


def _ask(
    correction: Correction, case: Case, reason: str, by: User, at: datetime
) -> Correction:
    if not reason.strip():
        raise Invalid.field("reason", "Enter the reason")
    correction.award = case if isinstance(case, Award) else None
    correction.expression = case if isinstance(case, Expression) else None
    correction.reason, correction.asked_by, correction.asked_at = reason.strip(), by, at
    correction.save()
    events.record(
        FundingEvent.CORRECTION_ASKED,
        correction,
        by=by,
        at=at,
        data=_event_data(correction),
    )
    return correction


def _answer(
    correction: Correction, verb: str, answer: str, by: User, at: datetime
) -> None:
    correction.state = CORRECTION.next(verb, correction.state)
    correction.answered_by, correction.answered_at = by, at
    correction.answer = answer
    correction.save(update_fields=["state", "answered_by", "answered_at", "answer"])


def _plan(
    correction: Correction, stored: PlannedCase, at: datetime
) -> PlannedCase | None:
    """The case with the right value; `None` for a retraction."""
    if correction.is_retraction:
        return None
    try:
        return _read(
            correction.case, stored, correction.sheet_column, correction.value, at
        )
    except Invalid as problem:
        raise TooLate(
            f"This value can no longer be taken, so refuse the correction. {problem}"
        ) from None


def _read(
    case: Case, stored: PlannedCase, column: str, value: str, at: datetime
) -> PlannedCase:
    if isinstance(case, Expression):
        _require_unmoved(case, column)
    today = clock.london_day(at)
    planned = corrected_values.read(stored, column, value, today=today)
    if planned.ended_on and planned.on and planned.on > planned.ended_on:
        raise Invalid.field("value", "Write a day that is not after its outcome")
    if isinstance(case, Award) and _is_recorded(planned, except_for=case):
        raise Invalid.field("value", "This award has already been recorded")
    return planned


def _require_unmoved(expression: Expression, column: str) -> None:
    if column in _MOVED_COLUMNS and historic_expressions.has_moved(expression):
        raise Invalid.field(
            "column",
            f"People have worked on this case since it was imported, so its {column} "
            "cannot be corrected. Retract the case, and import it again under "
            "another id",
        )


def _is_recorded(planned: PlannedCase, *, except_for: Award) -> bool:
    same = Award.objects.filter(
        title=planned.title,
        round=planned.round,
        lead_as_published=planned.lead_as_written,
        state=AwardState.RECORDED,
    )
    return same.exclude(pk=except_for.pk).exists()


def _retract(case: Case, correction: Correction, by: User, at: datetime) -> None:
    if isinstance(case, Award):
        case.state, case.announced_on = AWARD.next("retract", case.state), None
        case.revised_on = clock.london_day(at)
        case.save(update_fields=["state", "announced_on", "revised_on"])
        published_awards.adjust_money(case, correction.key, at=at)
        name: EventName = FundingEvent.AWARD_RETRACTED
    else:
        case.state = EXPRESSION.next("retract", case.state)
        case.save(update_fields=["state"])
        name = BidsEvent.EXPRESSION_RETRACTED
    events.record(name, case, by=by, at=at, data=_event_data(correction))


def _correct(
    case: Case, planned: PlannedCase, correction: Correction, by: User, at: datetime
) -> None:
    new = NewOrganisations(f"correction {correction.key}", by, at)
    if isinstance(case, Award):
        corrected_rows.write_award(case, correction.sheet_column, planned, new)
        published_awards.adjust_money(case, correction.key, at=at)
        name: EventName = FundingEvent.AWARD_CORRECTED
    else:
        corrected_rows.write_expression(case, correction.sheet_column, planned, new)
        name = BidsEvent.EXPRESSION_CORRECTED
    events.record(name, case, by=by, at=at, data=_event_data(correction), stage="")


def _restate(
    case: Case, planned: PlannedCase | None, correction: Correction, by: User
) -> None:
    """State from when a past expression has had its stage, if that was corrected."""
    if planned is None or planned.on is None or not isinstance(case, Expression):
        return
    is_dated = correction.sheet_column in {"date", "outcome"}
    if is_dated and not historic_expressions.has_moved(case):
        sent_at = clock.end_of_day(planned.on)
        historic_expressions.restate(case, planned.ended_on, by=by, at=sent_at)


def _recount(
    case: Case, before: PlannedCase, after: PlannedCase | None, by: User
) -> None:
    """Take the case out of the figures of its former day, and count it as it is now."""
    removed = figure_changes.count_of(before)
    added = figure_changes.count_of(after) if after else None
    if added == removed:
        return
    name = (
        FundingEvent.AWARD_RECOUNTED
        if isinstance(case, Award)
        else BidsEvent.EXPRESSION_RECOUNTED
    )
    for count, times in ((removed, -1), (added, 1)):
        if count is not None:
            events.record(
                name,
                case,
                by=by,
                at=clock.end_of_day(count.day),
                tally=figures.multiply(count.tally, times),
                stage="",
            )


def _notify_asker(correction: Correction, at: datetime) -> None:
    if correction.asked_by_id != correction.answered_by_id:
        letters.queue(
            "correction_answered",
            to=[correction.asked_by],
            chain=correction.chain,
            subject=correction.key,
            at=at,
            facts={
                "confirmed": correction.state == CorrectionState.DONE,
                "answer": correction.answer,
                "reference": correction.case.key,
            },
        )


def _event_data(correction: Correction) -> dict[str, object]:
    return {"correction": correction.key, "column": correction.sheet_column}

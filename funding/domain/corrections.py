"""Corrections and retractions of imported cases.

One person asks, with a reason; another, who has seen each public figure before and
after, confirms or refuses. A corrected case keeps its key. Its former value stays in
the correction, and the figures and the project's page say that they were revised.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bids.domain import historic_expressions
from bids.events import BidsEvent
from bids.models import Expression
from bids.states import EXPRESSION
from funding import policies
from funding.domain import published_awards, revisions
from funding.domain.importing import corrected_values
from funding.domain.importing.planned_case import PlannedCase
from funding.domain.revisions import Effect, FundedProject
from funding.events import FundingEvent
from funding.models import Award, Correction, ImportedCase
from funding.models.correction import RETRACTION
from funding.states import AWARD, CORRECTION, CorrectionState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events, figures
from innovation.core import clock
from innovation.core.errors import Invalid, TooLate
from innovation.core.money import Money
from innovation.core.rows import lock_row
from innovation.notifications import letters

Case = Award | Expression


@dataclass(frozen=True, slots=True)
class _Counted:
    """How a case counts."""

    day: date
    tally: events.TallyChange
    project: FundedProject | None


def case_of(imported: ImportedCase) -> Case:
    """The case that a row of a sheet became."""
    awards = Award.objects.select_related("round", "lead", "idea_type", "chain")
    award = awards.filter(key=imported.subject).first()
    if award is not None:
        return award
    return Expression.objects.select_related("chain", "round", "lead").get(
        key=imported.subject
    )


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
    planned = _read(case, column, value, at)
    before = corrected_values.text_of(case, column)
    after = corrected_values.planned_text(planned, column)
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
    return _effect(correction.case, _plan(correction, at), correction, at)


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
    case = lock_row(correction.case, "chain")
    _require_state(case)
    revisions.lock_imported_cases()
    planned = _plan(correction, at)
    effect = _effect(case, planned, correction, at)
    revisions.require_seen(effect, effect_digest)
    counted_before = _counted(case)
    _answer(correction, "confirm", "", by, at)
    if isinstance(case, Award):
        _change_award(case, planned, correction, by, at)
    else:
        _change_expression(case, planned, correction, by, at)
    _recount(case, counted_before, None if planned is None else _counted(case), by)
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


def _plan(correction: Correction, at: datetime) -> PlannedCase | None:
    """The case with the right value; `None` for a retraction."""
    if correction.is_retraction:
        return None
    return _read(correction.case, correction.sheet_column, correction.value, at)


def _read(case: Case, column: str, value: str, at: datetime) -> PlannedCase:
    planned = corrected_values.read(case, column, value, today=clock.london_day(at))
    if column == "title" and isinstance(case, Award):
        same = Award.objects.filter(
            title=planned.title,
            round=case.round_id,
            lead_as_published=case.lead_as_published,
            state=case.state,
        )
        if same.exclude(pk=case.pk).exists():
            raise Invalid.field("value", "This award has already been recorded")
    if column == "date" and isinstance(case, Expression):
        recorded = case.chain.events.get(name=BidsEvent.EXPRESSION_RECORDED)
        ended_on = recorded.data.get("ended_on")
        if ended_on and planned.on and planned.on.isoformat() > ended_on:
            raise Invalid.field("value", "Write a day that is not after its outcome")
    return planned


def _counted(case: Case) -> _Counted:
    day = corrected_values.day_of(case)
    if not isinstance(case, Award):
        return _Counted(day, historic_expressions.TALLY, None)
    tally = published_awards.tally(case.councils.all(), case.idea_type)
    return _Counted(day, tally, _project(case, case.amount))


def _counted_after(case: Case, planned: PlannedCase, column: str) -> _Counted:
    day = planned.on if column == "date" and planned.on else None
    day = day or corrected_values.day_of(case)
    if not isinstance(case, Award):
        return _Counted(day, historic_expressions.TALLY, None)
    councils = planned.councils if column == "councils" else case.councils.all()
    idea_type = planned.idea_type if column == "idea type" else case.idea_type
    amount = planned.amount if column == "amount" else case.amount
    tally = published_awards.tally(councils, idea_type)
    return _Counted(day, tally, _project(case, amount))


def _project(award: Award, amount: Money | None) -> FundedProject:
    organisation = award.lead.name if award.lead else award.lead_as_published
    return FundedProject(award.round.name, organisation, amount)


def _effect(
    case: Case, planned: PlannedCase | None, correction: Correction, at: datetime
) -> Effect:
    before = _counted(case)
    after = _counted_after(case, planned, correction.sheet_column) if planned else None
    removal = figures.multiply(before.tally, -1)
    changes = [figures.tally_changes(before.day, removal)]
    if after is not None:
        changes.append(figures.tally_changes(after.day, after.tally))
    return revisions.effect(
        figures.add_changes(changes),
        removed=[before.project] if before.project else [],
        added=[after.project] if after and after.project else [],
        today=clock.london_day(at),
    )


def _change_award(
    award: Award,
    planned: PlannedCase | None,
    correction: Correction,
    by: User,
    at: datetime,
) -> None:
    names = ["revised_on"]
    award.revised_on = clock.london_day(at)
    if planned is None:
        award.state, award.announced_on = AWARD.next("retract", award.state), None
        names += ["state", "announced_on"]
    else:
        names += published_awards.set_column(award, correction.sheet_column, planned)
    award.save(update_fields=names)
    published_awards.adjust_money(award, correction.key, at=at)
    events.record(
        FundingEvent.AWARD_CORRECTED if planned else FundingEvent.AWARD_RETRACTED,
        award,
        by=by,
        at=at,
        data=_event_data(correction),
        stage="" if planned else None,
    )


def _change_expression(
    expression: Expression,
    planned: PlannedCase | None,
    correction: Correction,
    by: User,
    at: datetime,
) -> None:
    if planned is None:
        expression.state = EXPRESSION.next("retract", expression.state)
        expression.save(update_fields=["state"])
    elif correction.sheet_column == "councils":
        expression.councils.set(planned.councils)
    elif correction.sheet_column == "date":
        assert planned.on is not None
        expression.submitted_at = clock.end_of_day(planned.on)
        expression.started_at = expression.submitted_at
        expression.save(update_fields=["submitted_at", "started_at"])
    elif correction.sheet_column == "title":
        expression.title = planned.title
        expression.save(update_fields=["title"])
    else:
        expression.summary = planned.notes
        expression.save(update_fields=["summary"])
    events.record(
        BidsEvent.EXPRESSION_CORRECTED if planned else BidsEvent.EXPRESSION_RETRACTED,
        expression,
        by=by,
        at=at,
        data=_event_data(correction),
        stage="" if planned else None,
    )


def _recount(case: Case, before: _Counted, after: _Counted | None, by: User) -> None:
    """Take the case out of the figures of its former day, and count it as it is now."""
    if after == before:
        return
    name = (
        FundingEvent.AWARD_RECOUNTED
        if isinstance(case, Award)
        else BidsEvent.EXPRESSION_RECOUNTED
    )
    for counted, times in ((before, -1), (after, 1)):
        if counted is not None:
            events.record(
                name,
                case,
                by=by,
                at=clock.end_of_day(counted.day),
                tally=figures.multiply(counted.tally, times),
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

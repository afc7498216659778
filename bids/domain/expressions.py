"""The steps of an expression of interest.

Every function locks the row, checks the permission, looks up the transition, saves,
records one event and queues the letters, in one transaction. It returns the saved
expression.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model, QuerySet

from bids import policies
from bids.domain import answers as answers_
from bids.domain import (
    applications,
    bids,
    completeness,
    flags,
    lateness,
    programmes,
    rounds,
    signatures,
)
from bids.domain import feedback as feedback_
from bids.domain.recipients import lead_members
from bids.events import BidsEvent
from bids.models import Bid, Expression, Round, Strand
from bids.models.application import COLLECTIONS, REFERENCES
from bids.models.round import Route
from bids.states import EXPRESSION, ExpressionState
from innovation.accounts.models import Membership, User
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.clock import financial_year, london_day
from innovation.core.errors import Invalid, TooLate
from innovation.core.rows import lock_row
from innovation.notifications import letters
from innovation.organisations.domain import organisation_additions
from innovation.organisations.models import Organisation

LIVE_STATES = (
    ExpressionState.SUBMITTED,
    ExpressionState.CLARIFICATION,
    ExpressionState.TAKEN_FORWARD,
)
COPIED_COLUMNS = ("summary", "maturity", "idea_type")
COPIED_ROWS = ("support", "barriers", "outcomes")


@transaction.atomic
def start(
    *,
    round: Round,
    lead: Organisation,
    title: str,
    by: User,
    at: datetime,
    started_from: Expression | None = None,
) -> Expression:
    """Create a draft, which only the lead organisation can see. It is provisional if
    its writer still waits to be confirmed there.
    """
    # Whoever confirms its people or merges it changes the provisional drafts.
    lead = lock_row(lead)
    provisional = policies.organisations_to_join(by).filter(pk=lead.pk).exists()
    if not provisional:
        policies.require_edit(by, lead)
    if target := lead.merged_into:
        raise TooLate(
            f"{lead.name} is now {target.name}. Join that organisation to start this."
        )
    lateness.require_open(round, lead, at)
    expression = Expression(
        chain=events.open_chain(Chain.Kind.CASE),
        round=round,
        question_set=rounds.published_question_set(round, "expression"),
        lead=lead,
        started_by=by,
        started_at=at,
        started_from=started_from,
        provisional=provisional,
        demonstration=lead.demonstration or round.demonstration,
    )
    expression.title = title.strip()
    if not expression.title or len(expression.title) > 200:
        raise Invalid.field("title", "Enter a title of up to 200 characters")
    expression.save()
    events.record(
        BidsEvent.EXPRESSION_STARTED,
        expression,
        by=by,
        at=at,
        data={"round": round.key},
    )
    return expression


@transaction.atomic
def restart(
    original: Expression, *, round: Round, by: User, at: datetime
) -> Expression:
    """Start a draft with the facts and answers of an earlier expression, in any round
    that is open. The earlier one does not change.

    Answers are copied if the new round asks the same question, except declarations.
    Money of past years, and a strand that the round does not have, are not copied.
    """
    policies.require_edit(by, original.lead)
    require_restartable(original, at)
    draft = start(
        round=round,
        lead=original.lead,
        title=original.title,
        started_from=original,
        by=by,
        at=at,
    )
    applications.change(draft, _facts_to_copy(original, round, at))
    answers_.copy(original, draft, at=at)
    return draft


@transaction.atomic
def save(
    expression: Expression,
    *,
    by: User,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    answers: Mapping[str, object] | None = None,
) -> Expression:
    """Save part of a draft: `facts` as in `domain.applications`, `answers` by code.

    Nothing needs to be complete. An event is recorded only if something has changed.
    """
    expression = lock(expression)
    policies.require_write(by, expression)
    require_draft(expression)
    changed = applications.change(expression, facts or {})
    changed += answers_.save(expression, answers or {}, at=at)
    if changed:
        signatures.end(expression, by=by, at=at)
        events.record(
            BidsEvent.EXPRESSION_SAVED,
            expression,
            by=by,
            at=at,
            data={"changed": changed},
        )
    return expression


def submit(expression: Expression, *, by: User, at: datetime) -> Expression:
    """Submit it, if its round was open at `at`, when the request reached the server.
    Raise `Invalid` for every field that is not ready, or if nobody has signed.

    A late submission only leaves a receipt: raise `LateSubmission` after saving that.
    """
    with transaction.atomic():
        expression = lock(expression, *REFERENCES)
        policies.require_write(by, expression)
        require_confirmed(expression)
        target = EXPRESSION.next("submit", expression.state)
        if not lateness.is_late(expression.round, expression.lead, at):
            return _submit(expression, target, by=by, at=at)
        attempt = lateness.record_late_attempt(expression, by=by, at=at)
    raise lateness.LateSubmission(attempt)


def _submit(
    expression: Expression, target: str, *, by: User, at: datetime
) -> Expression:
    lateness.require_open(expression.round, expression.lead, at)
    problems = completeness.problems(expression, at)
    if problems:
        raise Invalid(problems)
    # Before any event of the case: an official who merges has the partner locked first.
    organisation_additions.name_in_case(expression.partners.all(), by=by, at=at)
    signature = signatures.require(expression, by=by, at=at)
    expression.state = target
    expression.submitted_at, expression.submitted_by = at, by
    expression.save(update_fields=["state", "submitted_at", "submitted_by"])
    signed = {"signature": signature.key, "signed_by": signature.signed_by.key}
    events.record(
        BidsEvent.EXPRESSION_SUBMITTED,
        expression,
        by=by,
        at=at,
        data=signed,
        tally=programmes.tally_of(expression.round, {"expressions": 1}),
    )
    _notify(expression, "expression_received", at=at)
    return expression


@transaction.atomic
def withdraw(
    expression: Expression, *, by: User, at: datetime, because: str = ""
) -> Expression:
    expression = lock(expression)
    signatures.require_to_withdraw(expression, by)
    expression.state = EXPRESSION.next("withdraw", expression.state)
    expression.withdrawn_because = because.rstrip()
    expression.save(update_fields=["state", "withdrawn_because"])
    signatures.close_requests(expression, at=at)
    events.record(BidsEvent.EXPRESSION_WITHDRAWN, expression, by=by, at=at)
    return expression


@transaction.atomic
def take_forward(
    expression: Expression, *, by: User, at: datetime, despite: str = ""
) -> Bid:
    """Create the bid with the same answers. A seed grant's goes to the approver. With
    an open flag or an eligibility check that is not met it needs the reason `despite`.
    """
    expression = lock(expression)
    policies.require(by, Permission.TRIAGE, expression)
    expression.state = EXPRESSION.next("take_forward", expression.state)
    expression.save(update_fields=["state"])
    flags.explain(expression, reason=despite, by=by, at=at)
    events.record(BidsEvent.EXPRESSION_TAKEN_FORWARD, expression, by=by, at=at)
    bid = bids.open_from(expression, by=by, at=at)
    seed = expression.round.route == Route.SEED
    _notify(expression, "expression_taken_forward", at=at, bid=bid.key, seed=seed)
    return bid


@transaction.atomic
def decline(
    expression: Expression, *, feedback: Mapping[int, str], by: User, at: datetime
) -> Expression:
    """Decline. `feedback` has a text for every criterion of the round, by its id."""
    expression = lock(expression)
    policies.require(by, Permission.TRIAGE, expression)
    expression.state = EXPRESSION.next("decline", expression.state)
    expression.save(update_fields=["state"])
    feedback_.give(expression, feedback)
    events.record(BidsEvent.EXPRESSION_DECLINED, expression, by=by, at=at)
    until = feedback_.last_day_to_ask_again(expression, at)
    _notify(expression, "expression_declined", at=at, until=until)
    return expression


@transaction.atomic
def merge(
    expression: Expression, *, into: Expression, by: User, at: datetime
) -> Expression:
    """Merge it into another live expression of the same programme."""
    expression, into = _lock_both(expression, into)
    policies.require(by, Permission.TRIAGE, expression)
    policies.require(by, Permission.TRIAGE, into)
    target = EXPRESSION.next("merge", expression.state)
    _check_mergeable(expression, into)
    expression.state, expression.merged_into = target, into
    expression.save(update_fields=["state", "merged_into"])
    events.record(
        BidsEvent.EXPRESSION_MERGED, expression, by=by, at=at, data={"into": into.key}
    )
    _notify(expression, "expression_merged", at=at)
    return expression


def lock(expression: Expression, *related: str) -> Expression:
    return lock_row(expression, "chain", "round", "lead", *related)


def require_draft(expression: Expression) -> None:
    if expression.state != ExpressionState.DRAFT:
        raise TooLate("This expression of interest was sent and can’t be changed.")


def require_confirmed(expression: Expression) -> None:
    """Require that whoever wrote it has been confirmed in the lead organisation."""
    if expression.provisional:
        raise Invalid.field(
            None,
            "You can send this once somebody has confirmed that you work for "
            f"{expression.lead.name}. We will write to you",
        )


def share_drafts(membership: Membership) -> None:
    """Show the organisation what somebody wrote for it before they were confirmed."""
    Expression.objects.filter(
        lead=membership.organisation, started_by=membership.user, provisional=True
    ).update(provisional=False)


def move_drafts(
    organisations: Sequence[Organisation], *, by: events.Actor, at: datetime
) -> None:
    """Let the organisation into which these were merged lead what people wrote for them
    who had not been confirmed: they wait there now, or belong to it. Nobody else has
    seen it, or signed it.
    """
    drafts = Expression.objects.filter(lead__in=organisations, provisional=True)
    for draft in drafts.select_related("lead__merged_into").order_by("pk"):
        merged, target = draft.lead, draft.lead.current
        expression = lock(draft)
        expression.lead = target
        expression.provisional = not policies.is_member_of(draft.started_by, target)
        expression.save(update_fields=["lead", "provisional"])
        events.record(
            BidsEvent.EXPRESSION_LEAD_MERGED,
            expression,
            by=by,
            at=at,
            data={"organisation": merged.name, "into": target.name},
        )


def require_restartable(expression: Expression, at: datetime) -> None:
    """Require one that was sent, or that came too late for its round."""
    is_draft = expression.state == ExpressionState.DRAFT
    if is_draft and not lateness.is_late(expression.round, expression.lead, at):
        raise TooLate("This is still a draft. Carry on with it instead.")


def _lock_both(first: Expression, second: Expression) -> tuple[Expression, Expression]:
    """Lock both in the order of their ids, so that A into B and B into A cannot
    deadlock.
    """
    locked = {
        expression.pk: lock(expression)
        for expression in sorted((first, second), key=lambda e: e.pk)
    }
    return locked[first.pk], locked[second.pk]


def _check_mergeable(expression: Expression, into: Expression) -> None:
    if into.pk == expression.pk:
        raise Invalid.field("into", "Choose another expression of interest")
    if into.state not in LIVE_STATES:
        raise Invalid.field(
            "into", f"{into.key} has ended: choose one that is still open"
        )
    if into.round.programme_id != expression.round.programme_id:
        raise Invalid.field("into", f"{into.key} belongs to another programme")


def _facts_to_copy(
    original: Expression, round: Round, at: datetime
) -> dict[str, object]:
    year = financial_year(london_day(at))
    facts: dict[str, object] = {
        **{name: getattr(original, name) for name in COPIED_COLUMNS},
        **{name: list(getattr(original, name).all()) for name in COLLECTIONS},
        **{name: _rows_to_copy(getattr(original, name).all()) for name in COPIED_ROWS},
        "money": _rows_to_copy(original.money.filter(financial_year__gte=year)),
    }
    if original.strand is not None:
        same_name = Strand.objects.filter(round=round, name=original.strand.name)
        facts["strand"] = same_name.first()
    return facts


def _rows_to_copy(rows: QuerySet[Model]) -> list[dict[str, object]]:
    fields = [
        field.name
        for field in rows.model._meta.concrete_fields
        if field.name not in {"id", "expression", "bid", "carries_on", "position"}
    ]
    return [{name: getattr(row, name) for name in fields} for row in rows]


def _notify(
    expression: Expression, kind: str, *, at: datetime, **facts: object
) -> None:
    letters.queue(
        kind,
        to=lead_members(expression),
        chain=expression.chain,
        subject=expression.key,
        at=at,
        facts={"title": expression.title, **facts},
    )

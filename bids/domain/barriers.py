"""The register of laws and rules that stand in the way of cases.

Officials write it. How an entry stands is its latest step; each change adds one, with a
reason. Many cases can name one entry: an official joins the barrier of a case to it, or
makes an entry from it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from bids import barrier_policies, policies
from bids.domain import expressions
from bids.events import BidsEvent
from bids.models import Barrier, BarrierCase, BarrierEntry, BarrierStep, Bid, Expression
from bids.models.barrier import RESOLVED_STATES, BarrierState
from bids.states import BidState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.clock import london_day
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.rows import lock_row
from innovation.notifications import letters

_BEING_WRITTEN = (BidState.IN_DEVELOPMENT, BidState.RETURNED)
CANNOT_OWN = "Choose somebody who can open this entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """What a step says of an entry."""

    law_or_rule: str
    what_it_stops: str
    state: str
    route: str = ""
    owner: User | None = None
    raised_on: date
    due_on: date | None = None
    resolved_on: date | None = None
    outcome: str = ""


FACT_NAMES = tuple(EntryFacts.__dataclass_fields__)


def facts_of(step: BarrierStep) -> EntryFacts:
    return EntryFacts(**{name: getattr(step, name) for name in FACT_NAMES})


@transaction.atomic
def enter(
    facts: EntryFacts, *, so_on: date, reason: str, by: User, at: datetime
) -> BarrierEntry:
    """Enter a law or rule that no case has named yet."""
    require_permission(by, Permission.TRIAGE)
    entry = BarrierEntry.objects.create(
        chain=events.open_chain(Chain.Kind.SERVICE), from_case=False
    )
    _add_step(entry, facts, None, so_on=so_on, reason=reason, by=by, at=at)
    events.record(BidsEvent.BARRIER_ENTERED, entry, by=by, at=at)
    return entry


@transaction.atomic
def change(
    entry: BarrierEntry,
    facts: EntryFacts,
    *,
    so_on: date,
    reason: str,
    by: User,
    at: datetime,
) -> BarrierEntry:
    """Say how it stands from a day on. A day before that of other steps corrects what
    was so until them.
    """
    entry = lock_readable(entry, by)
    present = entry.steps.as_of().get()
    if facts == facts_of(present) and so_on == present.so_on:
        return entry
    if facts.state == BarrierState.MISTAKE and is_named(entry):
        raise Invalid.field(
            "state", "Take it off the cases that name it before you say this"
        )
    _add_step(entry, facts, present, so_on=so_on, reason=reason, by=by, at=at)
    events.record(BidsEvent.BARRIER_CHANGED, entry, by=by, at=at)
    return entry


@transaction.atomic
def join(
    expression: Expression,
    *,
    barrier: Barrier,
    entry: BarrierEntry | None,
    reason: str,
    by: User,
    at: datetime,
) -> BarrierCase:
    """Join a barrier of the case to an entry; without one, make an entry from it."""
    expression = expressions.lock(expression)
    policies.require(by, Permission.TRIAGE, expression)
    if not barriers_to_join(expression).filter(pk=barrier.pk).exists():
        raise TooLate("This barrier is on the register already, or no longer there.")
    if entry is None:
        entry = _enter_from(expression, barrier, reason=reason, by=by, at=at)
    else:
        entry = lock_readable(entry, by)
        _require_joinable(entry, expression)
    named = BarrierCase.objects.create(
        entry=entry,
        expression=expression,
        barrier=barrier,
        reason=reason,
        joined_by=by,
        joined_at=at,
    )
    _record(BidsEvent.EXPRESSION_BARRIER_JOINED, named, by=by, at=at)
    return named


@transaction.atomic
def take_off(
    expression: Expression,
    *,
    named: BarrierCase,
    because: str,
    by: User,
    at: datetime,
) -> BarrierCase:
    """Take a barrier of the case off the entry to which it was joined."""
    expression = expressions.lock(expression)
    policies.require(by, Permission.TRIAGE, expression)
    named = lock_row(named, "barrier", "entry", "expression")
    if named.left_at is not None:
        raise TooLate("Somebody has already taken it off the register.")
    named.left_at, named.left_by, named.left_because = at, by, because
    named.save(update_fields=["left_at", "left_by", "left_because"])
    _record(BidsEvent.EXPRESSION_BARRIER_LEFT, named, by=by, at=at)
    return named


def barriers_of(expression: Expression) -> QuerySet[Barrier]:
    """What the case names: in its expression, and in its bid for the first time once
    that was sent.
    """
    own = Barrier.objects.filter(expression=expression)
    sent = Bid.objects.filter(expression=expression, submitted_at__isnull=False)
    added = Barrier.objects.filter(
        bid__in=sent.exclude(state__in=_BEING_WRITTEN), carries_on=None
    )
    return own | added


def barriers_to_join(expression: Expression) -> QuerySet[Barrier]:
    """Those that no entry has."""
    joined = BarrierCase.objects.filter(
        expression=expression, left_at=None, barrier__isnull=False
    )
    return barriers_of(expression).exclude(pk__in=joined.values("barrier"))


def current_cases(expression: Expression) -> QuerySet[BarrierCase]:
    """Where the barriers of the case stand in the register."""
    rows = BarrierCase.objects.filter(expression=expression, left_at=None)
    return rows.select_related("entry", "barrier")


def entries_to_join(user: User, expression: Expression) -> QuerySet[BarrierStep]:
    """How the entries stand that a barrier of the case can be joined to. One that was
    made from a made-up case never stands for a real one, nor the other way round.
    `entry_key` is the reference of each.
    """
    rows = barrier_policies.present_steps(user).exclude(state=BarrierState.MISTAKE)
    alike = rows.filter(
        Q(entry__from_case=False) | Q(entry__demonstration=expression.demonstration)
    )
    return alike.annotate(entry_key=F("entry__key")).order_by("law_or_rule", "pk")


def lock_readable(entry: BarrierEntry, user: User) -> BarrierEntry:
    """Lock an entry that the user may write."""
    require_permission(user, Permission.TRIAGE)
    if not barrier_policies.entries_for(user).filter(pk=entry.pk).exists():
        raise NotAllowed("You cannot open this entry.")
    return lock_row(entry, "chain")


def is_named(entry: BarrierEntry) -> bool:
    return entry.cases.filter(left_at=None).exists()


def _enter_from(
    expression: Expression, barrier: Barrier, *, reason: str, by: User, at: datetime
) -> BarrierEntry:
    assert expression.submitted_at is not None, "only what was sent can be joined"
    raised_on = london_day(expression.submitted_at)
    entry = BarrierEntry.objects.create(
        chain=events.open_chain(Chain.Kind.SERVICE),
        from_case=True,
        demonstration=expression.demonstration,
    )
    facts = EntryFacts(
        law_or_rule=barrier.law_or_rule,
        what_it_stops=barrier.what_it_stops,
        state=BarrierState.RAISED,
        raised_on=raised_on,
    )
    _add_step(entry, facts, None, so_on=raised_on, reason=reason, by=by, at=at)
    events.record(BidsEvent.BARRIER_ENTERED, entry, by=by, at=at)
    return entry


def _require_joinable(entry: BarrierEntry, expression: Expression) -> None:
    if entry.from_case and entry.demonstration != expression.demonstration:
        raise Invalid.field(
            "entry",
            "Choose another entry: made-up and real cases do not share one",
        )
    if entry.steps.as_of().get().state == BarrierState.MISTAKE:
        raise Invalid.field("entry", "This was entered by mistake: choose another")


def _add_step(
    entry: BarrierEntry,
    facts: EntryFacts,
    before: BarrierStep | None,
    *,
    so_on: date,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    _check(facts, so_on, london_day(at))
    owner = facts.owner
    is_new_owner = owner is not None and (before is None or before.owner != owner)
    if (
        owner is not None
        and is_new_owner
        and not barrier_policies.may_own(owner, entry)
    ):
        raise Invalid.field("owner", CANNOT_OWN)
    values = {name: getattr(facts, name) for name in FACT_NAMES}
    BarrierStep.objects.create(
        entry=entry,
        so_on=so_on,
        reason=reason,
        recorded_by=by,
        recorded_at=at,
        **values,
    )
    if owner is not None and is_new_owner and owner != by:
        letters.queue(
            "barrier_owner",
            to=[owner],
            chain=None,
            subject=entry.key,
            at=at,
            facts={"law_or_rule": facts.law_or_rule},
        )


def _check(facts: EntryFacts, so_on: date, today: date) -> None:
    is_resolved = facts.state in RESOLVED_STATES
    problems: dict[str | None, list[str]] = {}
    if facts.state == BarrierState.IN_HAND and facts.owner is None:
        problems["owner"] = ["Select who removes it: it is in hand"]
    if is_resolved and facts.resolved_on is None:
        problems["resolved_on"] = ["Enter when this was settled"]
    if not is_resolved and facts.resolved_on is not None:
        problems["resolved_on"] = ["Leave this empty until it is settled"]
    if is_resolved and not facts.outcome:
        problems["outcome"] = ["Enter what came of it"]
    if not is_resolved and facts.outcome:
        problems["outcome"] = ["Leave this empty until it is settled"]
    for name, day in (
        ("raised_on", facts.raised_on),
        ("resolved_on", facts.resolved_on),
        ("so_on", so_on),
    ):
        if day is not None and day > today:
            problems[name] = ["The date must be today or in the past"]
    for name, later in (
        ("due_on", facts.due_on),
        ("resolved_on", facts.resolved_on),
    ):
        if later is not None and later < facts.raised_on:
            problems[name] = ["This must be on or after the day it was raised"]
    if problems:
        raise Invalid(problems)


def _record(event: BidsEvent, named: BarrierCase, *, by: User, at: datetime) -> None:
    step = named.entry.steps.as_of().get()
    data = {
        "entry": named.entry.key,
        "law_or_rule": named.barrier.law_or_rule if named.barrier else step.law_or_rule,
    }
    events.record(event, named.expression, by=by, at=at, data=data, stage="")

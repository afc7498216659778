"""Rounds: when they are open, and how administrators edit them.

What a round says can be changed until cases follow it (see `round_changes`), and every
change is recorded; the questions of a published set cannot (see `question_sets`).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from bids.domain import round_changes, standard_questions
from bids.events import BidsEvent
from bids.models import (
    Criterion,
    Envelope,
    QuestionSet,
    Round,
    Strand,
)
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.policies import people_of
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.errors import Invalid, TooLate
from innovation.core.formatting import format_deadline
from innovation.core.rows import lock_row
from innovation.notifications import letters
from innovation.registers.models import Programme

OTHER_STRAND = "Other area of children’s social care"
FACTS = (
    "name",
    "summary",
    "route",
    "opens_at",
    "closes_at",
    "replies_by",
    "min_award",
    "max_award",
    "assessments_needed",
    "wide_spread",
    "due_diligence",
)


def is_open(round: Round, at: datetime) -> bool:
    """Whether the round is open at this time. The closing time itself is in time."""
    if not round.published or round.opens_at is None or at < round.opens_at:
        return False
    return round.closes_at is None or at <= round.closes_at


def has_closed(round: Round, at: datetime) -> bool:
    return round.published and round.closes_at is not None and at > round.closes_at


def require_open(round: Round, at: datetime) -> None:
    if is_open(round, at):
        return
    if round.closes_at is not None and at > round.closes_at:
        raise TooLate(f"{round.name} closed at {format_deadline(round.closes_at)}.")
    raise TooLate(f"{round.name} is not open yet.")


def rounds_open_at(at: datetime) -> QuerySet[Round]:
    return Round.objects.filter(
        Q(closes_at__isnull=True) | Q(closes_at__gte=at),
        published=True,
        opens_at__lte=at,
    )


def rounds_coming_at(at: datetime) -> QuerySet[Round]:
    """Published rounds that are not open yet; the next to open comes first."""
    rows = Round.objects.filter(published=True, opens_at__gt=at)
    return rows.order_by("opens_at", "pk")


def published_sets(round: Round) -> QuerySet[QuestionSet]:
    """The newest published set of each stage, the expression's first. A new case keeps
    it.
    """
    return (
        QuestionSet.objects.filter(round=round, published_at__isnull=False)
        .order_by("-stage", "-version")
        .distinct("stage")
    )


def published_question_set(round: Round, stage: str) -> QuestionSet | None:
    return published_sets(round).filter(stage=stage).first()


@transaction.atomic
def add(
    *, programme: Programme, facts: Mapping[str, object], by: User, at: datetime
) -> Round:
    """Create an unpublished round, with the strand that every round has. What a made-up
    person creates is made up.
    """
    require_permission(by, Permission.MANAGE_ROUNDS)
    round = Round(
        chain=events.open_chain(Chain.Kind.ROUND),
        programme=programme,
        demonstration=by.demonstration,
    )
    _set_facts(round, facts)
    round.save()
    Strand.objects.create(round=round, name=OTHER_STRAND, anything_else=True)
    events.record(BidsEvent.ROUND_ADDED, round, by=by, at=at)
    return round


@transaction.atomic
def change(
    round: Round, *, facts: Mapping[str, object], by: User, at: datetime
) -> Round:
    """Change a round; facts that are not given stay as they are. People with a draft
    get a letter when the closing time changes.
    """
    round = lock(round, by)
    before = {name: getattr(round, name) for name in FACTS if name in facts}
    changed = [name for name in before if facts[name] != before[name]]
    round_changes.check_changes(round, facts, at)
    _set_facts(round, facts)
    if changed:
        round.save(update_fields=changed)
        events.record(
            BidsEvent.ROUND_CHANGED,
            round,
            by=by,
            at=at,
            data={
                "changed": changed,
                "before": {name: _event_value(before[name]) for name in changed},
                "after": {name: _event_value(facts[name]) for name in changed},
            },
        )
    if "closes_at" in changed and round.published:
        _notify_of_closing(round, before["closes_at"], at)
    return round


@transaction.atomic
def publish(round: Round, *, by: User, at: datetime) -> Round:
    """Publish the round, so that people can see it and apply. If it has no questions of
    its own, the standard ones are published with it.
    """
    round = lock(round, by)
    if round.published:
        raise TooLate("This round is already published.")
    if round.opens_at is None:
        raise Invalid.field(None, "Enter when the round opens before publishing it.")
    if not round.criteria.exists():
        raise Invalid.field(None, "Add at least one criterion before publishing it.")
    round.published = True
    round.save(update_fields=["published"])
    events.record(BidsEvent.ROUND_PUBLISHED, round, by=by, at=at)
    standard_questions.publish(round, by=by, at=at)
    return round


@transaction.atomic
def add_strand(round: Round, *, name: str, by: User, at: datetime) -> Strand:
    round = lock(round, by)
    strand = Strand(round=round, name=name.strip(), position=round.strands.count())
    _save(strand)
    events.record(
        BidsEvent.ROUND_STRAND_ADDED, round, by=by, at=at, data={"strand": strand.pk}
    )
    return strand


@transaction.atomic
def add_criterion(
    round: Round, *, facts: Mapping[str, object], by: User, at: datetime
) -> Criterion:
    """Add a criterion. Refused once a case was scored or declined, because that case
    would have no score for it."""
    round = lock(round, by)
    if reason := round_changes.used_criteria_reason(round):
        raise TooLate(f"{reason} You cannot add one.")
    criterion = Criterion(round=round, position=round.criteria.count(), **facts)
    _save(criterion)
    events.record(
        BidsEvent.ROUND_CRITERION_ADDED,
        round,
        by=by,
        at=at,
        data={"criterion": criterion.pk},
    )
    return criterion


@transaction.atomic
def add_envelope(
    round: Round, *, facts: Mapping[str, object], by: User, at: datetime
) -> Envelope:
    round = lock(round, by)
    envelope = Envelope(round=round, **facts)
    if envelope.strand is not None and envelope.strand.round_id != round.pk:
        raise Invalid.field("strand", "Choose a strand of this round")
    _save(envelope)
    events.record(
        BidsEvent.ROUND_ENVELOPE_ADDED,
        round,
        by=by,
        at=at,
        data={"envelope": envelope.key},
    )
    return envelope


def lock(round: Round, user: User) -> Round:
    require_permission(user, Permission.MANAGE_ROUNDS)
    return lock_row(round, "chain")


def _set_facts(round: Round, facts: Mapping[str, object]) -> None:
    for name in FACTS:
        if name in facts:
            setattr(round, name, facts[name])
    if not round.name.strip():
        raise Invalid.field("name", "Enter a name")


def _notify_of_closing(round: Round, before: datetime | None, at: datetime) -> None:
    letters.queue(
        "round_closing_moved",
        to=people_of(round_changes.waiting_drafts(round).values("lead")),
        chain=round.chain,
        subject=round.key,
        at=at,
        facts={
            "round": round.name,
            "before": format_deadline(before),
            "now": format_deadline(round.closes_at),
        },
    )


def _event_value(value: object) -> str | None:
    """The value in an event's data."""
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def _save(row: Strand | Criterion | Envelope) -> None:
    check_part(row)
    row.save()


def check_part(row: Strand | Criterion | Envelope) -> None:
    """Refuse values that a column cannot have."""
    try:
        row.clean_fields(exclude={"amount"})
    except ValidationError as wrong:
        problems: Mapping[Any, list[str]] = wrong.message_dict
        raise Invalid(problems) from None

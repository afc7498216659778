"""The standard question sets, from `data/standard_questions.csv`.

A round without questions of its own is published with these.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db import transaction

from bids.domain.applications import Case
from bids.events import BidsEvent
from bids.models import Bid, Question, QuestionSet, Round
from bids.models.question_set import Stage
from bids.models.question_type import FACT_TYPES
from bids.models.round import Route
from innovation.audit import events
from innovation.organisations.domain.data_files import read_rows

FILE = Path(__file__).parents[1] / "data" / "standard_questions.csv"
REQUIRED_FACTS = {"title", "summary", "strand", "money"}
"""Codes of the facts that were required before they became questions."""
_COPIED_COLUMNS = (
    "code",
    "section",
    "wording",
    "hint",
    "kind",
    "choices",
    "required",
    "word_limit",
    "shown_only_if",
    "criterion",
)


def questions_of(case: Case) -> list[Question]:
    """The questions of a case with its snapshot, in order. They are made once."""
    known: list[Question] | None = vars(case).get("_questions")
    if known is None:
        own = [Question(**row) for row in case.snapshot_questions]
        stage = "bid" if isinstance(case, Bid) else "expression"
        known = vars(case)["_questions"] = with_fact_questions(own, stage)
    return known


def with_fact_questions(own: list[Question], stage: str) -> list[Question]:
    """Old sets have no questions for facts, and old cases may have no set: then the
    standard questions for facts come first.
    """
    if any(question.kind in FACT_TYPES for question in own):
        return own
    return [*fact_questions(stage), *own]


@transaction.atomic
def publish(round: Round, *, by: events.Actor, at: datetime) -> list[QuestionSet]:
    """Publish the standard set for every stage without a published set. `by` may be the
    service itself.
    """
    sets = round.question_sets.filter(published_at__isnull=False)
    published = set(sets.values_list("stage", flat=True))
    return [
        _publish(round, stage, by=by, at=at)
        for stage in stages_of(round)
        if stage not in published
    ]


def copy_questions(question_set: QuestionSet, questions: Iterable[Question]) -> None:
    """Copy the questions into an empty set, in their order."""
    Question.objects.bulk_create(
        Question(
            question_set=question_set,
            position=position,
            **{name: getattr(question, name) for name in _COPIED_COLUMNS},
        )
        for position, question in enumerate(questions, start=1)
    )


def record(
    event: BidsEvent,
    question_set: QuestionSet,
    *,
    by: events.Actor,
    at: datetime,
    **details: str,
) -> None:
    """Record a change of the set, with its stage and version."""
    data = {**details, "stage": question_set.stage, "version": question_set.version}
    events.record(event, question_set, by=by, at=at, data=data)


def save_as_published(
    question_set: QuestionSet, *, by: events.Actor, at: datetime, **details: str
) -> None:
    question_set.published_at = at
    question_set.save(update_fields=["published_at"])
    record(BidsEvent.QUESTION_SET_PUBLISHED, question_set, by=by, at=at, **details)


def stages_of(round: Round) -> list[str]:
    """The stages of a route: a seed grant has no second form."""
    seed = round.route == Route.SEED
    return [Stage.EXPRESSION] if seed else [Stage.EXPRESSION, Stage.BID]


def questions(round: Round, stage: str) -> list[Question]:
    """The unsaved questions, in order, each with the round's criterion of its name."""
    seed = round.route == Route.SEED and stage == Stage.EXPRESSION
    criteria = {criterion.name: criterion for criterion in round.criteria.all()}
    rows = _read("seed" if seed else str(stage))
    for question, name in rows:
        question.criterion = criteria.get(name)
    return [question for question, _ in rows]


@cache
def fact_questions(stage: str) -> tuple[Question, ...]:
    """The questions for facts of a case with an old set. They are read-only and
    unsaved: no answer refers to them.
    """
    questions = [
        question for question, _ in _read(stage) if question.kind in FACT_TYPES
    ]
    for question in questions:
        question.required = question.code in REQUIRED_FACTS
    return tuple(questions)


def _publish(
    round: Round, stage: str, *, by: events.Actor, at: datetime
) -> QuestionSet:
    newest = round.question_sets.filter(stage=stage).order_by("-version").first()
    question_set = QuestionSet.objects.create(
        round=round, stage=stage, version=newest.version + 1 if newest else 1
    )
    copy_questions(question_set, questions(round, stage))
    save_as_published(question_set, by=by, at=at, questions="standard")
    return question_set


def _read(name: str) -> list[tuple[Question, str]]:
    rows = [row for row in read_rows(FILE) if row["set"] == name]
    return [
        (_question(row, position), row["criterion"])
        for position, row in enumerate(rows, start=1)
    ]


def _question(row: dict[str, str], position: int) -> Question:
    code, _, answer = row["shown_only_if"].partition("=")
    return Question(
        code=row["code"],
        section=row["section"],
        position=position,
        wording=row["wording"],
        hint=row["hint"],
        kind=row["kind"],
        choices=row["choices"].split("|") if row["choices"] else [],
        required=row["required"] == "Y",
        word_limit=int(row["word_limit"]) if row["word_limit"] else None,
        shown_only_if={"code": code, "answer": answer} if code else {},
    )

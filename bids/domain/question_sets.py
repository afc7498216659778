"""A round's questions, in versions. A published version never changes.

The database enforces this too (`bids.guards`).
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from bids.domain import question_types, rounds, sections, standard_questions
from bids.events import BidsEvent
from bids.models import Question, QuestionSet, Round
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.core.errors import Invalid, TooLate
from innovation.core.rows import get_or_too_late, lock_row

T = TypeVar("T")

REMOVED_MESSAGE = "Somebody has removed this question."
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_RESERVED_CODES = {
    "about_no_child",
    "csrfmiddlewaretoken",
    "files",
    "idle",
    "next",
    "seen",
    "submission",
    "writer",
}
"""Names of hidden fields of a section page. A question with such a code would be taken
for one of them, and its answer lost.
"""


@transaction.atomic
def begin(round: Round, *, stage: str, by: User, at: datetime) -> QuestionSet:
    """The next version: the existing draft, or a copy of the last version or the
    standard set.
    """
    round = rounds.lock(round, by)
    newest = round.question_sets.filter(stage=stage).order_by("-version").first()
    if newest is not None and newest.published_at is None:
        return newest
    version = newest.version + 1 if newest else 1
    new_set = QuestionSet.objects.create(round=round, stage=stage, version=version)
    if newest is None:
        questions = standard_questions.questions(round, stage)
    else:
        questions = standard_questions.with_fact_questions(
            list(newest.questions.all()), stage
        )
    standard_questions.copy_questions(new_set, questions)
    standard_questions.record(BidsEvent.QUESTION_SET_BEGUN, new_set, by=by, at=at)
    return new_set


@transaction.atomic
def add(
    question_set: QuestionSet, *, facts: Mapping[str, object], by: User, at: datetime
) -> Question:
    """Add a question at the end of its section, or of the form if the section is new. A
    question that moves to another section goes to its end too.
    """
    question_set = lock(question_set, by)
    question = Question(question_set=question_set, position=0, **facts)
    _check(question, question_set.questions.all())
    _insert_in_section(question, question_set)
    standard_questions.record(
        BidsEvent.QUESTION_SET_QUESTION_ADDED,
        question_set,
        by=by,
        at=at,
        code=question.code,
    )
    return question


@transaction.atomic
def change(
    question: Question, *, facts: Mapping[str, object], by: User, at: datetime
) -> Question:
    """Change a question; facts that are not given stay as they are."""
    question_set = lock(question.question_set, by)
    question = get_or_too_late(
        question_set.questions.all(), question.pk, REMOVED_MESSAGE
    )
    section = question.section
    for name, value in facts.items():
        setattr(question, name, value)
    if question.section != section:
        question.position = 0
    _check(question, question_set.questions.exclude(pk=question.pk))
    if not question.position:
        _insert_in_section(question, question_set)
    question.save(update_fields=list(facts))
    standard_questions.record(
        BidsEvent.QUESTION_SET_QUESTION_CHANGED,
        question_set,
        by=by,
        at=at,
        code=question.code,
    )
    return question


@transaction.atomic
def move(question: Question, *, up: bool, by: User, at: datetime) -> None:
    """Move a question one place up or down in its section, if possible."""
    question_set = lock(question.question_set, by)
    get_or_too_late(question_set.questions.all(), question.pk, REMOVED_MESSAGE)
    groups = _sections(question_set)
    for group in groups:
        place = next((n for n, q in enumerate(group) if q.pk == question.pk), None)
        if place is not None:
            _shift(group, place, up)
    _renumber([member for group in groups for member in group])
    standard_questions.record(
        BidsEvent.QUESTION_SET_QUESTION_MOVED,
        question_set,
        by=by,
        at=at,
        code=question.code,
    )


@transaction.atomic
def move_section(
    question_set: QuestionSet, *, slug: str, up: bool, by: User, at: datetime
) -> None:
    question_set = lock(question_set, by)
    groups = _sections(question_set)
    slugs = [sections.slug_of(group[0]) for group in groups]
    if slug in slugs:
        _shift(groups, slugs.index(slug), up)
    _renumber([question for group in groups for question in group])
    standard_questions.record(
        BidsEvent.QUESTION_SET_SECTION_MOVED, question_set, by=by, at=at, section=slug
    )


@transaction.atomic
def remove(question: Question, *, by: User, at: datetime) -> None:
    question_set = lock(question.question_set, by)
    question = get_or_too_late(
        question_set.questions.all(), question.pk, REMOVED_MESSAGE
    )
    question.delete()
    standard_questions.record(
        BidsEvent.QUESTION_SET_QUESTION_REMOVED,
        question_set,
        by=by,
        at=at,
        code=question.code,
    )


@transaction.atomic
def publish(question_set: QuestionSet, *, by: User, at: datetime) -> QuestionSet:
    """Publish the set. New cases get these questions; existing ones keep theirs."""
    question_set = lock(question_set, by)
    questions = list(question_set.questions.all())
    _require_essentials(question_set.stage, questions)
    for place, question in enumerate(questions):
        try:
            _check(question, questions[:place] + questions[place + 1 :])
        except Invalid as wrong:
            raise Invalid.field(None, f"“{question.wording}”: {wrong}") from None
    standard_questions.save_as_published(question_set, by=by, at=at)
    return question_set


def require_unpublished(question_set: QuestionSet) -> None:
    if question_set.published_at is not None:
        raise TooLate("This version is published: write a new one to change it.")


def lock(question_set: QuestionSet, user: User) -> QuestionSet:
    """Lock an unpublished set."""
    require_permission(user, Permission.MANAGE_ROUNDS)
    locked = lock_row(question_set, "round__chain")
    require_unpublished(locked)
    return locked


def _sections(question_set: QuestionSet) -> list[list[Question]]:
    groups: dict[str, list[Question]] = {}
    for question in question_set.questions.all():
        groups.setdefault(sections.slug_of(question), []).append(question)
    return list(groups.values())


def _insert_in_section(question: Question, question_set: QuestionSet) -> None:
    groups = _sections(question_set)
    groups = [[q for q in group if q.pk != question.pk] for group in groups]
    slug = sections.slug_of(question)
    for group in groups:
        if group and sections.slug_of(group[0]) == slug:
            group.append(question)
            break
    else:
        groups.append([question])
    _renumber([member for group in groups for member in group])


def _shift(items: list[T], place: int, up: bool) -> None:
    target = place - 1 if up else place + 1
    if 0 <= target < len(items):
        items.insert(target, items.pop(place))


def _require_essentials(stage: str, questions: list[Question]) -> None:
    kinds = {question.kind for question in questions}
    missing = [
        kind.label.lower()
        for kind in question_types.essential_types(stage)
        if kind not in kinds
    ]
    if missing:
        names = " and ".join(missing)
        raise Invalid.field(None, f"Ask for these before publishing: {names}.")


def _check(question: Question, other_questions: Iterable[Question]) -> None:
    try:
        question.clean_fields()
    except ValidationError as wrong:
        problems: Mapping[Any, list[str]] = wrong.message_dict
        raise Invalid(problems) from None
    if not _CODE.fullmatch(question.code):
        raise Invalid.field(
            "code", "Use lower case letters, numbers and underscores, like need_more"
        )
    if question.code in _RESERVED_CODES:
        raise Invalid.field("code", f"“{question.code}” is taken: use another code")
    _check_kind(question)
    _check_rule(question, {other.code: other for other in other_questions})
    criterion = question.criterion
    if criterion is not None and criterion.round_id != question.question_set.round_id:
        raise Invalid.field("criterion", "Choose a criterion of this round")


def _check_kind(question: Question) -> None:
    kind = question_types.definition_of(question)
    if question.question_set.stage not in kind.stages:
        raise Invalid.field("kind", "This form cannot have this type of answer")
    if bool(question.choices) != kind.offers_choices:
        raise Invalid.field(
            "choices", "Only a question with choices can have answers to choose from"
        )
    if len(set(question.choices)) != len(question.choices):
        raise Invalid.field("choices", "Enter each answer once")
    if question.word_limit and not kind.counts_words:
        raise Invalid.field("word_limit", "Only a text can have a word limit")


def _check_rule(question: Question, other_questions: Mapping[str, Question]) -> None:
    rule = question.shown_only_if
    if not rule:
        return
    parent = other_questions.get(rule["code"])
    if parent is None or rule["answer"] not in parent.choices:
        raise Invalid.field(
            "shown_only_if", "Choose an answer to another question in this form"
        )
    if question.position and parent.position > question.position:
        raise Invalid.field(
            "shown_only_if", "Choose a question that comes before this one"
        )


def _renumber(questions: list[Question]) -> None:
    for position, question in enumerate(questions, start=1):
        if question.position != position:
            question.position = position
            question.save(update_fields=["position"] if question.pk else None)

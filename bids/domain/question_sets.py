"""A round's questions, written in versions: a published one never changes again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from bids import policies
from bids.domain import kinds, rounds, standard
from bids.models import Question, QuestionSet, Round
from innovation.accounts.models import User
from innovation.accounts.roles import Verb
from innovation.core.errors import Invalid, TooLate


@transaction.atomic
def begin(round: Round, *, stage: str, by: User, at: datetime) -> QuestionSet:
    """The next version, begun as a copy of the one before or of the standard set; or
    the one begun already.
    """
    round = rounds.lock(round, by)
    newest = round.question_sets.filter(stage=stage).order_by("-version").first()
    if newest is not None and newest.published_at is None:
        return newest
    version = newest.version + 1 if newest else 1
    begun = QuestionSet.objects.create(round=round, stage=stage, version=version)
    standard.fill(
        begun, newest.questions.all() if newest else standard.questions(round, stage)
    )
    standard.record(begun, "begun", by=by, at=at)
    return begun


@transaction.atomic
def add(
    question_set: QuestionSet, *, facts: Mapping[str, Any], by: User, at: datetime
) -> Question:
    question_set = _lock_unpublished(question_set, by)
    last = question_set.questions.order_by("-position").first()
    question = Question(
        question_set=question_set,
        position=last.position + 1 if last else 1,
        **facts,
    )
    try:
        question.clean_fields()
    except ValidationError as wrong:
        problems: Mapping[Any, list[str]] = wrong.message_dict
        raise Invalid(problems) from None
    if bool(question.choices) != kinds.of(question).offers_choices:
        raise Invalid.field("choices", "Enter answers only where one is chosen")
    question.save()
    standard.record(question_set, "question_added", by=by, at=at, code=question.code)
    return question


@transaction.atomic
def remove(question: Question, *, by: User, at: datetime) -> None:
    question_set = _lock_unpublished(question.question_set, by)
    standard.record(question_set, "question_removed", by=by, at=at, code=question.code)
    question.delete()


@transaction.atomic
def publish(question_set: QuestionSet, *, by: User, at: datetime) -> QuestionSet:
    """Cases begun from now on are asked these; those begun before keep theirs."""
    question_set = _lock_unpublished(question_set, by)
    if not question_set.questions.exists():
        raise Invalid.field(None, "Add at least one question before publishing.")
    question_set.published_at = at
    question_set.save(update_fields=["published_at"])
    standard.record(question_set, "published", by=by, at=at)
    return question_set


def require_unpublished(question_set: QuestionSet) -> None:
    if question_set.published_at is not None:
        raise TooLate("This version is published: start a new one to change it.")


def _lock_unpublished(question_set: QuestionSet, by: User) -> QuestionSet:
    policies.require_verb(by, Verb.MANAGE_ROUNDS)
    locked = (
        QuestionSet.objects.select_for_update(of=("self",))
        .select_related("round__chain")
        .get(pk=question_set.pk)
    )
    require_unpublished(locked)
    return locked

"""The filters of lists of bids, the state of a bid that its reader may know, and the
changes since its expression of interest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import CharField, F, Q, QuerySet, Value, When

from bids import announcements
from bids.domain import question_types, standard_questions
from bids.domain.applications import Case
from bids.domain.queries import case_snapshot
from bids.domain.queries.case_filters import CaseFilters
from bids.models import Bid, Question
from bids.states import BidState
from innovation.accounts.models import User
from innovation.accounts.roles import Permission

UNDER_WAY = (BidState.AT_BOARD, BidState.WITH_MINISTER)
"""Shown to applicants as “being considered”."""


@dataclass(frozen=True, kw_only=True)
class BidFilters(CaseFilters[Bid]):
    """For rows `with_disclosed_state`."""

    state: str = ""

    def narrow(self, rows: QuerySet[Bid]) -> QuerySet[Bid]:
        rows = super().narrow(rows)
        if self.state:
            # The column has an index, and what is shown for it has none.
            rows = rows.filter(
                Q(disclosed_state=self.state), state__in=_states_shown_as(self.state)
            )
        return rows


def _states_shown_as(state: str) -> list[str]:
    """The states that `with_disclosed_state` may show as this one."""
    if state in {BidState.ASSESSED, BidState.WITH_MINISTER}:
        return [BidState.ASSESSED, *UNDER_WAY, BidState.APPROVED]
    return [state]


def with_disclosed_state(
    rows: QuerySet[Bid], reader: User, *, on: date
) -> QuerySet[Bid]:
    """Add the state that the reader's own page would show on this day. Nobody sees an
    approval before the award is announced (ADR 5). Only the department sees where a bid
    is between assessment and decision: an applicant's page says “being considered”
    throughout.
    """
    announced = announcements.announced_by(on)
    is_department = reader.is_authenticated and reader.may(Permission.READ_CASES)
    displayed_state = BidState.WITH_MINISTER if is_department else BidState.ASSESSED
    considered = [
        When(~announced, state=BidState.APPROVED, then=Value(displayed_state.value))
    ]
    if not is_department:
        considered.append(When(state__in=UNDER_WAY, then=Value(displayed_state.value)))
    return rows.annotate(
        disclosed_state=models.Case(
            *considered, default=F("state"), output_field=CharField()
        )
    )


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """Whether the answer is the same, and what the expression said, as text."""

    is_same: bool
    expression_text: str


def changes_by_code(bid: Bid) -> Mapping[str, AnswerChange]:
    """The changes by code, for every question that the expression answered too. Reads
    the snapshots of both.
    """
    case_snapshot.with_snapshot(bid)
    expression = case_snapshot.with_snapshot(bid.expression)
    earlier_questions = {
        question.code: question
        for question in standard_questions.questions_of(expression)
    }
    changes = {}
    for question in standard_questions.questions_of(bid):
        earlier_question = earlier_questions.get(question.code)
        text = (
            question_types.answer_text(earlier_question, expression)
            if earlier_question
            else ""
        )
        if (
            earlier_question
            and text
            and question_types.definition_of(question).carries_over
        ):
            is_same = _comparable_value(question, bid) == _comparable_value(
                earlier_question, expression
            )
            changes[question.code] = AnswerChange(is_same, text)
    return changes


def _comparable_value(question: Question, case: Case) -> object:
    kind = question_types.definition_of(question)
    return (kind.comparable_value or kind.text)(question, case)

"""What a list of bids can be narrowed by, the state that its reader may know of, and
what a bid says beside what its expression of interest said.
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


@dataclass(frozen=True, kw_only=True)
class BidFilters(CaseFilters[Bid]):
    """For rows `with_disclosed_state`."""

    state: str = ""

    def narrow(self, rows: QuerySet[Bid]) -> QuerySet[Bid]:
        rows = super().narrow(rows)
        return rows.filter(Q(disclosed_state=self.state)) if self.state else rows


def with_disclosed_state(
    rows: QuerySet[Bid], reader: User, *, on: date
) -> QuerySet[Bid]:
    """The state that the reader's own page would name on this day. An approval is told
    to nobody before the day its award is announced (ADR 5). Where a bid is between
    assessment and decision is the department's to know: an applicant's page says “being
    considered” throughout.
    """
    announced = announcements.announced_by(on)
    works = reader.is_authenticated and reader.may(Permission.READ_CASES)
    considered = BidState.WITH_MINISTER if works else BidState.ASSESSED
    secret = When(~announced, state=BidState.APPROVED, then=Value(considered.value))
    under_way = [BidState.AT_BOARD, BidState.WITH_MINISTER]
    before = [] if works else [When(state__in=under_way, then=Value(considered.value))]
    return rows.annotate(
        disclosed_state=models.Case(
            secret, *before, default=F("state"), output_field=CharField()
        )
    )


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """`expression_text` is what the expression said, as it reads."""

    is_same: bool
    expression_text: str


def changes_by_code(bid: Bid) -> Mapping[str, AnswerChange]:
    """By code, for every question that the expression answered too. Reads the sheets
    of both, fetching what is not there.
    """
    case_snapshot.with_snapshot(bid)
    expression = case_snapshot.with_snapshot(bid.expression)
    told = {
        question.code: question
        for question in standard_questions.questions_of(expression)
    }
    found = {}
    for question in standard_questions.questions_of(bid):
        earlier = told.get(question.code)
        before = question_types.answer_text(earlier, expression) if earlier else ""
        if earlier and before and question_types.definition_of(question).carries_over:
            same = _comparable_value(question, bid) == _comparable_value(
                earlier, expression
            )
            found[question.code] = AnswerChange(same, before)
    return found


def _comparable_value(question: Question, case: Case) -> object:
    kind = question_types.definition_of(question)
    return (kind.comparable_value or kind.text)(question, case)

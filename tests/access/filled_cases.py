"""Expressions and bids with as many rows as told of everything that belongs to them.

The rows are written directly: it is about their number, not about how they came to be.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

from bids.models import (
    AnswerVersion,
    Assessment,
    Assignment,
    Barrier,
    Bid,
    BidMoney,
    CaseDocument,
    CheckResult,
    Clarification,
    Comment,
    Criterion,
    DueDiligence,
    DueDiligenceArea,
    DueDiligenceState,
    EligibilityCheck,
    ExpectedOutcome,
    Expression,
    Feedback,
    Flag,
    LateAttempt,
    Message,
    Milestone,
    MoneyAsked,
    OtherFunding,
    Outcome,
    PartnerLetter,
    PracticeModel,
    Presence,
    Reopening,
    Return,
    Risk,
    Round,
    Score,
    Signature,
    SupportNeed,
    Team,
)
from bids.models.expression import SupportKind
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.money import Money
from innovation.documents.models import Document
from innovation.organisations.models import Council, Organisation
from tests.access.row_writer import add_rows
from tests.database_guards import disable_guards
from tests.dates import MOMENT, moment_after
from tests.narrowing import not_none


def fill_expression(expression: Expression, rows: int) -> None:
    add_rows(
        {
            Assignment: {
                "user": _people("official", assignments__expression=expression),
                "assigned_at": MOMENT,
            },
            Barrier: {"law_or_rule": "Rule {}", "what_it_stops": "Sharing"},
            Clarification: {
                "question": "How many?",
                "asked_by": _people("official"),
                "asked_at": MOMENT,
                "due_on": MOMENT.date(),
                "answer": "Ten.",
                "answered_by": _people("applicant"),
                "answered_at": MOMENT,
            },
            ExpectedOutcome: {"description": "Outcome {}"},
            DueDiligence: {
                "area": DueDiligenceArea.FINANCE,
                "state": DueDiligenceState.SATISFACTORY,
                "checked_on": MOMENT.date(),
                "finding": "In order.",
                "reference": "File 12",
                "reason": "Again.",
                "recorded_by": _people("official"),
                "recorded_at": MOMENT,
            },
            Flag: {
                "team": Team.FINANCE,
                "reason": "The accounts are late.",
                "raised_by": _people("official"),
                "raised_at": MOMENT,
            },
            LateAttempt: {
                "by": _people("applicant"),
                "at": MOMENT,
                "closed_at": moment_after(days=-1),
            },
            MoneyAsked: {"financial_year": count(2016), "amount": Money(1)},
            SupportNeed: {"kind": iter(SupportKind.values)},
        },
        rows,
        expression=expression,
    )
    _fill_checks(expression, rows)
    for from_department, role in ((True, "official"), (False, "applicant")):
        message = {
            "from_department": from_department,
            "text": "Hello.",
            "written_by": _people(role),
            "written_at": MOMENT,
        }
        add_rows({Message: message}, rows, expression=expression)
    _fill_case(expression, rows, expression=expression)


def _fill_checks(expression: Expression, rows: int) -> None:
    """Checks that were recorded, and as many that were not."""
    add_rows({EligibilityCheck: {"wording": "Check {}"}}, rows, round=expression.round)
    for check in expression.round.eligibility_checks.all():
        result = {
            "eligibility_check": check,
            "outcome": "not_met",
            "note": "No.",
            "recorded_by": _people("official"),
            "recorded_at": MOMENT,
        }
        add_rows({CheckResult: result}, rows, expression=expression)
    add_rows({EligibilityCheck: {"wording": "New {}"}}, rows, round=expression.round)


def fill_bid(bid: Bid, rows: int) -> None:
    add_rows(
        {
            BidMoney: {"financial_year": count(2016), "amount": Money(1)},
            Comment: {
                "code": "summary",
                "text": "Say more.",
                "made_by": _people("official"),
                "made_at": MOMENT,
            },
            Milestone: {"description": "Milestone {}", "due_on": MOMENT.date()},
            OtherFunding: {
                "source": "Source {}",
                "financial_year": 2015,
                "amount": Money(1),
            },
            Outcome: {"description": "Outcome {}", "measure": "Count"},
            PartnerLetter: {
                "organisation": iter(_others(bid)),
                "text": "Yes.",
                "received_on": MOMENT.date(),
            },
            Assessment: {
                "assessor": _people("official", assessments__bid=bid),
                "assigned_by": _people("board_secretary"),
                "assigned_at": MOMENT,
                "started_at": MOMENT,
                "finished_at": MOMENT,
            },
            Reopening: {
                "reason": "Look again.",
                "reopened_by": _people("official"),
                "reopened_at": MOMENT,
            },
            Return: {
                "reason": "Say more.",
                "returned_by": _people("official"),
                "returned_at": MOMENT,
            },
            Risk: {
                "description": "Risk {}",
                "likelihood": 1,
                "impact": 1,
                "mitigation": "Care",
            },
        },
        rows,
        bid=bid,
    )
    _fill_case(bid, rows, bid=bid)
    _fill_scores(bid)
    fill_expression(bid.expression, rows)


def _fill_scores(bid: Bid) -> None:
    criteria = bid.round.criteria.all()
    with disable_guards(Score):
        for assessment in bid.assessments.exclude(started_at=None):
            scored = assessment.scores.values("criterion")
            for criterion in criteria.exclude(pk__in=scored):
                assessment.scores.create(
                    criterion=criterion, value=3, justification="As the bid says."
                )


def _fill_case(case: Expression | Bid, rows: int, **owner: Expression | Bid) -> None:
    add_rows(
        {
            AnswerVersion: {
                "code": "summary",
                "number": count(10),
                "raw_input": {"summary": ["Typed"]},
                "readable": True,
                "saved_by": _people("applicant"),
                "saved_at": MOMENT,
            },
            CaseDocument: {"code": "documents", "document": lambda: _document(case)},
            Feedback: {"criterion": lambda: _criterion(case.round), "text": "Too few."},
            Presence: {
                "section": "the-idea",
                "user": _people("applicant"),
                "at": clock.now(),
            },
            Signature: {
                "signed_by": _people("applicant"),
                "signed_at": MOMENT,
                "ended_at": MOMENT,
            },
        },
        rows,
        **owner,
    )
    overtaken = {
        "code": iter(("summary", "title", "why")),
        "number": count(50),
        "raw_input": {"summary": ["Typed"]},
        "readable": True,
        "set_aside": True,
        "saved_by": User.objects.filter(memberships__organisation=case.lead).first(),
        "saved_at": MOMENT,
    }
    add_rows({AnswerVersion: overtaken}, rows, **owner)
    with disable_guards(*(relation.through for relation in _collections(case))):
        case.partners.add(*_others(case)[:rows])
        case.councils.add(*Council.objects.order_by("pk")[:rows])
        case.practice_models.add(*(_practice_model() for _ in range(rows)))


def _collections(case: Expression | Bid) -> list[Any]:
    return [case.partners, case.councils, case.practice_models]


def _people(role: str, **not_yet: Expression | Bid) -> Iterator[User]:
    people = User.objects.filter(roles__contains=[role]).exclude(**not_yet)
    return iter(people.order_by("pk")[:9])


def _others(case: Expression | Bid) -> list[Organisation]:
    rows = Organisation.objects.exclude(pk=case.lead_id)
    return list(rows.exclude(partner_bids=case.pk).order_by("pk")[:9])


def _practice_model() -> PracticeModel:
    return PracticeModel.objects.create(name=f"Model {uuid4()}")


def _criterion(round: Round) -> Criterion:
    with disable_guards(Criterion):
        return round.criteria.create(name=f"Criterion {uuid4()}")


def _document(case: Expression | Bid) -> Document:
    return Document.objects.create(
        chain=case.chain,
        name="plan.pdf",
        kind="pdf",
        size=1,
        digest="0" * 64,
        file="documents/plan",
        added_by=not_none(User.objects.first()),
        added_at=MOMENT,
        not_before=MOMENT,
    )

"""A whole case in two queries: its facts, and everything hanging on it as arrays.

So a page about a case costs the same few queries however much was said. Amounts come
as pence, dates as ISO text.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.db.models.query import ModelIterable

from bids.models import (
    Answer,
    Barrier,
    Bid,
    BidMoney,
    CaseDocument,
    Clarification,
    Comment,
    ExpectedOutcome,
    Expression,
    Feedback,
    Message,
    Milestone,
    MoneyAsked,
    OtherFunding,
    Outcome,
    PartnerLetter,
    PracticeModel,
    Question,
    Return,
    Risk,
    SupportNeed,
)
from innovation.organisations.models import Council, Organisation

_FACTS = ("round", "lead", "strand", "maturity", "idea_type", "chain")
_NAMES = ("sheet_councils", "sheet_partners", "sheet_practice_models")
"""Plain text; all else comes as JSON that nobody has read yet."""
_PK = -1
_T = TypeVar("_T", Bid, Expression)
_SAID = {"code": "question__code", "value": "value"}
_FILED = {
    "key": "key",
    "code": "code",
    "document": "document__key",
    **{n: f"document__{n}" for n in ("name", "size", "state", "last_error")},
}
_WRITTEN = {
    "key": "key",
    "from_department": "from_department",
    "text": "text",
    "written_by": "written_by__name",
    "written_at": "written_at",
    "settled_at": "settled_at",
}
_ASKED = {
    "id": "id",
    "code": "code",
    "section": "section",
    "position": "position",
    "wording": "wording",
    "hint": "hint",
    "kind": "kind",
    "choices": "choices",
    "required": "required",
    "word_limit": "word_limit",
    "shown_only_if": "shown_only_if",
    "criterion_id": "criterion_id",
}


def of_expressions(rows: QuerySet[Expression]) -> QuerySet[Expression]:
    """`thing.sheet_money`, `thing.sheet_councils` and so on, beside its columns."""
    return _with_sheet(rows.select_related(*_FACTS, "chain", "bid"))


def of_bids(rows: QuerySet[Bid]) -> QuerySet[Bid]:
    earlier = [f"expression__{name}" for name in ("strand", "maturity", "idea_type")]
    return _with_sheet(rows.select_related(*_FACTS, "chain", "expression", *earlier))


def filled(case: Model) -> Any:
    """The case with its sheet, read now unless it came with one."""
    if not hasattr(case, "sheet_questions"):
        _hang(case)
    return case


def _with_sheet(rows: "QuerySet[_T]") -> "QuerySet[_T]":
    found = rows.all()
    found._iterable_class = _Sheets
    return found


class _Sheets(ModelIterable[Any]):
    """Rows as they come, each with its sheet."""

    def __iter__(self) -> Iterator[Any]:
        for thing in super().__iter__():
            _hang(thing)
            yield thing


def _hang(thing: Model) -> None:
    names, statement, parameters = _compiled(type(thing))
    with connection.cursor() as cursor:
        cursor.execute(statement, [thing.pk if p == _PK else p for p in parameters])
        found = cursor.fetchone()
    for name, value in zip(names, found or (), strict=True):
        setattr(thing, name, value if name in _NAMES else list(map(json.loads, value)))


@cache
def _compiled(model: type[Model]) -> tuple[list[str], str, tuple[Any, ...]]:
    """The statement, written once: writing it takes Django thirty times as long as
    running it takes PostgreSQL. `_PK` stands where the row's own key will.
    """
    sheet = _bid_sheet() if model is Bid else _expression_sheet()
    rows = model._default_manager.filter(pk=_PK).values_list(*sheet.values())
    statement, parameters = rows.query.sql_with_params()
    return list(sheet), statement, parameters


def _expression_sheet() -> dict[str, ArraySubquery]:
    return {
        **_names("expressions"),
        "sheet_money": _rows(MoneyAsked, "expression", "financial_year", "amount"),
        "sheet_support": _rows(SupportNeed, "expression", "kind", "detail"),
        "sheet_barriers": _rows(
            Barrier, "expression", "law_or_rule", "what_it_stops", "state"
        ),
        "sheet_outcomes": _rows(
            ExpectedOutcome, "expression", "description", "measure"
        ),
        "sheet_questions": _questions(),
        "sheet_answers": _said("expression", Answer, "question__position", _SAID),
        "sheet_clarifications": _said(
            "expression",
            Clarification,
            "asked_at",
            {
                "key": "key",
                "question": "question",
                "asked_at": "asked_at",
                "due_on": "due_on",
                "answer": "answer",
                "answered_at": "answered_at",
                "taken_back_at": "taken_back_at",
            },
        ),
        "sheet_messages": _messages("expression"),
        "sheet_documents": _documents("expression"),
        "sheet_feedback": _feedback("expression"),
    }


def _bid_sheet() -> dict[str, ArraySubquery]:
    return {
        **_names("bids"),
        "sheet_money": _said(
            "bid",
            BidMoney,
            "financial_year",
            {
                "financial_year": "financial_year",
                "category": "category",
                "partner": "partner__name",
                "partner_key": "partner__key",
                "amount": "amount",
            },
        ),
        "sheet_other_funding": _rows(
            OtherFunding, "bid", "source", "financial_year", "amount", "secured"
        ),
        "sheet_outcomes": _rows(
            Outcome, "bid", "description", "measure", "baseline", "target", "due_on"
        ),
        "sheet_milestones": _rows(Milestone, "bid", "description", "due_on"),
        "sheet_risks": _rows(
            Risk, "bid", "description", "likelihood", "impact", "mitigation"
        ),
        "sheet_returns": _rows(Return, "bid", "reason", "returned_at"),
        "sheet_partner_letters": _said(
            "bid",
            PartnerLetter,
            "received_on",
            {
                "organisation": "organisation__name",
                "organisation_key": "organisation__key",
                "text": "text",
                "received_on": "received_on",
            },
        ),
        "sheet_comments": _said(
            "bid",
            Comment,
            "made_at",
            {
                "key": "key",
                "code": "code",
                "text": "text",
                "made_by": "made_by__key",
                "made_at": "made_at",
                "done_by": "done_by__key",
                "done_at": "done_at",
            },
        ),
        "sheet_questions": _questions(),
        "sheet_answers": _said("bid", Answer, "question__position", _SAID),
        "sheet_messages": _messages("expression__bid"),
        "sheet_documents": _documents("bid"),
        "sheet_feedback": _feedback("bid"),
    }


def _names(related: str) -> dict[str, ArraySubquery]:
    partner = "partner_bids" if related == "bids" else "partner_expressions"
    rows = (Council, related), (Organisation, partner), (PracticeModel, related)
    return {name: _named(*which) for name, which in zip(_NAMES, rows, strict=True)}


def _named(model: type[Model], related: str) -> ArraySubquery:
    rows = model._default_manager.filter(Q(**{related: OuterRef("pk")}))
    return ArraySubquery(rows.order_by("name").values("name"))


def _rows(model: type[Model], owner: str, *columns: str) -> ArraySubquery:
    ordering = model._meta.ordering or ["pk"]
    return _said(owner, model, str(ordering[0]), {name: name for name in columns})


def _said(
    owner: str,
    model: type[Model],
    order: str,
    columns: Mapping[str, str],
    which: Q | None = None,
) -> ArraySubquery:
    fields: dict[str, Any] = {name: F(path) for name, path in columns.items()}
    rows = model._default_manager.filter(which or Q(), Q(**{owner: OuterRef("pk")}))
    return ArraySubquery(
        rows.order_by(order, "pk").values(json=JSONObject(**fields)),
    )


def _questions() -> ArraySubquery:
    asked = Question.objects.filter(question_set=OuterRef("question_set"))
    fields: dict[str, Any] = {name: F(path) for name, path in _ASKED.items()}
    return ArraySubquery(asked.order_by("position").values(json=JSONObject(**fields)))


def _messages(owner: str) -> ArraySubquery:
    return _said(owner, Message, "written_at", _WRITTEN)


def _documents(owner: str) -> ArraySubquery:
    there = Q(removed_at=None)
    return _said(owner, CaseDocument, "document__added_at", _FILED, there)


def _feedback(owner: str) -> ArraySubquery:
    columns = {"criterion": "criterion__name", "text": "text"}
    return _said(owner, Feedback, "criterion__position", columns)

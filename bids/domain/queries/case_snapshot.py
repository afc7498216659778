"""Reads a whole case in one query: its columns, and its related rows as arrays.

A page about a case then takes the same few queries, however many rows the case has.
Amounts are in pence, dates are ISO text.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from bids.models import (
    Answer,
    Barrier,
    Bid,
    BidMoney,
    CaseDocument,
    Clarification,
    ClarificationQuestion,
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
    Reconsideration,
    Return,
    Risk,
    SupportNeed,
)
from bids.models.application import REFERENCES
from innovation.core import statements
from innovation.organisations.models import Council, Organisation

_RELATIONS = ("round", "lead", "chain", *REFERENCES)
_NAME_ATTRIBUTES = (
    "snapshot_councils",
    "snapshot_partners",
    "snapshot_practice_models",
)
"""These are plain text, the others JSON."""
_T = TypeVar("_T", Bid, Expression)
_Case = TypeVar("_Case", bound=Bid | Expression)
_ANSWER_COLUMNS = {"code": "question__code", "value": "value"}
_DOCUMENT_COLUMNS = {
    "key": "key",
    "code": "code",
    "document": "document__key",
    **{n: f"document__{n}" for n in ("name", "size", "state", "last_error")},
}
_MESSAGE_COLUMNS = {
    "key": "key",
    "from_department": "from_department",
    "text": "text",
    "written_by": "written_by__name",
    "written_at": "written_at",
    "settled_at": "settled_at",
}
_QUESTION_COLUMNS = {
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


def expressions_with_snapshot(rows: QuerySet[Expression]) -> QuerySet[Expression]:
    """Expressions with `snapshot_money`, `snapshot_councils` and so on."""
    return _with_snapshots(rows.select_related(*_RELATIONS, "bid"))


def with_parts(rows: "QuerySet[_T]", *names: str) -> "QuerySet[_T]":
    """The rows with only these parts of their snapshot, such as `snapshot_messages`."""
    parts = _snapshot(rows.model)
    return rows.annotate(**{name: parts[name] for name in names})


def bids_with_snapshot(rows: QuerySet[Bid]) -> QuerySet[Bid]:
    expression_references = [f"expression__{name}" for name in REFERENCES]
    return _with_snapshots(
        rows.select_related(*_RELATIONS, "expression", *expression_references)
    )


def with_snapshot(case: _Case) -> _Case:
    """The case with its snapshot, which is read if it has none."""
    if not hasattr(case, "snapshot_questions"):
        _attach_snapshot(case)
    return case


def _with_snapshots(rows: "QuerySet[_T]") -> "QuerySet[_T]":
    return rows.annotate(**_snapshot(rows.model))


def _attach_snapshot(case: Model) -> None:
    model = type(case)
    [row] = statements.values(_snapshot_of, case.pk, variant=(model,))
    for name, value in zip(_snapshot(model), row, strict=True):
        setattr(
            case,
            name,
            value if name in _NAME_ATTRIBUTES else list(map(json.loads, value)),
        )


def _snapshot_of(model: type[Model], pk: int) -> QuerySet[Model, tuple[Any, ...]]:
    rows = model._default_manager.filter(pk=pk)
    return rows.values_list(*_snapshot(model).values())


@cache
def _snapshot(model: type[Model]) -> dict[str, ArraySubquery]:
    return _bid_snapshot() if model is Bid else _expression_snapshot()


def _expression_snapshot() -> dict[str, ArraySubquery]:
    return {
        **_name_arrays("expressions"),
        "snapshot_money": _row_array(
            MoneyAsked, "expression", "financial_year", "amount"
        ),
        **_support("expression"),
        "snapshot_outcomes": _row_array(
            ExpectedOutcome, "expression", "description", "measure"
        ),
        "snapshot_questions": _questions(),
        "snapshot_answers": _json_array(
            "expression", Answer, _ANSWER_COLUMNS, order="question__position"
        ),
        "snapshot_clarifications": _json_array(
            "expression",
            Clarification,
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
        "snapshot_clarification_questions": _json_array(
            "clarification__expression",
            ClarificationQuestion,
            {
                "clarification": "clarification__key",
                "number": "number",
                "code": "question_code",
                "text": "text",
                "answer": "answer",
                "taken_back_at": "clarification__taken_back_at",
            },
        ),
        "snapshot_messages": _messages("expression"),
        "snapshot_documents": _documents("expression"),
        "snapshot_feedback": _feedback("expression"),
        "snapshot_reconsiderations": _reconsiderations("expression"),
    }


def _bid_snapshot() -> dict[str, ArraySubquery]:
    return {
        **_name_arrays("bids"),
        "snapshot_money": _json_array(
            "bid",
            BidMoney,
            {
                "financial_year": "financial_year",
                "category": "category",
                "partner": "partner__name",
                "partner_key": "partner__key",
                "description": "description",
                "amount": "amount",
            },
        ),
        "snapshot_other_funding": _row_array(
            OtherFunding, "bid", "source", "financial_year", "amount", "secured"
        ),
        "snapshot_outcomes": _row_array(
            Outcome, "bid", "description", "measure", "baseline", "target", "due_on"
        ),
        **_support("bid"),
        "snapshot_milestones": _row_array(Milestone, "bid", "description", "due_on"),
        "snapshot_risks": _row_array(
            Risk, "bid", "description", "likelihood", "impact", "mitigation"
        ),
        "snapshot_returns": _row_array(Return, "bid", "reason", "returned_at"),
        "snapshot_partner_letters": _json_array(
            "bid",
            PartnerLetter,
            {
                "organisation": "organisation__name",
                "organisation_key": "organisation__key",
                "text": "text",
                "received_on": "received_on",
            },
        ),
        "snapshot_comments": _json_array(
            "bid",
            Comment,
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
        "snapshot_questions": _questions(),
        "snapshot_answers": _json_array(
            "bid", Answer, _ANSWER_COLUMNS, order="question__position"
        ),
        "snapshot_messages": _messages("expression__bid"),
        "snapshot_documents": _documents("bid"),
        "snapshot_feedback": _feedback("bid"),
        "snapshot_reconsiderations": _reconsiderations("bid"),
    }


def _name_arrays(related: str) -> dict[str, ArraySubquery]:
    partner = "partner_bids" if related == "bids" else "partner_expressions"
    rows = (Council, related), (Organisation, partner), (PracticeModel, related)
    return {
        name: _name_array(model, related)
        for name, (model, related) in zip(_NAME_ATTRIBUTES, rows, strict=True)
    }


def _name_array(model: type[Model], related: str) -> ArraySubquery:
    rows = model._default_manager.filter(Q(**{related: OuterRef("pk")}))
    return ArraySubquery(rows.order_by(*model._meta.ordering or ()).values("name"))


def _row_array(model: type[Model], owner: str, *columns: str) -> ArraySubquery:
    return _json_array(owner, model, {name: name for name in columns})


def _json_array(
    owner: str,
    model: type[Model],
    columns: Mapping[str, str],
    condition: Q | None = None,
    order: str = "",
) -> ArraySubquery:
    """The rows in the order of their model, or by the column `order`."""
    fields = {name: F(path) for name, path in columns.items()}
    rows = model._default_manager.filter(condition or Q(), Q(**{owner: OuterRef("pk")}))
    ordered = rows.order_by(order, "pk") if order else rows
    return ArraySubquery(ordered.values(json=JSONObject(**fields)))


def _questions() -> ArraySubquery:
    rows = Question.objects.filter(question_set=OuterRef("question_set"))
    fields = {name: F(path) for name, path in _QUESTION_COLUMNS.items()}
    return ArraySubquery(rows.values(json=JSONObject(**fields)))


def _support(owner: str) -> dict[str, ArraySubquery]:
    return {
        "snapshot_support": _row_array(SupportNeed, owner, "kind", "detail"),
        "snapshot_barriers": _row_array(
            Barrier, owner, "id", "carries_on", "law_or_rule", "what_it_stops"
        ),
    }


def _messages(owner: str) -> ArraySubquery:
    return _json_array(owner, Message, _MESSAGE_COLUMNS)


def _documents(owner: str) -> ArraySubquery:
    return _json_array(
        owner,
        CaseDocument,
        _DOCUMENT_COLUMNS,
        Q(removed_at=None),
        order="document__added_at",
    )


def _feedback(owner: str) -> ArraySubquery:
    columns = {
        "criterion": "criterion__name",
        "text": "text",
        "reconsideration": "reconsideration",
    }
    return _json_array(owner, Feedback, columns)


def _reconsiderations(owner: str) -> ArraySubquery:
    names = ("key", "state", "grounds", "asked_at", "reasons", "answered_at")
    columns = {**{name: name for name in names}, "declined_by": "declined_by__key"}
    return _json_array(owner, Reconsideration, columns)

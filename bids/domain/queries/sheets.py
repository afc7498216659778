"""A whole case in one query: its facts and everything hanging on it, as arrays.

So a page about a case costs the same few queries however much was said. Amounts come
as pence, dates as ISO text.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from bids.models import (
    Answer,
    Barrier,
    Bid,
    BidMoney,
    Clarification,
    Expression,
    Feedback,
    Milestone,
    MoneyAsked,
    OtherFunding,
    Outcome,
    PracticeModel,
    Return,
    Risk,
    SupportNeed,
)
from innovation.organisations.models import Council, Organisation

_FACTS = ("round", "lead", "strand", "maturity", "idea_type", "chain")
_SAID = {
    "code": "question__code",
    "section": "question__section",
    "wording": "question__wording",
    "kind": "question__kind",
    "value": "value",
}


def of_expressions(rows: QuerySet[Expression]) -> QuerySet[Expression]:
    """`thing.sheet_money`, `thing.sheet_councils` and so on, beside its columns."""
    return rows.select_related(*_FACTS, "merged_into", "bid", "question_set").annotate(
        **_names("expressions"),
        sheet_money=_rows(MoneyAsked, "expression", "financial_year", "amount"),
        sheet_support=_rows(SupportNeed, "expression", "kind", "detail"),
        sheet_barriers=_rows(
            Barrier, "expression", "law_or_rule", "what_it_stops", "state"
        ),
        sheet_answers=_said("expression", Answer, "question__position", _SAID),
        sheet_clarifications=_said(
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
            },
        ),
        sheet_feedback=_feedback("expression"),
    )


def of_bids(rows: QuerySet[Bid]) -> QuerySet[Bid]:
    return rows.select_related(*_FACTS, "expression", "question_set").annotate(
        **_names("bids"),
        sheet_money=_rows(BidMoney, "bid", "financial_year", "category", "amount"),
        sheet_other_funding=_rows(
            OtherFunding, "bid", "source", "financial_year", "amount", "secured"
        ),
        sheet_outcomes=_rows(
            Outcome, "bid", "description", "measure", "baseline", "target"
        ),
        sheet_milestones=_rows(Milestone, "bid", "description", "due_on"),
        sheet_risks=_rows(
            Risk, "bid", "description", "likelihood", "impact", "mitigation"
        ),
        sheet_returns=_rows(Return, "bid", "reason", "returned_at"),
        sheet_answers=_said("bid", Answer, "question__position", _SAID),
        sheet_feedback=_feedback("bid"),
    )


def _names(related: str) -> dict[str, ArraySubquery]:
    partner = "partner_bids" if related == "bids" else "partner_expressions"
    return {
        "sheet_councils": _named(Council, related),
        "sheet_partners": _named(Organisation, partner),
        "sheet_practice_models": _named(PracticeModel, related),
    }


def _named(model: type[Model], related: str) -> ArraySubquery:
    rows = model._default_manager.filter(Q(**{related: OuterRef("pk")}))
    return ArraySubquery(rows.order_by("name").values("name"))


def _rows(model: type[Model], owner: str, *columns: str) -> ArraySubquery:
    ordering = model._meta.ordering or ["pk"]
    return _said(owner, model, str(ordering[0]), {name: name for name in columns})


def _said(
    owner: str, model: type[Model], order: str, columns: Mapping[str, str]
) -> ArraySubquery:
    fields: dict[str, Any] = {name: F(path) for name, path in columns.items()}
    rows = model._default_manager.filter(Q(**{owner: OuterRef("pk")}))
    return ArraySubquery(
        rows.order_by(order, "pk").values(json=JSONObject(**fields)),
    )


def _feedback(owner: str) -> ArraySubquery:
    columns = {"criterion": "criterion__name", "text": "text"}
    return _said(owner, Feedback, "criterion__position", columns)

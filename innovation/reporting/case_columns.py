"""The columns of a list of cases as CSV: one reading for the report and the stream."""

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Case,
    CharField,
    DateField,
    DecimalField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate

from bids.models import Expression, MoneyAsked
from innovation.audit import presenters
from innovation.audit.presenters import Audience
from innovation.core.clock import LONDON
from innovation.organisations.models import Council
from innovation.reporting import disclosure
from innovation.web.csv_export import SpreadsheetSafe

HEADER = (
    "Reference",
    "Title",
    "Lead organisation",
    "Round",
    "Strand",
    "Councils",
    "Expression for in pounds",
    "Stage",
    "Sent",
    "Last moved",
)


def rows(cases: "QuerySet[Expression]") -> "QuerySet[Expression, tuple[Any, ...]]":
    """`cases` as tuples in the order of HEADER; dates are days in London."""
    return cases.values_list(
        F("key"),
        SpreadsheetSafe(F("title")),
        SpreadsheetSafe(F("lead__name")),
        SpreadsheetSafe(F("round__name")),
        Coalesce(SpreadsheetSafe(F("strand__name")), Value("", TextField())),
        Coalesce(_councils(), Value("", TextField())),
        _amount_requested(),
        _stage(),
        Cast(TruncDate("submitted_at", tzinfo=LONDON), DateField()),
        _last_moved(),
    )


def _councils() -> Subquery:
    """By sub-select: joined, every case would be grouped."""
    named = Council.objects.filter(expressions=OuterRef("pk")).order_by()
    names = StringAgg("name", "; ", order_by="name")
    return Subquery(
        named.values("expressions").annotate(names=names).values("names"),
        output_field=TextField(),
    )


def _amount_requested() -> Cast:
    """Pounds with two places; empty where no amount was given."""
    money = MoneyAsked.objects.filter(expression=OuterRef("pk")).order_by()
    pence = money.values("expression").annotate(pence=Sum("amount")).values("pence")
    pounds = DecimalField(max_digits=20, decimal_places=2)
    return Cast(Cast(Subquery(pence), pounds) / Value(100), pounds)


def _stage() -> Case:
    words = (
        When(chain__stage=stage, then=Value(_stage_label(stage)))
        for stage in presenters.stages()
    )
    kept = When(
        disclosure.unannounced_approvals(),
        then=Value(_stage_label(disclosure.WITH_MINISTER)),
    )
    return Case(kept, *words, default=F("chain__stage"), output_field=CharField())


def _last_moved() -> Cast:
    return Cast(TruncDate(disclosure.moved_at(), tzinfo=LONDON), DateField())


def _stage_label(stage: str) -> str:
    return presenters.stage_tag(stage, Audience.DEPARTMENT)[0]

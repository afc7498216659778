"""Cases: those that filters show, and all of them."""

from datetime import datetime

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Case,
    CharField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from bids import policies
from bids.domain.queries import cases
from bids.models import Expression, MoneyAsked
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import presenters
from innovation.audit.presenters import Audience
from innovation.organisations.models import Council
from innovation.reporting import disclosure
from innovation.reporting.report_types.definition import Format, Params, ReportType
from innovation.web.csv_export import (
    SpreadsheetSafe,
    london_day,
    pounds,
    text_or_empty,
)


class Cases(ReportType):
    name = "cases"
    title = "Cases"
    noun = "case"
    source = "bids:cases"
    source_title = "the list of cases"
    columns = (
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
    permissions = (Permission.MAKE_REPORTS,)
    formats = frozenset({Format.FILE})
    filter_names = cases.FILTER_NAMES

    def rows(
        self, user: User, params: Params, at: datetime
    ) -> "QuerySet[Expression, tuple[object, ...]]":
        return case_rows(disclosure.matching_cases(user, params).rows)

    def count(self, user: User, params: Params, at: datetime) -> int:
        """Stops at one more than `cases.COUNT_LIMIT`."""
        return disclosure.matching_cases(user, params).number


class AllCases(ReportType):
    """Every case that the user may see."""

    name = "all-cases"
    title = "All cases"
    columns = Cases.columns
    permissions = (Permission.MAKE_REPORTS, Permission.READ_ALL_CASES)
    formats = frozenset({Format.STREAM})

    def rows(
        self, user: User, params: Params, at: datetime
    ) -> "QuerySet[Expression, tuple[object, ...]]":
        return case_rows(policies.cases_for(user).order_by("pk"))

    def file_name(self, params: Params, at: datetime) -> str:
        return self.name


def case_rows(
    cases: "QuerySet[Expression]",
) -> "QuerySet[Expression, tuple[object, ...]]":
    """`cases` as tuples in the order of `Cases.columns`; dates are days in London."""
    return cases.values_list(
        F("key"),
        SpreadsheetSafe(F("title")),
        SpreadsheetSafe(F("lead__name")),
        SpreadsheetSafe(F("round__name")),
        text_or_empty("strand__name"),
        Coalesce(_councils(), Value("", TextField())),
        pounds(_pence_requested()),
        _stage(),
        london_day("submitted_at"),
        _last_moved(),
    )


def _councils() -> Subquery:
    """A subquery, because a join would group all cases."""
    councils = Council.objects.filter(expressions=OuterRef("pk")).order_by()
    names = StringAgg("name", "; ", order_by="name")
    return Subquery(
        councils.values("expressions").annotate(names=names).values("names"),
        output_field=TextField(),
    )


def _pence_requested() -> Subquery:
    money = MoneyAsked.objects.filter(expression=OuterRef("pk")).order_by()
    pence = money.values("expression").annotate(pence=Sum("amount"))
    return Subquery(pence.values("pence"))


def _stage() -> Case:
    words = (
        When(chain__stage=stage.name, then=Value(_stage_label(stage.name)))
        for stage in presenters.stages
    )
    unannounced = When(
        disclosure.unannounced_approvals(),
        then=Value(_stage_label(disclosure.WITH_MINISTER)),
    )
    return Case(
        unannounced, *words, default=F("chain__stage"), output_field=CharField()
    )


def _last_moved() -> Cast:
    return london_day(disclosure.moved_at())


def _stage_label(stage: str) -> str:
    return presenters.stage_tag(stage, Audience.DEPARTMENT)[0]

"""Cases: those that filters show, and all of them."""

from datetime import date, datetime

from django.db.models import (
    Case,
    CharField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from bids import policies
from bids.domain.programmes import of_main_programme
from bids.domain.queries import case_columns, case_search_filters, cases
from bids.domain.queries.case_columns import CaseColumn
from bids.models import Expression
from funding.models import Correction
from funding.states import CorrectionState
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import presenters
from innovation.audit.presenters import Audience
from innovation.core.parameters import Parameters
from innovation.organisations.models import Council
from innovation.reporting import disclosure
from innovation.reporting.report_types.definition import Format, Params, ReportType
from innovation.web.csv_export import joined_column, london_day, pounds, text_or_empty


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
        "Bid",
        "Lead organisation reference",
        "Council numbers",
        "Award",
        "Award in pounds",
        "Precision of the amount",
        "Award dated",
        "Precision of the date",
        "Revised on",
    )
    permissions = (Permission.MAKE_REPORTS,)
    formats = frozenset({Format.FILE})
    filter_names = case_columns.LIST_NAMES

    def rows(
        self, user: User, params: Params, at: datetime
    ) -> "QuerySet[Expression, tuple[object, ...]]":
        matching = disclosure.matching_cases(user, params).rows
        chosen, day = _chosen(params), _stage_day(params)
        if chosen:
            values = [
                column.value() if column.value else _stage_on(day) for column in chosen
            ]
            rows = disclosure.with_public_award(matching)
            return rows.values_list(F("key"), F("title"), *values)
        return case_rows(matching, day)

    def headings(self, params: Params) -> tuple[str, ...]:
        day = _stage_day(params)
        dated = {"Stage": f"Stage on {day}", "Last moved": f"Last moved by {day}"}
        chosen = [column.heading for column in _chosen(params)]
        names = (*case_columns.FIXED_HEADINGS, *chosen) if chosen else self.columns
        return tuple(dated.get(name, name) if day else name for name in names)

    def count(self, user: User, params: Params, at: datetime) -> int:
        """Stops at one more than `search_texts.COUNT_LIMIT`. A column that there is not
        is refused before a file of others is built.
        """
        _chosen(params)
        return disclosure.matching_cases(user, params).number

    def file_name(self, params: Params, at: datetime) -> str:
        day = _stage_day(params)
        return f"{self.name}-as-at-{day}" if day else super().file_name(params, at)


class AllCases(ReportType):
    """Every case of the main programme that the user may see."""

    name = "all-cases"
    title = "All cases"
    columns = Cases.columns
    permissions = (Permission.MAKE_REPORTS, Permission.READ_ALL_CASES)
    formats = frozenset({Format.STREAM})

    def rows(
        self, user: User, params: Params, at: datetime
    ) -> "QuerySet[Expression, tuple[object, ...]]":
        cases = of_main_programme(policies.cases_for(user))
        return case_rows(cases.order_by("pk"))

    def file_name(self, params: Params, at: datetime) -> str:
        return self.name


def _chosen(params: Params) -> list[CaseColumn]:
    """The columns that the reader chose in the list; none for all of this file."""
    return case_columns.read(params.get(case_columns.PARAMETER, ""))


def _stage_day(params: Params) -> date | None:
    """The day whose stages the list shows; `None` for those of now."""
    if params.get("counted", "") not in case_search_filters.COUNTED_FIGURES:
        return None
    return Parameters(params).day("as_at")


def case_rows(
    rows: "QuerySet[Expression]", day: date | None = None
) -> "QuerySet[Expression, tuple[object, ...]]":
    """Cases as tuples in the order of `Cases.columns`, with their stages at the end
    of `day`, or those of now; dates are days in London.

    New columns come at the end, so that the others keep their places.
    """
    return disclosure.with_public_award(rows).values_list(
        F("key"),
        F("title"),
        F("lead__name"),
        F("round__name"),
        text_or_empty("strand__name"),
        joined_column(Council, "expressions", "name"),
        pounds(case_search_filters.pence_asked()),
        _stage_on(day),
        london_day("submitted_at"),
        london_day(disclosure.moved_at_until(day) if day else disclosure.moved_at()),
        text_or_empty("bid__key"),
        F("lead__key"),
        joined_column(Council, "expressions", "dfe_number"),
        text_or_empty("public_award__key"),
        pounds(F("public_award__amount")),
        text_or_empty("public_award__amount_precision"),
        F("public_award__dated_on"),
        text_or_empty("public_award__date_precision"),
        london_day(_revised_at()),
    )


def _revised_at() -> Subquery:
    """When an imported case was last corrected or retracted."""
    done = Correction.objects.filter(
        expression=OuterRef("pk"), state=CorrectionState.DONE
    )
    return Subquery(done.order_by("-answered_at").values("answered_at")[:1])


def _stage(column: str, *before: When) -> Case:
    """The words of the stage in `column`, unless one of `before` holds."""
    words = (
        When(**{column: stage.name}, then=Value(_stage_label(stage.name)))
        for stage in presenters.stages
    )
    unannounced = When(
        disclosure.unannounced_approvals(column),
        then=Value(_stage_label(disclosure.WITH_MINISTER)),
    )
    return Case(
        *before, unannounced, *words, default=F(column), output_field=CharField()
    )


def _stage_on(day: date | None) -> Case | Coalesce:
    """The words of the stage at the end of the day, or those of now."""
    return _stage_at(day) if day else _stage("chain__stage")


def _stage_at(day: date) -> Coalesce:
    """The words of `cases.stage_at`, as they can be shown today."""
    sent = Value(_stage_label(cases.SENT))
    still_sent = When(cases.ended_after(day), then=sent)
    moves = cases.moves_until(day).annotate(words=_stage("stage", still_sent))
    return Coalesce(Subquery(moves.values("words")[:1]), sent)


def _stage_label(stage: str) -> str:
    return presenters.stage_tag(stage, Audience.DEPARTMENT)[0]

"""Funded projects as CSV, for everybody: what their pages and the API say."""

from typing import Any

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest, StreamingHttpResponse

from funding.domain.queries import awards
from funding.models import Award
from funding.models.award import HAS_ANNOUNCEMENT_DAY, LEAD_NOT_STATED
from funding.views.projects import PUBLIC_FILTERS, announced_awards
from innovation.accounts.page_access import EVERYBODY
from innovation.core.parameters import require_known, single_values
from innovation.organisations.models import Council, Organisation
from innovation.web import pages
from innovation.web.csv_export import csv_response, joined_column, pounds, text_or_empty

COLUMNS: dict[str, Combinable] = {
    "Reference": F("key"),
    "Title": F("title"),
    "Lead organisation": Coalesce(
        NullIf(
            NullIf("lead_as_published", Value("")),
            Value(LEAD_NOT_STATED),
        ),
        F("lead__name"),
        Value(""),
    ),
    "Lead organisation reference": text_or_empty("lead__key"),
    "Partners": joined_column(Organisation, "partner_awards", "name"),
    "Councils": joined_column(Council, "awards", "name"),
    "Council numbers": joined_column(Council, "awards", "dfe_number"),
    "Round": F("round__name"),
    "Focus area": F("focus_area"),
    "Type of idea": text_or_empty("idea_type__name"),
    "Type of idea as published": F("idea_as_published"),
    "Amount in pounds": pounds(F("amount")),
    "Precision of the amount": F("amount_precision"),
    "Note on the amount": F("amount_note"),
    "Date": F("dated_on"),
    "Precision of the date": F("date_precision"),
    "Kind of date": F("date_kind"),
    "Announced": Case(When(HAS_ANNOUNCEMENT_DAY, then=F("announced_on"))),
    "Source": F("source"),
    "Confidence in the source": F("confidence"),
    "Notes": F("notes"),
    "Made up": Case(
        When(demonstration=True, then=Value("yes")),
        default=Value("no"),
        output_field=TextField(),
    ),
    "Revised on": F("revised_on"),
}
"""New columns come at the end, so that the others keep their places."""


def project_rows(rows: QuerySet[Award]) -> "QuerySet[Award, Any]":
    """Projects as tuples in the order of `COLUMNS`. Facts that no source states are
    empty; a date is the last day of the period in its source.
    """
    return rows.values_list(*COLUMNS.values())


class ProjectsCsv(pages.Page[Award]):
    """The projects that the filters of the list select."""

    policy = EVERYBODY
    title = "Funded projects as CSV"

    def get(self, request: HttpRequest, **kwargs: object) -> StreamingHttpResponse:
        params = single_values(request.GET)
        require_known(params, PUBLIC_FILTERS)
        filters = {name: params.get(name, "") for name in PUBLIC_FILTERS}
        rows = awards.search(announced_awards(self.user), filters)
        return csv_response(
            request, "funded-projects.csv", list(COLUMNS), project_rows(rows)
        )

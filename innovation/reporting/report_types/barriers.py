"""The barrier register: how each entry stands now."""

from datetime import datetime

from django.db.models import F, QuerySet

from bids import barrier_policies
from bids.domain.queries import barriers
from bids.forms.barrier import BarrierFilter
from bids.models import BarrierStep
from bids.models.barrier import BarrierRoute, BarrierState
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import Invalid
from innovation.reporting.report_types.definition import Format, Params, ReportType
from innovation.web.csv_export import labelled_column, london_day, text_or_empty


class Barriers(ReportType):
    name = "barriers"
    title = "Barrier register"
    noun = "barrier"
    source = "bids:barriers"
    source_title = "the barrier register"
    columns = (
        "Reference",
        "Law or rule",
        "What it stops",
        "State",
        "Route",
        "Owner",
        "Raised on",
        "Due on",
        "Settled on",
        "Outcome",
        "Cases",
        "Made-up cases",
        "So since",
        "Recorded on",
        "Reason",
        "Made up",
    )
    permissions = (Permission.MAKE_REPORTS, Permission.READ_CASES)
    formats = frozenset({Format.FILE, Format.STREAM})
    filter_names = ("state", "route", "owner", "due")

    def rows(
        self, user: User, params: Params, at: datetime
    ) -> "QuerySet[BarrierStep, tuple[object, ...]]":
        steps = barrier_policies.present_steps(user)
        filters = BarrierFilter(params, owners=barriers.owners_of(steps))
        if not filters.is_valid():
            raise Invalid(
                {
                    name: [str(text) for text in texts]
                    for name, texts in filters.errors.items()
                }
            )
        values = filters.cleaned_data
        due_by = clock.london_day(at) if values["due"] else None
        matching = barriers.narrow(steps, values, user, due_by)
        counted = barriers.with_case_count(matching, user)
        return counted.order_by("law_or_rule", "pk").values_list(
            F("entry__key"),
            F("law_or_rule"),
            F("what_it_stops"),
            labelled_column("state", dict(BarrierState.choices)),
            labelled_column("route", dict(BarrierRoute.choices)),
            text_or_empty("owner__name"),
            F("raised_on"),
            F("due_on"),
            F("resolved_on"),
            F("outcome"),
            F("case_count"),
            F("made_up_count"),
            F("so_on"),
            london_day(F("recorded_at")),
            F("reason"),
            F("entry__demonstration"),
        )

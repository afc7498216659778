"""The public list of the councils that an applicant can name."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from innovation.accounts.forms.council import FindCouncilForm
from innovation.accounts.page_access import EVERYBODY
from innovation.accounts.permissions import has_permission
from innovation.accounts.policies import COUNCIL_READERS
from innovation.core import clock
from innovation.core.clock import london_day
from innovation.organisations.domain.queries import choices
from innovation.organisations.domain.queries.councils import find_councils
from innovation.organisations.models import Council, CouncilFact
from innovation.web import pages


def open_councils(user: object) -> QuerySet[Council]:
    """The same for everybody."""
    day = london_day(clock.now())
    return (
        Council.objects.filter(organisation__isnull=False)
        .exclude(closed_on__lt=day)
        .prefetch_related("codes", Prefetch("facts", CouncilFact.objects.known()))
    )


class Councils(pages.ListPage[Council]):
    """The councils that are open, with their other names, numbers, codes and dated
    facts. One that has closed leads to its successors.
    """

    policy = EVERYBODY
    shared = True
    scope = staticmethod(open_councils)
    scope_depends_on_day = True
    title = "Councils"
    description = (
        "The councils with children’s services in England, with all their names, DfE "
        "numbers and GSS codes."
    )
    template_name = "accounts/councils.html"
    ordering = ("name", "dfe_number")
    filter_form = FindCouncilForm

    def context(self) -> dict[str, object]:
        return {"may_read_councils": has_permission(self.user, *COUNCIL_READERS)}

    def narrow(
        self, rows: QuerySet[Council], filter_values: dict[str, Any]
    ) -> QuerySet[Council]:
        text = filter_values.get("text")
        if not text:
            return rows
        day = london_day(clock.now())
        return rows.filter(
            pk__in=[
                current.pk
                for council in find_councils(text, "text")
                for current in choices.council_or_successors(council, day)
            ]
        )

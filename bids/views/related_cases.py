"""The department's page of the cases and awards that are like one case."""

from django.db.models import QuerySet

from bids.domain.queries import case_snapshot, related_cases, summaries
from bids.models import Expression
from bids.related_awards import related_awards
from bids.views.case_pages import CasePage
from bids.views.cases import whole_cases_in_scope
from innovation.accounts.models import User
from innovation.audit.presenters import Audience
from innovation.core import clock, statements


class Related(CasePage[Expression]):
    """What was merged into it, with its answers, and what is like it and why."""

    tab = "bids:case-related"
    tab_title = "Related cases"
    template_name = "bids/department/related_cases.html"

    @staticmethod
    def scope(user: User) -> QuerySet[Expression]:
        return case_snapshot.with_parts(whole_cases_in_scope(user), "snapshot_barriers")

    def tab_context(self) -> dict[str, object]:
        user, case = self.user, self.object
        related = related_cases.related_cases(user, case)
        merged = statements.fetch(related_cases.merged_cases, user, case.pk)
        awards = related_awards(user, case, clock.london_day(clock.now()))
        parts = [
            ("Cases of the same lead", related.of_lead),
            ("Cases in the same councils", related.in_councils),
            ("Cases in similar words", related.in_words),
            ("Cases with the same barrier or practice model", related.with_same_means),
        ]
        return {
            "audience": Audience.DEPARTMENT,
            "merged": [(row, summaries.groups(row)) for row in merged],
            "parts": [(heading, rows) for heading, rows in parts if rows],
            "awards": awards,
        }

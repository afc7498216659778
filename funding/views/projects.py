"""Public pages of funded projects: announced awards."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.safestring import mark_safe

from funding import policies
from funding.domain.queries import awards, projects, published_awards
from funding.forms.project import ProjectsFilter
from funding.models import Award
from funding.views.project_map import project_map
from innovation.accounts.page_access import EVERYBODY
from innovation.accounts.permissions import Visitor
from innovation.core import clock, statements
from innovation.core.errors import Invalid
from innovation.organisations.models import Council
from innovation.web import pages
from innovation.web.keyset import MARKS
from innovation.web.subjects import Subject

OTHERS = 10
"""Projects of the same lead or council that a project’s page names."""
PUBLIC_FILTERS: tuple[str, ...] = ("q", *projects.FACETS)


def announced_awards(user: Visitor) -> QuerySet[Award]:
    """The announced awards, the same for all users."""
    return policies.public_awards(clock.london_day(clock.now()))


class Projects(pages.ListPage[Award]):
    policy = EVERYBODY
    shared = True
    scope = announced_awards
    scope_depends_on_day = True
    title = "Funded projects"
    description = (
        "The projects that the Children’s Social Care Innovation Programme funds: by "
        "council, strand, practice model and round, on a map and as a list."
    )
    template_name = "funding/public/projects.html"
    ordering = awards.ORDER
    filter_form = ProjectsFilter

    @cached_property
    def today(self) -> date:
        return clock.london_day(clock.now())

    @cached_property
    def given_filters(self) -> dict[str, str]:
        """Only these: filters by state or figure would show more than is public."""
        query = self.request.GET
        return {name: query[name] for name in PUBLIC_FILTERS if query.get(name)}

    @cached_property
    def search_filters(self) -> awards.AwardFilters:
        """Raise `Invalid`."""
        return awards.AwardFilters.read(self.given_filters)

    @cached_property
    def selection(self) -> projects.Selection:
        """Raise `Invalid`."""
        return projects.select(self.search_filters, self.today)

    @cached_property
    def counts(self) -> projects.Counts:
        try:
            return projects.counts(self.selection, self.today)
        except Invalid:
            # The list says what is wrong, above filters with all their choices.
            return projects.counts(projects.EVERYTHING, self.today)

    def filter_options(self) -> dict[str, Any]:
        return {"counts": self.counts}

    def context(self) -> dict[str, object]:
        filters = dict(self.given_filters)
        searched, found = self.search_filters.q, self.selection.text
        correction = found if found != searched else ""
        if correction:
            filters["q"] = correction
        url = reverse("funding:projects-csv")
        return {
            "searched": searched,
            "correction": correction,
            "csv_url": f"{url}?{urlencode(filters)}" if filters else url,
            "is_filtered": bool(filters),
            "heading": self._heading(),
            "map": "" if self.request.GET.keys() & MARKS else self._map(),
        }

    def _heading(self) -> str:
        number = self.counts.total
        return f"{number:,} project{'' if number == 1 else 's'}"

    def _map(self) -> str:
        others = {k: v for k, v in self.given_filters.items() if k != "council"}
        form = self.filters
        html = project_map(
            self.counts.of("council"),
            others=urlencode(others),
            current=form.data.get("council", "") if form else "",
        )
        return mark_safe(html)

    def fetch_window(self, order: Sequence[str], mark: Sequence[object]) -> list[Award]:
        if self.selection.text:
            return super().fetch_window(order, mark)
        return statements.fetch(
            projects.newest_projects,
            *self.selection.values,
            self.today,
            tuple(mark),
            variant=(tuple(order), self.size),
        )

    def narrow(
        self, rows: QuerySet[Award], filter_values: dict[str, object]
    ) -> QuerySet[Award]:
        return projects.listed(self.selection.narrow(rows))


class Project(pages.DetailPage[Award]):
    policy = EVERYBODY
    shared = True
    scope = announced_awards
    scope_depends_on_day = True
    back = "funding:projects"
    template_name = "funding/public/project.html"

    def rows_in_scope(self) -> QuerySet[Award]:
        return super().rows_in_scope().select_related("round", "lead", "idea_type")

    def page_title(self) -> str:
        return str(self.object.title)

    def page_description(self) -> str:
        return published_awards.description(self.object)

    @property
    def subject(self) -> Subject:
        """The subject without a state, which is not public."""
        return Subject(self.object.key, self.object.title)

    def context(self) -> dict[str, object]:
        today, award = clock.london_day(clock.now()), self.object
        councils = Council.objects.select_related("region")
        prefetch_related_objects([award], Prefetch("councils", councils))
        reports = policies.public_reports(today).filter(award=award)
        return {
            "facts": published_awards.project_facts(award),
            "councils": award.councils.all(),
            "practice_models": award.practice_models.all(),
            "reports": reports.prefetch_related("findings"),
            "other_projects": projects.other_projects(award, today, most=OTHERS),
        }

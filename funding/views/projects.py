"""Public pages of funded projects: announced awards."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from funding import policies
from funding.domain.queries import awards, published_awards
from funding.forms.project import ProjectsFilter
from funding.models import Award
from innovation.accounts.page_access import EVERYBODY
from innovation.accounts.permissions import Visitor
from innovation.core import clock
from innovation.web import pages
from innovation.web.subjects import Subject

PUBLIC_FILTERS: tuple[str, ...] = ("q", "round", "council")


def announced_awards(user: Visitor) -> QuerySet[Award]:
    """The announced awards, the same for all users."""
    return policies.public_awards(clock.london_day(clock.now()))


class Projects(pages.ListPage[Award]):
    policy = EVERYBODY
    shared = True
    scope = announced_awards
    scope_depends_on_day = True
    title = "Funded projects"
    template_name = "funding/public/projects.html"
    ordering = awards.ORDER
    filter_form = ProjectsFilter

    def context(self) -> dict[str, object]:
        query = self.request.GET
        filters = {name: query[name] for name in PUBLIC_FILTERS if query.get(name)}
        url = reverse("funding:projects-csv")
        if filters:
            url += f"?{urlencode(filters)}"
        return {"csv_url": url, "is_filtered": bool(filters)}

    def narrow(
        self, rows: QuerySet[Award], filter_values: dict[str, object]
    ) -> QuerySet[Award]:
        # Only these: filters by state or figure would show more than is public.
        query = self.request.GET
        filters = {name: query.get(name, "") for name in PUBLIC_FILTERS}
        projects = awards.search(rows, filters)
        return projects.select_related("lead", "round")


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

    @property
    def subject(self) -> Subject:
        """The subject without a state, which is not public."""
        return Subject(self.object.key, self.object.title)

    def context(self) -> dict[str, object]:
        today = clock.london_day(clock.now())
        reports = policies.public_reports(today).filter(award=self.object)
        return {
            "facts": published_awards.facts(self.object),
            "practice_models": self.object.practice_models.all(),
            "reports": reports.prefetch_related("findings"),
        }

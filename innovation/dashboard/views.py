"""The front page, the home page, and the pages behind the figures."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse

from bids.domain import rounds
from bids.models import Round
from funding import policies
from funding.models import Award
from innovation.accounts.page_access import EVERYBODY, SIGNED_IN
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.contact.views import ContactPage
from innovation.core import clock, statements
from innovation.core.working_days import working_days_between
from innovation.dashboard import cards, caseload, definitions, figures, queries
from innovation.dashboard.queues import Queue, queues_of
from innovation.registers.closed_days import closed_days
from innovation.web import pages
from innovation.web.as_at import AsAtPage
from innovation.web.subjects import Subject

PROJECT_LIMIT = 5


class Front(AsAtPage):
    policy = EVERYBODY
    shared = True
    template_name = "dashboard/front.html"
    title = "Apply for funding and see funded projects"
    description = (
        "The Department for Education tests and spreads better ways of supporting "
        "vulnerable children. See open funding rounds, funded projects and results."
    )

    def context(self) -> dict[str, object]:
        now = clock.now()
        current = statements.fetch(queries.current_rounds, now)
        open_rounds = [round for round in current if rounds.is_open(round, now)]
        return {
            "sentence": figures.sentence(self.day, self.user),
            "open_rounds": open_rounds,
            "upcoming_rounds": [r for r in current if not rounds.is_open(r, now)],
            "projects": statements.fetch(_newest_projects, self.today),
            "department_count": definitions.DEPARTMENT_COUNT,
            "start_url": self._start_url(open_rounds),
        }

    def _start_url(self, open_rounds: list[Round]) -> str:
        """Where somebody starts to apply; empty if they cannot."""
        if has_permission(self.user, Permission.APPLY):
            return reverse("bids:start") if open_rounds else ""
        if self.user.is_authenticated or not open_rounds:
            return ""
        if len(open_rounds) == 1:
            return reverse("bids:round-check", args=[open_rounds[0].key])
        return reverse("bids:who-can-apply")


def _newest_projects(today: date) -> QuerySet[Award]:
    newest = policies.public_awards(today).order_by("-announced_on", "-id")
    return newest.select_related("lead")[:PROJECT_LIMIT]


class Definitions(pages.Page):
    policy = EVERYBODY
    shared = True
    template_name = "dashboard/definitions.html"
    title = "How we count"
    description = (
        "What counts as an expression of interest, a funded project and a council "
        "redesigning its social work, and how the department’s own count differs."
    )

    def context(self) -> dict[str, object]:
        count = definitions.DEPARTMENT_COUNT
        return {
            "redesigning_ideas": definitions.redesigning_ideas(),
            "department_count": count,
            "own_count": definitions.own_count(count.until),
        }


class Projects(AsAtPage):
    policy = EVERYBODY
    shared = True
    template_name = "dashboard/projects.html"
    title = "Projects funded"
    description = (
        "Every project that the programme’s figures count as funded, as at a day you "
        "choose."
    )

    def context(self) -> dict[str, object]:
        return {
            "projects": figures.projects(self.day),
            "revisions": figures.revision_notes(figures.PROJECTS, self.day),
        }


class Councils(AsAtPage):
    policy = EVERYBODY
    shared = True
    template_name = "dashboard/councils.html"
    title = "Local authorities redesigning their social work"
    description = (
        "The councils that the programme’s figures count as redesigning their social "
        "work, with their projects, as at a day you choose."
    )

    def context(self) -> dict[str, object]:
        return {
            "councils": figures.councils(self.day),
            "revisions": figures.revision_notes(figures.COUNCILS, self.day),
        }


class Home(pages.Page):
    policy = SIGNED_IN
    template_name = "dashboard/home.html"
    title = "Your tasks"

    def context(self) -> dict[str, object]:
        own = caseload.caseload(self.user, at=clock.now())
        return {
            "waiting_counts": queries.waiting_counts(self.user, at=clock.now()),
            "missing_steps": queries.missing_steps(self.user),
            "cards": cards.home_cards(self.user, at=clock.now()),
            "caseload": own,
            "has_cases": own is not None and bool(own.cases),
        }


@dataclass(frozen=True, slots=True)
class QueueRow:
    """`working_days_late` is 0 for what is not late, or nobody has set a day for."""

    subject: Subject
    due_on: date | None
    working_days_late: int


class QueuePage(pages.ListPage[Model]):
    """The rows of one of the user’s queues, and no others."""

    policy = SIGNED_IN
    template_name = "dashboard/queue.html"
    back = "dashboard:home"

    @cached_property
    def queue(self) -> Queue:
        name = self.kwargs["queue"]
        for queue in queues_of(self.user):
            if queue.name == name and not queue.page:
                return queue
        raise Http404

    def page_title(self) -> str:
        return self.queue.title

    def get_ordering(self) -> tuple[str, ...]:
        return (self.queue.due, "pk") if self.queue.due else ("pk",)

    def rows_in_scope(self) -> QuerySet[Model]:
        rows = self.queue.rows_on(self.user, self.today)
        return rows.select_related(*self.queue.related)

    def statement_filters(self) -> None:
        """Each queue is another query."""

    @cached_property
    def today(self) -> date:
        return clock.london_day(clock.now())

    @cached_property
    def closed_days(self) -> set[date]:
        return closed_days()

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        more["rows"] = [self._row(row) for row in more["rows"]]
        return super().show(status, **more)

    def _row(self, row: Model) -> QueueRow:
        due_on = self.queue.due_on(row)
        late = due_on and working_days_between(due_on, self.today, self.closed_days)
        return QueueRow(self.queue.subject(row, self.user), due_on, late or 0)


class Accessibility(ContactPage):
    template_name = "dashboard/accessibility.html"
    title = "Accessibility statement"
    description = "How accessible this service is, and how to tell us about a problem."


class Cookies(ContactPage):
    template_name = "dashboard/cookies.html"
    title = "Cookies"
    description = "The cookies this service uses, what they are for and when they end."

    def context(self) -> dict[str, object]:
        names = {
            "session": settings.SESSION_COOKIE_NAME,
            "forgery": settings.CSRF_COOKIE_NAME,
            "messages_cookie": settings.MESSAGES_COOKIE_NAME,
            "device": settings.DEVICE_COOKIE_NAME,
        }
        return super().context() | names


class Privacy(ContactPage):
    template_name = "dashboard/privacy.html"
    title = "Privacy"
    description = "What personal data this service holds, why, and your rights."

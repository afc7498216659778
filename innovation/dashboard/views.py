"""The front page, the home page, and the pages behind the figures."""

from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from bids.domain import rounds
from funding import policies
from funding.models import Award
from innovation.accounts.page_access import EVERYBODY, SIGNED_IN, permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock, statements
from innovation.dashboard import cards, figures, queries
from innovation.dashboard.forms import AsAtForm, as_at_form, day_of
from innovation.web import pages

PROJECT_LIMIT = 5


class AsAtPage(pages.Page):
    """Reads its date from the query string; an invalid one is a 422."""

    @cached_property
    def today(self) -> date:
        return clock.london_day(clock.now())

    @cached_property
    def form(self) -> AsAtForm:
        return as_at_form(self.request.GET, self.today)

    @cached_property
    def day(self) -> date:
        return day_of(self.form)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        is_invalid = self.form.is_bound and not self.form.is_valid()
        return self.show(422 if is_invalid else 200, form=self.form, day=self.day)


class Front(AsAtPage):
    policy = EVERYBODY
    shared = True
    template_name = "dashboard/front.html"
    title = "The programme’s figures"

    def context(self) -> dict[str, object]:
        now = clock.now()
        current = [
            (rounds.is_open(round, now), round)
            for round in statements.fetch(queries.current_rounds, now)
        ]
        return {
            "sentence": figures.sentence(self.day, self.user),
            "open_rounds": [round for is_open, round in current if is_open],
            "upcoming_rounds": [round for is_open, round in current if not is_open],
            "projects": statements.fetch(_newest_projects, self.today),
        }


def _newest_projects(today: date) -> QuerySet[Award]:
    newest = policies.public_awards(today).order_by("-announced_on", "-id")
    return newest.select_related("lead")[:PROJECT_LIMIT]


class Projects(AsAtPage):
    policy = permission_required(Permission.READ_FIGURES)
    template_name = "dashboard/projects.html"
    title = "Projects funded"

    def context(self) -> dict[str, object]:
        return {
            "projects": figures.projects(self.day),
            "revisions": figures.revision_notes(figures.PROJECTS, self.day),
        }


class Councils(AsAtPage):
    policy = permission_required(Permission.READ_FIGURES)
    template_name = "dashboard/councils.html"
    title = "Local authorities redesigning their social work"

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
        return {
            "waiting_counts": queries.waiting_counts(self.user, at=clock.now()),
            "missing_steps": queries.missing_steps(self.user),
            "cards": cards.home_cards(self.user, at=clock.now()),
        }


class _ContactPage(pages.Page):
    policy = EVERYBODY
    shared = True

    def context(self) -> dict[str, object]:
        return {
            "contact": settings.CONTACT_EMAIL,
            "phone": settings.CONTACT_PHONE,
            "hours": settings.CONTACT_HOURS,
        }


class Accessibility(_ContactPage):
    template_name = "dashboard/accessibility.html"
    title = "Accessibility statement"


class Cookies(_ContactPage):
    template_name = "dashboard/cookies.html"
    title = "Cookies"

    def context(self) -> dict[str, object]:
        names = {
            "session": settings.SESSION_COOKIE_NAME,
            "forgery": settings.CSRF_COOKIE_NAME,
            "messages_cookie": settings.MESSAGES_COOKIE_NAME,
            "device": settings.DEVICE_COOKIE_NAME,
        }
        return super().context() | names


class Privacy(_ContactPage):
    template_name = "dashboard/privacy.html"
    title = "Privacy"

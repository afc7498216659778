"""The front page, the home of whoever is signed in, and what is behind the figures."""

from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bids.domain import rounds as calls
from funding import policies
from innovation.accounts.page_access import EVERYBODY, SIGNED_IN, may
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.dashboard import figures, queries
from innovation.dashboard.forms import AsAtForm, asked, day_of
from innovation.web import pages

PROJECTS_SHOWN = 5


class AsAtPage(pages.Page):
    """Reads its date from the address; one that cannot be read is said so, with 422."""

    @cached_property
    def today(self) -> date:
        return clock.london_day(clock.now())

    @cached_property
    def form(self) -> AsAtForm:
        return asked(self.request.GET, self.today)

    @cached_property
    def day(self) -> date:
        return day_of(self.form)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        wrong = self.form.is_bound and not self.form.is_valid()
        return self.show(422 if wrong else 200, form=self.form, day=self.day)


class Front(AsAtPage):
    policy = EVERYBODY
    template_name = "dashboard/front.html"
    title = "How the programme stands"

    def context(self) -> dict[str, Any]:
        newest = policies.public_awards(self.today).order_by("-announced_on", "-id")
        now = clock.now()
        rounds = [
            (calls.is_open(each, now), each) for each in queries.current_rounds(now)
        ]
        return {
            "sentence": figures.sentence(self.day, self.user),
            "rounds": [each for is_open, each in rounds if is_open],
            "coming": [each for is_open, each in rounds if not is_open],
            "projects": newest.select_related("lead")[:PROJECTS_SHOWN],
        }


class Projects(AsAtPage):
    policy = may(Permission.READ_FIGURES)
    template_name = "dashboard/projects.html"
    title = "Projects funded"

    def context(self) -> dict[str, Any]:
        return {"projects": figures.projects(self.day)}


class Councils(AsAtPage):
    policy = may(Permission.READ_FIGURES)
    template_name = "dashboard/councils.html"
    title = "Local authorities redesigning their social work"

    def context(self) -> dict[str, Any]:
        return {"councils": figures.councils(self.day)}


class Home(pages.Page):
    policy = SIGNED_IN
    template_name = "dashboard/home.html"
    title = "Your tasks"

    def context(self) -> dict[str, Any]:
        return {
            "waiting": queries.waiting(self.user, at=clock.now()),
            "missing": queries.missing(self.user),
        }


class _About(pages.Page):
    policy = EVERYBODY

    def context(self) -> dict[str, Any]:
        return {"contact": settings.CONTACT_EMAIL}


class Accessibility(_About):
    template_name = "dashboard/accessibility.html"
    title = "Accessibility statement"


class Cookies(_About):
    template_name = "dashboard/cookies.html"
    title = "Cookies"

    def context(self) -> dict[str, Any]:
        names = {
            "session": settings.SESSION_COOKIE_NAME,
            "forgery": settings.CSRF_COOKIE_NAME,
            "messages_cookie": settings.MESSAGES_COOKIE_NAME,
            "device": settings.DEVICE_COOKIE_NAME,
        }
        return super().context() | names


class Privacy(_About):
    template_name = "dashboard/privacy.html"
    title = "Privacy"

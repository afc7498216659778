"""The front page, the home page, and the pages behind the figures."""

from datetime import date

from django.conf import settings
from django.db.models import QuerySet
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
from innovation.dashboard import cards, definitions, figures, queries
from innovation.web import pages
from innovation.web.as_at import AsAtPage

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
        return {
            "waiting_counts": queries.waiting_counts(self.user, at=clock.now()),
            "missing_steps": queries.missing_steps(self.user),
            "cards": cards.home_cards(self.user, at=clock.now()),
        }


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

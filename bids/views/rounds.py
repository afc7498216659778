"""Public pages of rounds: open ones, coming ones, and their questions."""

from django.db.models import QuerySet

from bids.domain import rounds
from bids.models import Round
from innovation.accounts.page_access import EVERYBODY
from innovation.accounts.permissions import Visitor, has_permission
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages


def published_rounds(user: Visitor) -> QuerySet[Round]:
    return Round.objects.filter(published=True)


class Rounds(pages.Page):
    policy = EVERYBODY
    template_name = "bids/public/rounds.html"
    title = "Funding rounds"

    def context(self) -> dict[str, object]:
        now = clock.now()
        past_rounds = Round.objects.filter(published=True, closes_at__lt=now)
        return {
            "open_rounds": rounds.rounds_open_at(now),
            "upcoming_rounds": rounds.rounds_coming_at(now).order_by("opens_at"),
            "closed_rounds": past_rounds[:50],
        }


class Detail(pages.DetailPage[Round]):
    policy = EVERYBODY
    scope = staticmethod(published_rounds)
    back = "bids:rounds"
    template_name = "bids/public/round.html"

    def page_title(self) -> str:
        return str(self.object.name)

    def context(self) -> dict[str, object]:
        sets = rounds.published_sets(self.object).prefetch_related("questions")
        return {
            "may_start": self._may_start(),
            "may_let_in": has_permission(self.user, Permission.TRIAGE)
            and rounds.has_closed(self.object, clock.now()),
            "is_upcoming": rounds.rounds_coming_at(clock.now())
            .filter(pk=self.object.pk)
            .exists(),
            "strands": self.object.strands.all(),
            "criteria": self.object.criteria.all(),
            "question_sets": sets,
        }

    def _may_start(self) -> bool:
        """Whether the user may apply or has not signed in; not the department."""
        if not rounds.is_open(self.object, clock.now()):
            return False
        return not self.user.is_authenticated or has_permission(
            self.user, Permission.APPLY
        )

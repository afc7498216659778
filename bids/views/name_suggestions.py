"""The names that a script suggests while somebody types a council or a partner."""

from django.http import HttpRequest, HttpResponse

from bids import policies
from bids.views.applicant_pages import APPLY
from innovation.core import clock, limits
from innovation.core.clock import london_day
from innovation.core.nulls import without_nulls
from innovation.organisations.domain.queries.suggestions import Names
from innovation.organisations.models import Organisation
from innovation.web import json_requests, pages


class _Suggestions(pages.Page):
    policy = APPLY

    def names(self) -> Names:
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        text = without_nulls(request.GET.get("text", "")[: limits.SEARCH])
        found = self.names().starting(text)
        names = [{"name": one.name, "label": one.label} for one in found]
        return json_requests.json_response(names=names)


class Councils(_Suggestions):
    """Councils that are open, and groups of councils."""

    def names(self) -> Names:
        none = Organisation.objects.none()
        return Names(london_day(clock.now()), none, with_groups=True)


class Partners(_Suggestions):
    """Councils that are open, and the organisations that the user may know of."""

    def names(self) -> Names:
        day = london_day(clock.now())
        return Names(day, policies.organisations_to_suggest(self.user, day))

"""The names that a script suggests while somebody types a council or a partner."""

from django.http import HttpRequest, HttpResponse

from bids import partner_policies
from bids.views.applicant_pages import APPLY
from innovation.core import clock, limits
from innovation.core.clock import london_day
from innovation.core.nulls import without_nulls
from innovation.organisations.domain.queries.suggestions import Names
from innovation.organisations.models import Organisation
from innovation.web import json_requests, pages


class Councils(pages.Page):
    """Councils that are open, and groups of councils."""

    policy = APPLY

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        none = Organisation.objects.none()
        names = Names(london_day(clock.now()), none, with_groups=True)
        return _suggestions(request, names)


class Partners(pages.Page):
    """Councils that are open, and the organisations that the user may know of."""

    policy = APPLY

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        day = london_day(clock.now())
        names = Names(day, partner_policies.organisations_to_suggest(self.user, day))
        return _suggestions(request, names)


def _suggestions(request: HttpRequest, names: Names) -> HttpResponse:
    text = without_nulls(request.GET.get("text", "")[: limits.SEARCH])
    suggestions = names.starting(text)
    rows = [{"name": row.name, "label": row.label} for row in suggestions]
    return json_requests.json_response(names=rows)

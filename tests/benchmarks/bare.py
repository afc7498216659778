"""What the pages are held against: a constant, and 25 rows in a plain template.

Both without any middleware: no session, no user, no policy, no frame of a page.
"""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from bids.models import Expression

_TEMPLATE = Engine().from_string(
    """<!DOCTYPE html>
<html lang="en"><head><title>Cases</title></head><body><h1>Cases</h1>
<table><thead><tr><th>Reference</th><th>Title</th><th>Lead</th><th>Round</th>
<th>State</th><th>Sent</th></tr></thead><tbody>
{% for row in rows %}<tr><td><a href="/cases/{{ row.key }}">{{ row.key }}</a></td>
<td>{{ row.title }}</td><td>{{ row.lead.name }}</td><td>{{ row.round.name }}</td>
<td>{{ row.state }}</td><td>{{ row.submitted_at|date:"j F Y" }}</td></tr>
{% endfor %}</tbody></table></body></html>"""
)


def constant(request: HttpRequest) -> HttpResponse:
    return _sized(HttpResponse("constant"))


def rows(request: HttpRequest) -> HttpResponse:
    newest = (
        Expression.objects.filter(submitted_at__isnull=False)
        .select_related("lead", "round")
        .defer("summary", "search")
        .order_by("-submitted_at", "-id")[:25]
    )
    return _sized(HttpResponse(_TEMPLATE.render(Context({"rows": newest}))))


def _sized(response: HttpResponse) -> HttpResponse:
    """Without it gunicorn answers in chunks."""
    response["Content-Length"] = str(len(response.content))
    return response


urlpatterns = [path("constant", constant), path("rows", rows)]

"""What the pages are held against: a constant, 25 rows in a plain template, and their
values in a compiled one.

All without any middleware: no session, no user, no policy, no frame of a page.
"""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path
from jinja2 import Environment

from bids.models import Expression

_TEMPLATE = """<!DOCTYPE html>
<html lang="en"><head><title>Cases</title></head><body><h1>Cases</h1>
<table><thead><tr><th>Reference</th><th>Title</th><th>Lead</th><th>Round</th>
<th>State</th><th>Sent</th></tr></thead><tbody>
{% for row in rows %}<tr><td><a href="/cases/{{ row.key }}">{{ row.key }}</a></td>
<td>{{ row.title }}</td><td>{{ row.lead.name }}</td><td>{{ row.round.name }}</td>
<td>{{ row.state }}</td><td>{{ row.submitted_at|date:"j F Y" }}</td></tr>
{% endfor %}</tbody></table></body></html>"""
_DJANGO = Engine().from_string(_TEMPLATE)
_JINJA = Environment(autoescape=True).from_string(
    _TEMPLATE.replace("row.lead.name", "row.lead")
    .replace("row.round.name", "row.round")
    .replace('row.submitted_at|date:"j F Y"', "row.submitted_at.strftime('%-d %B %Y')")
)
_NAMES = ("key", "title", "lead", "round", "state", "submitted_at")
_FIELDS = ("key", "title", "lead__name", "round__name", "state", "submitted_at")
_SENT = Expression.objects.filter(submitted_at__isnull=False).order_by(
    "-submitted_at", "-id"
)


def constant(request: HttpRequest) -> HttpResponse:
    return _sized(HttpResponse("constant"))


def rows(request: HttpRequest) -> HttpResponse:
    newest = _SENT.select_related("lead", "round").defer("summary", "search")[:25]
    return _sized(HttpResponse(_DJANGO.render(Context({"rows": newest}))))


def values(request: HttpRequest) -> HttpResponse:
    newest = _SENT.values_list(*_FIELDS)[:25]
    rows = [dict(zip(_NAMES, row, strict=True)) for row in newest]
    return _sized(HttpResponse(_JINJA.render(rows=rows)))


def _sized(response: HttpResponse) -> HttpResponse:
    """Without it gunicorn answers in chunks."""
    response["Content-Length"] = str(len(response.content))
    return response


urlpatterns = [
    path("constant", constant),
    path("rows", rows),
    path("values", values),
]

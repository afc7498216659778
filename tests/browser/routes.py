"""Every address of the service, and somebody who can open it.

Nothing here is a list to keep: a page names its policy and its scope, so whoever may
open it, and something it can be about, are found on the stage.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from bids.domain import sections, standard_questions
from bids.models import DueDiligenceArea
from bids.models.question_type import QuestionType
from bids.views import case_documents
from innovation.accounts.invitation_links import link_of
from innovation.accounts.models import Invitation, User
from innovation.core.errors import DomainError
from innovation.dashboard.queues import queues_of
from innovation.web import pages
from innovation.web.sessions import SessionStore

MAX_OBJECTS = 120
"""How many things a page is tried with before it counts as out of reach."""
OWN_PAGES = re.compile(r"^(?!accounts/|api/v1/|documents/|health/)")


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    pattern: str
    view: type[pages.Page]


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page somebody can open."""

    route: Route
    address: str
    part: str
    """The one who opens it, by the part before the `@`; nobody for the public."""
    is_page: bool
    """And not a file."""


def all_routes() -> list[Route]:
    """The pages of our own; not the sign-in library's, the API's and the probes."""
    return [
        route
        for route in _iter_routes(get_resolver(), "", "")
        if OWN_PAGES.match(route.pattern)
    ]


def _iter_routes(resolver: URLResolver, names: str, before: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            space = f"{names}{entry.namespace}:" if entry.namespace else names
            yield from _iter_routes(entry, space, pattern)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "view_class", None)
            if view is not None and issubclass(view, pages.Page):
                yield Route(f"{names}{entry.name}", pattern, view)


@cache
def open_pages(parts: tuple[str, ...], seen_by_all: frozenset[str]) -> list[OpenPage]:
    """One stop for each page, or for each person where it differs from one to another.
    Found once: the stage is always the same.
    """
    finder = PageFinder(parts)
    pages: list[OpenPage] = []
    for route in all_routes():
        stops = finder.pages_of(route)
        pages += stops if route.name in seen_by_all else islice(stops, 1)
    return pages


class PageFinder:
    """Opens pages with Django's own client, one signed-in client for each person."""

    def __init__(self, parts: Sequence[str]) -> None:
        self.people: dict[str, User | None] = {"": None}
        self.clients = {"": Client(raise_request_exception=False)}
        for part in parts:
            user = User.objects.get(email=f"{part}@example.org")
            self.people[part] = user
            self.clients[part] = Client(raise_request_exception=False)
            self.clients[part].force_login(user)

    def pages_of(self, route: Route) -> Iterator[OpenPage]:
        """One for each person who can open it."""
        for part in self.clients:
            stops = (self._open(route, part, a) for a in self._addresses(route, part))
            yield from islice(filter(None, stops), 1)

    def _open(self, route: Route, part: str, address: str) -> OpenPage | None:
        answer = self.clients[part].get(address)
        answer.close()
        if answer.status_code != 200:
            return None
        kind = answer.headers.get("Content-Type", "")
        return OpenPage(route, address, part, kind.startswith("text/html"))

    def _addresses(self, route: Route, part: str) -> Iterator[str]:
        """Of the things in reach, the newest first."""
        user: Any = self.people[part]
        if not route.view.policy.allows(user or AnonymousUser()):
            return
        names = re.findall(r"<\w+:(\w+)>", route.pattern)
        if not names:
            yield f"/{route.pattern}"
            return
        if names == ["link"]:
            invitations = Invitation.objects.filter(ended_at=None).order_by("-pk")
            yield from (urlsplit(link_of(row)).path for row in invitations)
            return
        if names == ["queue"]:
            yield from (queue.href for queue in queues_of(user) if not queue.page)
            return
        for row in self._objects(route, user):
            own = {names[0]: getattr(row, route.view.lookup)}
            for place in _inner_params(names[1:], row, route):
                address = "/" + _fill_pattern(route.pattern, own | place)
                if _passes_check(route, user, address, row):
                    yield address

    def _objects(self, route: Route, user: Any) -> list[Any]:
        if route.view.scope is None:
            return []
        page = route.view()
        page.request = HttpRequest()
        page.request.user = user or AnonymousUser()
        page.request.session = SessionStore()
        return list(page.rows_in_scope().order_by("-pk")[:MAX_OBJECTS])


def _passes_check(route: Route, user: Any, address: str, row: Any) -> bool:
    """Asks the page before it is opened: a refusal takes much longer to draw. A page
    that reads its object in its own way is opened anyhow.
    """
    if route.view.get_object is not pages.Page.get_object:
        return True
    page, request = route.view(), RequestFactory().get(address)
    request.user = user or AnonymousUser()
    request.session = SessionStore()
    page.setup(request, **resolve(address).kwargs)
    page.object = row
    try:
        page.check()
    except (DomainError, Http404):
        return False
    return True


def _fill_pattern(pattern: str, names: Mapping[str, Any]) -> str:
    return re.sub(r"<\w+:(\w+)>", lambda match: str(names[match[1]]), pattern)


def _inner_params(
    names: Sequence[str], subject: Any, route: Route
) -> list[dict[str, Any]]:
    """What an address names inside a thing: a section, a version, a question."""
    if not names:
        return [{}]
    if "area" in names:
        return [{"area": area} for area in DueDiligenceArea.values]
    if "slug" in names:
        return [{"slug": section.slug} for section in sections.sections_of(subject)]
    if "place" in names:
        return [{"place": 1 + index} for index in range(subject.criteria.count())]
    if "code" in names:
        rows = subject.versions.order_by("-pk")
        return [{"code": row.code, "number": row.number} for row in rows]
    if "question_code" in names:
        takes_files = issubclass(route.view, case_documents.Files)
        return [
            {"question_code": question.code}
            for question in standard_questions.questions_of(subject)
            if question.kind == QuestionType.UPLOAD or not takes_files
        ]
    if "partners_code" in names:
        return [
            {"partners_code": question.code}
            for question in standard_questions.questions_of(subject)
            if question.kind == QuestionType.PARTNERS
        ]
    return [
        {"question": question.code, "section": sections.slug_of(question)}
        for question in subject.questions.all()
    ]

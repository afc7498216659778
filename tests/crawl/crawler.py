"""Follows all links and forms of a user's pages, and reports those that fail."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

MUST_FAIL = {400, 403, 404, 405, 409, 500, 503}
SKIPPED_PREFIXES = ("/assets/", "/accounts/", "/health/")
"""The sign-in library's own, and files: other tests look at those."""


@dataclass
class Form:
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)


class _LinksAndForms(HTMLParser):
    """The links and forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        if tag == "form":
            form = Form(
                attributes.get("action", ""), attributes.get("method", "get").lower()
            )
            self.forms.append(form)
        if tag == "input" and self.forms and attributes.get("type") == "hidden":
            self.forms[-1].fields.append(
                (attributes.get("name", ""), attributes.get("value", ""))
            )


@dataclass(frozen=True)
class DeadLink:
    page: str
    offer: str
    status: int

    def __str__(self) -> str:
        return f"{self.page} offers {self.offer}: {self.status}"


class Crawler:
    """A user who opens at most `limit` addresses of each route."""

    def __init__(self, user: Any, limit: int) -> None:
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user)
        self.limit = limit
        self.opened: Counter[str] = Counter()
        self.seen: set[str] = set()

    def crawl(self, *start: str) -> list[DeadLink]:
        queue = deque((address, "the address bar") for address in start)
        dead: list[DeadLink] = []
        while queue:
            address, page = queue.popleft()
            if not self._is_new(address):
                continue
            status, offers = self._open(address)
            if status in MUST_FAIL:
                dead.append(DeadLink(page, address, status))
            for link in offers.links:
                place = urljoin(address, link)
                if _is_ours(place):
                    queue.append((place.partition("#")[0], address))
            dead += self._send(address, offers.forms)
        return dead

    def _is_new(self, address: str) -> bool:
        """Whether the address is new, and few of its route have been opened yet."""
        if address in self.seen:
            return False
        self.seen.add(address)
        try:
            route = resolve(urlsplit(address).path).route
        except Resolver404:
            return True
        self.opened[route] += 1
        return self.opened[route] <= self.limit

    def _open(self, address: str) -> tuple[int, _LinksAndForms]:
        offers = _LinksAndForms()
        answer = self.client.get(address)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            offers.feed(answer.content.decode())
        if answer.status_code in {301, 302}:
            offers.links.append(answer["Location"])
        return answer.status_code, offers

    def _send(self, page: str, forms: list[Form]) -> Iterator[DeadLink]:
        """Send the forms with only what the page put into them. A form may say what is
        missing. What it changes is rolled back.
        """
        for form in forms:
            place = urljoin(page, form.action) if form.action else page
            if form.method != "post" or not _is_ours(place):
                continue
            with transaction.atomic():
                answer = self.client.post(place, dict(form.fields))
                status = answer.status_code
                if status == 302 and _is_ours(answer["Location"]):
                    status = self.client.get(answer["Location"]).status_code
                transaction.set_rollback(True)
            if status in MUST_FAIL:
                yield DeadLink(page, f"a form to {place}", status)


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return (
        not parts.scheme
        and not parts.netloc
        and not parts.path.startswith(SKIPPED_PREFIXES)
    )

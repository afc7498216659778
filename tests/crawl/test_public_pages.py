"""Whoever starts at the front page finds every public page, which stands for itself."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from tests.crawl.crawler import SKIPPED_PREFIXES
from tests.demo_fixtures import demo_user

FARTHEST = 4
WITH_QUERY = 5
"""How many addresses with a query string are opened of each page: a list has one for
each choice of a filter.
"""
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


class _Head(HTMLParser):
    """The title, the links, and what the head says of the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title, self.links, self.metadata = "", list[str](), dict[str, str]()
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title"
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "meta" and ("name" in values or "property" in values):
            name = values.get("name") or values["property"]
            self.metadata[name] = values["content"]
        elif tag == "link" and values.get("rel") == "canonical":
            self.metadata["canonical"] = values["href"]

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False


@dataclass(frozen=True)
class FoundPage:
    address: str
    links_away: int
    status: int
    head: _Head


def crawl(client: Client) -> Iterator[FoundPage]:
    """Every page that can be reached from the front page, the nearest first."""
    queue, seen = deque([("/", 0)]), {"/"}
    opened: Counter[str] = Counter()
    while queue:
        address, links_away = queue.popleft()
        path = urlsplit(address)
        if path.query:
            opened[path.path] += 1
            if opened[path.path] > WITH_QUERY:
                continue
        answer = client.get(address)
        is_html = answer.headers.get("Content-Type", "").startswith("text/html")
        head = _Head(answer.content.decode() if is_html else "")
        yield FoundPage(address, links_away, answer.status_code, head)
        for link in head.links:
            place = urljoin(address, link).partition("#")[0]
            parts = urlsplit(place)
            is_ours = not parts.netloc and not parts.scheme
            if is_ours and not place.startswith(SKIPPED_PREFIXES) and place not in seen:
                seen.add(place)
                queue.append((place, links_away + 1))


def addresses_in_sitemap(client: Client) -> list[str]:
    sitemap = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [str(place.text) for place in sitemap.iter(_LOC)]


@pytest.mark.usefixtures("demonstration")
def test_every_public_page_is_found_listed_and_described(client: Client) -> None:
    listed = addresses_in_sitemap(client)
    found = list(crawl(client))

    errors = [page for page in found if page.status not in {200, 302}]
    assert [f"{page.address}: {page.status}" for page in errors] == []

    public = [page for page in found if "canonical" in page.head.metadata]
    own = {page.address: page for page in public if "?" not in page.address}
    assert Counter(f"{settings.BASE_URL}{path}" for path in own) == Counter(listed)
    assert max(page.links_away for page in own.values()) <= FARTHEST
    for page in public:
        path = urlsplit(page.address).path
        assert page.head.metadata["canonical"] == f"{settings.BASE_URL}{path}"
        assert page.head.metadata["og:url"] == page.head.metadata["canonical"]
        assert page.head.metadata["og:image"].startswith(f"{settings.BASE_URL}/assets/")
        assert "robots" not in page.head.metadata
    for value in ("description", "title"):
        values = Counter(_metadata_value(page, value) for page in own.values())
        assert [text for text, number in values.items() if number > 1 or not text] == []


def _metadata_value(page: FoundPage, name: str) -> str:
    return page.head.title if name == "title" else page.head.metadata[name]


@pytest.mark.usefixtures("demonstration")
def test_the_pages_of_an_official_are_not_to_be_listed(client: Client) -> None:
    client.force_login(demo_user("official"))
    for address in ("/home", "/cases/", "/awards/", "/partners/"):
        answer = client.get(address)
        metadata = _Head(answer.content.decode()).metadata
        assert (metadata["robots"], answer["X-Robots-Tag"]) == ("noindex", "noindex")
        assert "canonical" not in metadata

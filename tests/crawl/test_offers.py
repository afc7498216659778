"""No page has a link or a form that its user may not open or send."""

from typing import Any

import pytest

from funding.demo_data.people import DEMO_PEOPLE
from tests.crawl.crawler import Crawler
from tests.demo_fixtures import demo_user

PARTS = tuple(part.email.partition("@")[0] for part in DEMO_PEOPLE if part.can_sign_in)
START = ("/", "/home", "/rounds/", "/projects/", "/evaluations/")


def crawl_report(part: str, limit: int) -> str:
    user: Any = demo_user(part) if part else None
    return "\n".join(map(str, Crawler(user, limit).crawl(*START)))


FIRST = ("official", "coach", "secretary", "grants", "applicant")
"""Who is offered most; the others where there is time."""


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("part", FIRST)
def test_what_a_page_offers_can_be_done(part: str) -> None:
    assert not crawl_report(part, limit=2)


@pytest.mark.soak
@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("part", ["", *PARTS])
def test_everything_that_is_offered_can_be_done(part: str) -> None:
    assert not crawl_report(part, limit=60)

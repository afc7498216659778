"""No page offers a link or a form that must fail for whoever reads it."""

from typing import Any

import pytest

from funding.demo_data.people import CAST
from tests.crawl.crawler import Crawler
from tests.staged import player

PARTS = tuple(part.email.partition("@")[0] for part in CAST if part.can_sign_in)
START = ("/", "/home", "/rounds/", "/projects/", "/evaluations/")


def crawled(part: str, most: int) -> str:
    user: Any = player(part) if part else None
    return "\n".join(map(str, Crawler(user, most).crawl(*START)))


FIRST = ("official", "coach", "secretary", "grants", "applicant")
"""Who is offered most; the others where there is time."""


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("part", FIRST)
def test_what_a_page_offers_can_be_done(part: str) -> None:
    assert not crawled(part, most=2)


@pytest.mark.soak
@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("part", ["", *PARTS])
def test_everything_that_is_offered_can_be_done(part: str) -> None:
    assert not crawled(part, most=60)

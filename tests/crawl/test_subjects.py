"""Every page about a case names it above the heading and in the page title."""

import html
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client

from funding.demo_data.people import DEMO_PEOPLE
from innovation.web import subjects
from innovation.web.sessions import SessionStore
from tests.browser import routes
from tests.demo_fixtures import demo_user

PARTS = tuple(part.email.partition("@")[0] for part in DEMO_PEOPLE if part.can_sign_in)
_BAR = re.compile(r'<section class="app-subject".*?</section>', re.DOTALL)
# What is announced has no state for the public; a file of past cases is no case.
_WITHOUT_STATE = {"funding:project"}


def model_of(stop: routes.OpenPage) -> type | None:
    """The model of the page's object, if it has one."""
    if stop.route.view.scope is None or "<" not in stop.route.pattern:
        return None
    page = stop.route.view()
    page.request = HttpRequest()
    page.request.user = demo_user(stop.part) if stop.part else AnonymousUser()
    page.request.session = SessionStore()
    model: type = page.rows_in_scope().model
    return model


@pytest.mark.usefixtures("demonstration")
def test_every_page_about_a_case_names_it() -> None:
    visited, problems = set(), []
    for stop in routes.open_pages(PARTS, frozenset({"dashboard:home"})):
        if not stop.is_page or model_of(stop) not in subjects.descriptions:
            continue
        client = Client()
        if stop.part:
            client.force_login(demo_user(stop.part))
        page = client.get(stop.address).content.decode()
        visited.add(stop.route.name)
        problems += [f"{stop.address}: {fault}" for fault in faults(stop, page)]
    assert not problems, "\n".join(problems)
    assert len(visited) > 60


def faults(stop: routes.OpenPage, page: str) -> list[str]:
    bar = _BAR.search(page)
    named = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert named
    if bar is None:
        return ["names nothing"]
    problems = []
    reference = re.search(r"[A-Z]{3}-[0-9A-Z]{5}-[0-9A-Z]{5}", bar[0])
    if reference is None:
        return ["names no reference"]
    if reference[0] not in named[1]:
        problems.append(f"its title is {html.unescape(named[1])}")
    if "govuk-tag" not in bar[0] and stop.route.name not in _WITHOUT_STATE:
        problems.append("names no state")
    return problems

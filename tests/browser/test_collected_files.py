"""Scripts under the hashed names of production: collected, and served by WhiteNoise."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from pytest_django import Settings

from innovation.web.assets import ManifestStorage
from innovation.web.templatetags import govuk
from tests.browser.fixtures import Visit
from tests.factories import users

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.web.gallery")]
HASHED = re.compile(r"/assets/(.+)\.[0-9a-f]{12}(\.\w+)")


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """As `collectstatic` leaves them; the addresses already drawn are forgotten."""
    assert settings.DEBUG is False
    lazy: Any = staticfiles_storage
    before = lazy._wrapped
    settings.STATIC_ROOT = tmp_path
    lazy._wrapped = ManifestStorage(location=str(tmp_path))
    call_command("collectstatic", interactive=False, verbosity=0)
    lazy._wrapped = ManifestStorage(location=str(tmp_path))
    govuk._asset.cache_clear()
    yield
    lazy._wrapped = before
    govuk._asset.cache_clear()


def test_typing_finds_an_answer_with_the_files_of_production(
    collected: None, visit: Visit
) -> None:
    visitor = visit()
    fetched: list[str] = []
    visitor.page.on("response", lambda answer: fetched.append(answer.url))
    visitor.sign_in(users.account("someone@example.com"))
    page = visitor.go("/everything")
    page.fill("input#id_council", "Don")
    page.click("li:has-text('Doncaster')")
    with page.expect_navigation():
        page.click("button:has-text('Continue')")
    assert page.input_value("select[name=council]") == "Don"
    scripts = [url for url in fetched if url.endswith((".js", ".css", ".woff2"))]
    hashed = {url: HASHED.search(url) for url in scripts}
    names = {match[1] for match in hashed.values() if match}
    assert [url for url, match in hashed.items() if not match] == []
    assert {
        "js/app",
        "vendor/govuk-frontend.min",
        "vendor/accessible-autocomplete.min",
    } <= names
    visitor.check("bases/collected")

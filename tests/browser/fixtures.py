"""Drives a real Chromium against the service, as strict as it is in production."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import page_quality
from tests.narrowing import not_none

DESKTOP, PHONE = 1280, 375
EACH_WIDTH = pytest.mark.parametrize(
    "width",
    [
        pytest.param(DESKTOP, id="desktop"),
        # Every page is looked at narrow anyhow; walking all the way there takes long.
        pytest.param(PHONE, id="phone", marks=pytest.mark.soak),
    ],
)
PICTURES = Path(settings.BASE_DIR) / ".local" / "pictures"
DOCUMENT_PICTURES = os.environ.get("PICTURES", "")
"""Where the few pictures that the documents show are written anew; else nowhere."""
ALL_PICTURES = os.environ.get("ALL_PICTURES") == "1"
"""Whether pictures of all pages are saved, and not only of those with faults."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps a loop running in this thread, which Django takes for async.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    chromium = os.environ.get("CHROMIUM", "")
    if not chromium:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("REQUIRE_BROWSER=1, and CHROMIUM names no browser.")
        pytest.skip("CHROMIUM names no browser.")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """The address of the service, serving the test's own database."""
    yield from serve()


def serve() -> Iterator[str]:
    collected = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    handler: Any = _pass_through if collected else StaticFilesHandler
    thread = LiveServerThread("127.0.0.1", static_handler=handler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


def _pass_through(application: Any) -> Any:
    """WhiteNoise answers for the collected files, as it does in production."""
    return application


class Visitor:
    """Somebody at a browser. Whatever the console complains of fails the test."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.complaints: list[str] = []
        page.on(
            "console",
            lambda message: self._record_complaint(message.type, message.text),
        )
        page.on("pageerror", lambda error: self._record_complaint("error", str(error)))

    def _record_complaint(self, kind: str, text: str) -> None:
        # A page that answers 403, 409 or 422 is no complaint about the page.
        if kind in {"error", "warning"} and "Failed to load resource" not in text:
            self.complaints.append(text)

    def sign_in(self, user: Any) -> None:
        """As if they had signed in already."""
        client = Client()
        client.force_login(user)
        self.page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": self.site,
                }
            ]
        )

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.site}{path}")
        return self.page

    def check(self, name: str) -> None:
        """The page is right in every respect; pictures of one that is not are kept."""
        assert self.faults(name) == {}

    def faults(self, name: str) -> dict[str, Any]:
        """What is not right with the page, as it stands and on the narrowest screen."""
        page, size = self.page, not_none(self.page.viewport_size)
        problems = page_quality.faults(page)
        self.save_picture(f"{name}-{size['width']}", problems)
        page.set_viewport_size(page_quality.NARROWEST)
        if elements := page_quality.wide_elements(page):
            problems["too wide"] = elements
        if elements := page_quality.wide_with_long_words(page):
            problems["too wide with long words"] = elements
        self.save_picture(f"{name}-{page_quality.NARROWEST['width']}", problems)
        if elements := page_quality.printing_faults(page):
            problems["printed"] = elements
        page.set_viewport_size(size)
        return problems

    def save_picture(self, name: str, faults: object = None) -> None:
        """A picture of the whole page, for people to look at, if it has faults or
        pictures are asked for: taking one is a quarter of the browser's work.
        """
        if faults or ALL_PICTURES:
            picture(self.page, PICTURES / f"{name}.png", full_page=True)

    def save_document_picture(self, name: str) -> None:
        """A picture for the documents, of what the window shows."""
        if DOCUMENT_PICTURES:
            picture(
                self.page, Path(settings.BASE_DIR) / DOCUMENT_PICTURES / f"{name}.png"
            )


def picture(page: Page, path: Path, full_page: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=full_page)


class Visit(Protocol):
    """`visit(width=375, javascript=False)` brings another visitor."""

    def __call__(self, width: int = DESKTOP, javascript: bool = True) -> Visitor: ...


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    visitors: list[Visitor] = []

    def arrive(width: int = DESKTOP, javascript: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(30_000)
        visitors.append(Visitor(context.new_page(), site))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.page.context.close()
    assert [visitor.complaints for visitor in visitors] == [[] for _ in visitors]

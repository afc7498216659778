"""Somebody fills in an expression of interest while things go wrong around them.

Whatever they typed is noted with its moment, so that it can be asked at any time what
is safe and what would be lost.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Error, Page

from bids.models import AnswerVersion, Expression
from innovation.accounts.models import User
from innovation.core.models import UnsentForm
from tests.journeys.server import Server

WORDS = "families homes listen support weekly together calmly sooner nearby trusted"
FIELDS = {
    "summary": "the-idea",
    "new": "why-it-is-new",
    "known": "why-it-is-new",
    "needs": "difference-to-children",
    "delivery": "delivery-and-sustainability",
    "sustain": "delivery-and-sustainability",
}
"""Codes of long texts, and the section of each."""


@dataclass
class InterruptedApplicant:
    context: BrowserContext
    server: Server
    user: User
    draft: Expression
    chance: Random
    texts: dict[str, str] = field(default_factory=dict)
    typed_texts: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    worst_seconds: float = 0.0
    """Seconds of typing that only this browser had when something went wrong."""

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.sign_in()

    def sign_in(self) -> None:
        client = Client()
        client.force_login(self.user)
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies(
            [
                {
                    "name": name,
                    "value": client.cookies[name].value,
                    "url": self.server.site,
                }
            ]
        )

    def open(self, code: str) -> None:
        slug = FIELDS[code]
        path = reverse("bids:expression-section", args=[self.draft.key, slug])
        try:
            self.page.goto(f"{self.server.site}{path}")
        except Error:
            # The page was just then sending them to sign in, and from there back here.
            self.page.wait_for_timeout(2000)
            self.page.goto(f"{self.server.site}{path}")
        self.page.locator("[data-draft-ready]").wait_for()

    def type(self, code: str, count: int) -> None:
        box = self.page.locator(f"[name={code}]")
        for _ in range(count):
            word = f"{self.chance.choice(WORDS.split())} "
            box.focus()
            self.page.keyboard.press("Control+End")
            self.page.keyboard.type(word, delay=self.chance.choice([0, 10, 40]))
            self.texts[code] = self.texts.get(code, "") + word
            self.typed_texts.setdefault(code, []).append(
                (time.monotonic(), self.texts[code])
            )

    def press(self) -> None:
        """Perhaps twice, and whether or not anything answers."""
        button = self.page.get_by_role("button", name="Save and continue")
        try:
            button.click(click_count=self.chance.choice([1, 2]), timeout=3000)
        except Error:
            return

    def saved_text(self, code: str) -> str:
        """The longest text the server has of what was typed here."""
        rows = AnswerVersion.objects.filter(expression=self.draft, code=code)
        texts = [text for row in rows for text in row.raw_input.get(code, [])]
        posts = UnsentForm.objects.filter(person=self.user.key)
        texts += [text for post in posts for text in post.fields.get(code, [])]
        return max(texts, key=len, default="")

    def seconds_unsaved(self, code: str, now: float) -> float:
        """For how many seconds something typed has been in this browser only."""
        known = len(self.saved_text(code).rstrip())
        pending = [
            at for at, text in self.typed_texts.get(code, []) if len(text) > known + 1
        ]
        return now - min(pending) if pending else 0.0

    def record_worst(self, code: str) -> None:
        self.worst_seconds = max(
            self.worst_seconds, self.seconds_unsaved(code, time.monotonic())
        )

    def cause_failure(self, code: str) -> None:
        """One of three, while more is typed; then all is as it was, and the person
        comes back, to the page or to a new one.
        """
        failures: list[tuple[Callable[[], object], Callable[[], object]]] = [
            (lambda: self.context.set_offline(True), self._online),
            (self.server.kill, self.server.start),
            (Session.objects.all().delete, self.sign_in),
        ]
        failure, repair = self.chance.choice(failures)
        self.type(code, self.chance.randrange(1, 8))
        self.page.wait_for_timeout(self.chance.randrange(0, 3000))
        self.record_worst(code)
        failure()
        self.type(code, self.chance.randrange(0, 4))
        next_step = self.chance.choice([self._stay, self.press, self._close])
        next_step()
        self.page.wait_for_timeout(self.chance.randrange(0, 1500))
        repair()

    def return_to_page(self, code: str, within: float = 30) -> None:
        """All that was typed is on the server before long."""
        self.open(code)
        text, deadline = self.texts[code].strip(), time.monotonic() + within
        while time.monotonic() < deadline:
            if self.stored_text(code) == self.page_text(code) == text:
                break
            self.page.wait_for_timeout(100)
        assert (self.stored_text(code), self.page_text(code)) == (text, text)

    def page_text(self, code: str) -> str:
        return self.page.locator(f"[name={code}]").input_value().strip()

    def stored_text(self, code: str) -> str:
        rows = AnswerVersion.objects.filter(
            expression=self.draft, code=code, set_aside=False
        )
        row = rows.order_by("-number").first()
        return "".join(row.raw_input.get(code, [])).strip() if row else ""

    def _online(self) -> None:
        self.context.set_offline(False)

    def _stay(self) -> None:
        """The page stays open, and mends itself before it is opened anew."""

    def _close(self) -> None:
        closed: Page = self.page
        self.page = self.context.new_page()
        closed.close()

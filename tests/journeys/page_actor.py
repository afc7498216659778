"""Somebody at a page: reads, follows links, types and presses, as a person does."""

import re
from datetime import date

from playwright.sync_api import Locator

from funding.demo_data.people import PASSWORD
from tests.browser.fixtures import Visitor

_ROWS = "li, tr, p, .govuk-summary-list__row"


class PageActor:
    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def text(self) -> str:
        return self.main.inner_text()

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.visitor.site)

    def go(self, path: str) -> int:
        """The status of the answer."""
        answer = self.page.goto(f"{self.visitor.site}{path}")
        assert answer is not None
        return answer.status

    def sign_in(self, part: str) -> None:
        self.go("/")
        self.page.get_by_role("link", name="Sign in").first.click()
        self.fill("Email address", f"{part}@example.org")
        self.fill("Password", PASSWORD)
        self.press("Sign in")
        assert self.path == "/home", self.text

    def open(self, entry: str) -> None:
        """An entry of the navigation."""
        menu = self.page.get_by_role("navigation", name="Menu")
        self._click(menu.get_by_role("link", name=entry, exact=True))

    def turn_to(self, entry: str) -> None:
        """An entry of the case's own navigation."""
        case = self.page.get_by_role("navigation", name="This case")
        self._click(case.get_by_role("link", name=entry, exact=True))

    def follow(self, text: str, row: str = "") -> None:
        """A link, or a button that is one, by its words or else by some of them;
        perhaps the one in the row of other words.
        """
        place = self.main
        if row:
            place = place.locator(_ROWS).filter(has_text=row).first
        exact_match, partial_match = (
            place.get_by_role("link", name=text, exact=exact).or_(
                place.get_by_role("button", name=text, exact=exact)
            )
            for exact in (True, False)
        )
        self._click((exact_match if exact_match.count() else partial_match).first)

    def press(self, text: str) -> None:
        self._click(self.main.get_by_role("button", name=text, exact=True))

    def fill(self, label: str, text: str) -> None:
        self._labelled(label).fill(text)

    def choose(self, label: str, group: str = "") -> None:
        """A radio button or a box, perhaps of one question of several."""
        place = self.main.get_by_role("group", name=group) if group else self.main
        place.get_by_label(label, exact=True).check()

    def pick(self, label: str, option: str) -> None:
        """From a list that drops down."""
        self._labelled(label).select_option(label=option)

    def date(self, legend: str, day: date) -> None:
        group = self.main.get_by_role("group", name=legend)
        for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(part, exact=True).fill(str(value))

    def timeline(self) -> list[str]:
        return self.page.locator(".moj-timeline__title").all_inner_texts()

    def _click(self, target: Locator) -> None:
        target.click()
        # The click ends where the next page begins to arrive.
        self.page.wait_for_load_state()

    def _labelled(self, label: str) -> Locator:
        named = re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$")
        return self.main.get_by_label(named)

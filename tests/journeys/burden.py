"""What a path through the service costs somebody: pages, and what they type."""

from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Response

from tests.browser.fixtures import Visit
from tests.journeys.page_actor import PageActor

WORDS_A_MINUTE = 40


@dataclass
class Burden:
    """The pages that were shown, and the answers that were typed or chosen."""

    pages: int = 0
    answers: Counter[str] = field(default_factory=Counter)

    @property
    def repeated(self) -> list[str]:
        """What had to be answered more than once."""
        return [answer for answer, times in self.answers.items() if times > 1]

    def count_page(self, response: Response) -> None:
        is_page = response.request.is_navigation_request() and response.status == 200
        self.pages += is_page


class CountedActor(PageActor):
    """Somebody whose pages are counted, with all that they type or choose."""

    def __init__(self, visit: Visit, burden: Burden) -> None:
        super().__init__(visit(javascript=False))
        self.burden = burden
        self.typed_words = 0
        self.page.on("response", lambda response: self.burden.count_page(response))

    @property
    def minutes(self) -> float:
        """To type what was typed."""
        return self.typed_words / WORDS_A_MINUTE

    def fill(self, label: str, text: str) -> None:
        self.burden.answers[text] += 1
        self.typed_words += len(text.split())
        super().fill(label, text)

    def choose(self, label: str, group: str = "") -> None:
        self.burden.answers[label] += 1
        super().choose(label, group)

    def pick(self, label: str, option: str) -> None:
        self.burden.answers[option] += 1
        super().pick(label, option)

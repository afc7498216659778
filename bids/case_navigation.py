"""The sub-navigation of a case, for those who work on it.

An expression of interest, its bid and its grant are one case. Each app registers its
pages about one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.urls import reverse

from bids import policies
from bids.domain.applications import Case
from bids.models import Bid, Expression
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.core.registry import Registry


class Place(IntEnum):
    """The order of the pages: what the case says, what was decided, what is beside."""

    SUMMARY = 1
    ANSWERS = 2
    DECISION = 3
    GRANT = 4
    RECORD = 5


@dataclass(frozen=True, slots=True)
class CasePage:
    """`name` is that of its address, such as `bids:case`, `reference` the key in it.
    Events of the grant link to the page that `has_grant`.
    """

    label: str
    name: str
    reference: str
    place: Place
    has_grant: bool = False

    @property
    def href(self) -> str:
        return reverse(self.name, args=[self.reference])


@dataclass(frozen=True, slots=True)
class CaseNavigation:
    """The pages of one case that a user may open, and which of them is shown. `query`
    says from which list the case was opened: see `views.listed_cases`.
    """

    pages: Sequence[CasePage]
    current: str
    query: str = ""

    @property
    def items(self) -> list[dict[str, object]]:
        """For the component `sub_navigation.html`."""
        return [
            {
                "label": page.label,
                "href": f"{page.href}{self.query}",
                "current": page.name == self.current,
            }
            for page in self.pages
        ]

    @property
    def references(self) -> list[str]:
        """The references of the expression, the bid and the grant, as far as the user
        may know them.
        """
        return list(dict.fromkeys(page.reference for page in self.pages))

    @property
    def grant_href(self) -> str:
        return next((page.href for page in self.pages if page.has_grant), "")


PageRule = Callable[[User, Expression, Bid | None], Iterable[CasePage]]
"""The pages about this case that the user may open."""

rules: Registry[PageRule] = Registry()


def case_navigation(
    user: User, case: Case, *, current: str, query: str = ""
) -> CaseNavigation:
    """For a user who has access to the case. `current` is the name of the page."""
    bid: Bid | None = case if isinstance(case, Bid) else getattr(case, "bid", None)
    expression = case.expression if isinstance(case, Bid) else case
    pages = [page for rule in rules for page in rule(user, expression, bid)]
    pages.sort(key=lambda page: page.place)
    return CaseNavigation(pages, current, query)


def case_pages(
    user: User, expression: Expression, bid: Bid | None
) -> Iterable[CasePage]:
    """The pages of this app."""
    if not policies.may(user, Permission.READ_CASES, expression):
        return
    key = expression.key
    yield CasePage("Summary", "bids:case", key, Place.SUMMARY)
    yield CasePage("Expression of interest", "bids:case-answers", key, Place.ANSWERS)
    yield CasePage("Checks and flags", "bids:case-checks", key, Place.ANSWERS)
    if bid is not None:
        yield CasePage("Bid", "bids:bid", bid.key, Place.ANSWERS)
        if bid.submitted_at is not None:
            name = "bids:bid-assessments"
            yield CasePage("Assessment", name, bid.key, Place.DECISION)
    if user.may(Permission.READ_ALL_CASES):
        name = "bids:case-due-diligence"
        yield CasePage("Due diligence", name, key, Place.DECISION)
    yield CasePage("Messages", "bids:case-messages", key, Place.RECORD)
    yield CasePage("Documents", "bids:case-documents", key, Place.RECORD)
    if user.may(Permission.TRIAGE):
        yield CasePage("Notes", "bids:case-notes", key, Place.RECORD)
    yield CasePage("People", "bids:case-people", key, Place.RECORD)
    yield CasePage("Related cases", "bids:case-related", key, Place.RECORD)
    yield CasePage("History", "bids:case-history", key, Place.RECORD)


def register() -> None:
    rules.register(case_pages)

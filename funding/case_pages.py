"""This app's pages in the sub-navigation of a case."""

from collections.abc import Iterable

from bids import case_navigation
from bids.case_navigation import CaseNavigation, CasePage, Place
from bids.models import Bid, Expression
from bids.states import BidState
from funding import policies
from funding.models import Award
from innovation.accounts.models import User
from innovation.accounts.roles import Permission


def case_pages(
    user: User, expression: Expression, bid: Bid | None
) -> Iterable[CasePage]:
    if bid is None:
        return
    if bid.submitted_at is not None and policies.may_read_advice(user):
        name = "funding:board-and-decision"
        yield CasePage("Board and decision", name, bid.key, Place.DECISION)
    # Makes no query for a bid that was not approved.
    is_approved = bid.state == BidState.APPROVED
    if is_approved and policies.may_read_awards(user) and hasattr(bid, "award"):
        yield from award_pages(bid.award)
        if not user.may(Permission.READ_CASES):
            yield history_page(bid.award)


def award_pages(award: Award) -> list[CasePage]:
    key, place = award.key, Place.GRANT
    return [
        CasePage("Grant", "funding:award", key, place, has_grant=True),
        CasePage("Payments", "funding:award-money", key, place),
        CasePage("Reports and changes", "funding:award-reports", key, place),
    ]


def history_page(award: Award) -> CasePage:
    """For those who have no page of the history of the whole case."""
    return CasePage("History", "funding:award-history", award.key, Place.RECORD)


def award_navigation(
    user: User, award: Award, *, current: str, query: str = ""
) -> CaseNavigation:
    """The pages of the award’s case. An imported award has no bid."""
    bid = award.bid
    if bid is None:
        pages = [*award_pages(award), history_page(award)]
        return CaseNavigation(pages, current, query)
    return case_navigation.case_navigation(user, bid, current=current, query=query)


def register() -> None:
    case_navigation.rules.register(case_pages)

"""What should not be missed on the summary of a case."""

from collections.abc import Callable, Iterator

from bids.actions import planned_steps
from bids.domain.queries.case_overviews import Overview
from bids.domain.queries.flags import flag_words
from bids.models import Bid, DueDiligenceArea, Expression
from bids.states import EXPRESSION, BidState
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.web.actions import Action

_BEFORE_OFFER = {
    f"bid.{state}" for state in set(BidState) - {BidState.DECLINED, BidState.WITHDRAWN}
}


def notices(
    case: Expression,
    bid: Bid | None,
    overview: Overview,
    reader: User,
    address: Callable[[str, str], str],
) -> Iterator[Action]:
    """Each with the page where it stands. `address` gives that of a page, by its name
    and the reference in it.
    """
    yield from planned_steps(reader, case)
    record = address("bids:case-messages", case.key)
    checks = address("bids:case-checks", case.key)
    if overview.is_reconsidered:
        declined = (
            address("bids:bid", bid.key)
            if bid is not None
            else address("bids:case-answers", case.key)
        )
        yield Action("The applicant asked us to look at the decision again", declined)
    for team in overview.flagged_teams:
        yield Action(flag_words(team), checks)
    for wording in overview.unmet_checks:
        yield Action(f"Not met: {wording}", checks)
    if (number := overview.checks_to_record) and EXPRESSION.allows(
        "decline", case.state
    ):
        noun = "eligibility check" if number == 1 else "eligibility checks"
        yield Action(f"{number} {noun} to record", checks)
    areas = [
        area.label
        for area in DueDiligenceArea
        if area in case.round.due_diligence and area not in overview.satisfactory_areas
    ]
    if (
        areas
        and case.chain.stage in _BEFORE_OFFER
        and reader.may(Permission.READ_ALL_CASES)
    ):
        page = address("bids:case-due-diligence", case.key)
        yield Action(f"Due diligence to do: {', '.join(areas)}", page)
    if number := overview.unanswered_messages:
        noun = "message" if number == 1 else "messages"
        yield Action(f"{number} {noun} not answered yet", record)
    if number := overview.open_comments:
        noun = "comment" if number == 1 else "comments"
        yield Action(f"{number} {noun} not done yet", record)
    people = address("bids:case-people", case.key)
    for name in overview.unconfirmed_partners:
        yield Action(f"Nobody has confirmed the partner {name}", people)

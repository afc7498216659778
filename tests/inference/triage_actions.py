"""What officials record of a case before it is taken forward, for facts that its
applicant may not know.
"""

from bids.models import Bid
from tests.factories import triage
from tests.inference.actions import Action, bid_to_assess
from tests.inference.scenario import Scenario


def case_with_check(stage: Scenario) -> Bid:
    bid = bid_to_assess(stage)
    triage.check(bid.round)
    return bid


def record_unmet(stage: Scenario, bid: Bid) -> None:
    case, by = bid.expression, stage.people["official"]
    check = bid.round.eligibility_checks.get()
    triage.result(case, check, "not_met", "It is in Wales.", by)


def raise_flag(stage: Scenario, bid: Bid) -> None:
    triage.flag(bid.expression, by=stage.people["official"])


def finish_due_diligence(state: str) -> Action:
    def act(stage: Scenario, bid: Bid) -> None:
        by = stage.people["official"]
        triage.due_diligence(bid.expression, state=state, by=by)

    return act

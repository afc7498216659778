"""What prepares and plans steps for several cases, for facts that may not be known."""

from bids.domain import feedback_drafts
from bids.models import Expression
from tests.dates import MOMENT
from tests.factories import cases, users
from tests.inference.scenario import ASSIGNED_COACH, Scenario


def case_to_read(stage: Scenario) -> Expression:
    case = cases.submitted_expression(lead=stage.own, title="The case")
    users.assign(stage.people[ASSIGNED_COACH], case)
    return case


def plan_step(stage: Scenario, case: Expression) -> None:
    cases.planned_batch(case, by=stage.people["official"])


def prepare_feedback(stage: Scenario, case: Expression) -> None:
    texts = cases.feedback(case.round)
    by = stage.people["official"]
    feedback_drafts.save(case, texts=texts, by=by, at=MOMENT)

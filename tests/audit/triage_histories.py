"""Cases with eligibility checks and flags, at every point."""

from bids.domain import bids, eligibility_checks, expressions, flags
from tests.dates import MOMENT
from tests.factories import cases, triage, users


def build_triage_histories() -> None:
    by, administrator = users.official(), users.administrator()
    case = cases.submitted_expression()
    used, changed, ended = (
        triage.check(case.round, wording) for wording in ("In England", "New", "Old")
    )
    facts = {"wording": "Newer", "position": 9}
    eligibility_checks.change(changed, facts=facts, by=administrator, at=MOMENT)
    eligibility_checks.end(ended, reason="Not needed.", by=administrator, at=MOMENT)
    eligibility_checks.correct(
        triage.result(case, used),
        outcome="not_met",
        note="Half of it is in Wales.",
        reason="Read again.",
        by=by,
        at=MOMENT,
    )
    flags.resolve(triage.flag(case), resolution="They came.", by=by, at=MOMENT)
    triage.flag(case)
    triage.due_diligence(case, state="under_way")
    triage.due_diligence(case)
    triage.due_diligence(case, state="not_satisfactory", reason="New accounts.")
    bid = expressions.take_forward(case, despite="The rest is sound.", by=by, at=MOMENT)
    bids.withdraw(bid, by=cases.editor_of(case.lead), at=MOMENT)

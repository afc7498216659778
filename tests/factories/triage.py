"""Factories for eligibility checks, flags and due diligence, made by domain calls."""

from bids.domain import due_diligence as diligence
from bids.domain import eligibility_checks, flags
from bids.domain.eligibility_checks import Finding
from bids.models import (
    CheckResult,
    DueDiligence,
    DueDiligenceArea,
    DueDiligenceState,
    EligibilityCheck,
    Expression,
    Flag,
    Round,
    Team,
)
from innovation.accounts.models import User
from tests.dates import MOMENT
from tests.factories import cases, users


def check(
    round: Round | None = None, wording: str = "The work happens in England"
) -> EligibilityCheck:
    round = round or cases.round_()
    place = round.eligibility_checks.count() + 1
    facts = {"wording": wording, "guidance": "See the councils.", "position": place}
    by = users.administrator()
    return eligibility_checks.add(round, facts=facts, by=by, at=MOMENT)


def result(
    expression: Expression,
    check: EligibilityCheck,
    outcome: str = "met",
    note: str = "",
    by: User | None = None,
) -> CheckResult:
    [row] = eligibility_checks.record_results(
        expression,
        findings={check.pk: Finding(outcome, note)},
        by=by or users.official(),
        at=MOMENT,
    )
    return row


def due_diligence(
    expression: Expression,
    area: str = DueDiligenceArea.FINANCE,
    state: str = DueDiligenceState.SATISFACTORY,
    reason: str = "",
    by: User | None = None,
) -> DueDiligence:
    return diligence.add(
        expression,
        area=area,
        state=state,
        checked_on=MOMENT.date(),
        finding="The accounts are in order.",
        reference="File 12",
        reason=reason,
        by=by or users.official(),
        at=MOMENT,
    )


def flag(
    expression: Expression | None = None,
    team: str = Team.FINANCE,
    reason: str = "The accounts are late.",
    by: User | None = None,
) -> Flag:
    case, by = expression or cases.submitted_expression(), by or users.official()
    return flags.add(case, team=team, reason=reason, by=by, at=MOMENT)

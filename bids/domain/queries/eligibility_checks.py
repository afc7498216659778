"""What was found of the eligibility checks of a case."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from bids.models import CheckOutcome, CheckResult, EligibilityCheck
from innovation.core import statements

COLOURS = {
    CheckOutcome.MET: "green",
    CheckOutcome.NOT_MET: "red",
    CheckOutcome.CANNOT_TELL: "yellow",
}


@dataclass(frozen=True, slots=True)
class CaseCheck:
    """A check with its results on a case, the newest first: the first one counts."""

    check: EligibilityCheck
    results: Sequence[CheckResult]

    @property
    def result(self) -> CheckResult | None:
        return self.results[0] if self.results else None

    @property
    def earlier(self) -> Sequence[CheckResult]:
        return self.results[1:]

    @property
    def tag(self) -> tuple[str, str]:
        """Words and colour."""
        if self.result is None:
            return "Not checked yet", "grey"
        return self.result.get_outcome_display(), COLOURS[
            CheckOutcome(self.result.outcome)
        ]


def of_case(expression: int, round: int) -> list[CaseCheck]:
    """The checks of this round for the case, and those that have ended since they were
    recorded on it. Two queries.
    """
    results: dict[int, list[CheckResult]] = {}
    for row in statements.fetch(_results, expression):
        results.setdefault(row.eligibility_check_id, []).append(row)
    return [
        CaseCheck(check, results.get(check.pk, []))
        for check in statements.fetch(_checks, round)
        if check.ended_at is None or check.pk in results
    ]


def current_results() -> QuerySet[CheckResult]:
    """The newest result of each check on each case."""
    later = CheckResult.objects.filter(
        expression=OuterRef("expression"),
        eligibility_check=OuterRef("eligibility_check"),
        pk__gt=OuterRef("pk"),
    )
    return CheckResult.objects.filter(~Exists(later))


def unmet_results() -> QuerySet[CheckResult]:
    return current_results().filter(outcome=CheckOutcome.NOT_MET)


def unrecorded() -> QuerySet[EligibilityCheck]:
    """The checks that nobody has recorded on the expression of the outer query."""
    recorded = CheckResult.objects.filter(
        eligibility_check=OuterRef("pk"), expression=OuterRef(OuterRef("pk"))
    )
    return EligibilityCheck.objects.filter(
        ~Exists(recorded), round=OuterRef("round"), ended_at=None
    )


def _checks(round: int) -> QuerySet[EligibilityCheck]:
    return EligibilityCheck.objects.filter(round=round)


def _results(expression: int) -> QuerySet[CheckResult]:
    rows = CheckResult.objects.filter(expression=expression)
    return rows.select_related("recorded_by").order_by("-pk")

"""Writes the cases of a checked file, in the transaction that applies it."""

from datetime import date, datetime

from bids.domain import historic_expressions
from funding.domain import published_awards
from funding.domain.importing.new_organisations import NewOrganisations
from funding.domain.importing.planned_case import AWARD, EXPRESSION, PlannedCase
from funding.domain.importing.report import Report
from funding.models import Import, ImportedCase
from innovation.accounts.models import User


def write(
    imported: Import, report: Report, *, by: User, at: datetime, revised_on: date
) -> None:
    """Write the cases. Awards of a day before `revised_on` say that they were added to
    the past then. What a made-up person imports is labelled as made up.
    """
    writer = _Writer(imported, by, at, revised_on)
    writer.write_expressions(
        [case for case in report.cases if case[0].kind == EXPRESSION]
    )
    writer.write_awards([case for case in report.cases if case[0].kind == AWARD])


class _Writer:
    def __init__(
        self, imported: Import, by: User, at: datetime, revised_on: date
    ) -> None:
        self.imported, self.by, self.at = imported, by, at
        self.revised_on = revised_on
        self.organisations = NewOrganisations(f"import {imported.key}", by, at)

    def write_expressions(self, cases: list[tuple[PlannedCase, str]]) -> None:
        historic = [self._historic_expression(case) for case, _ in cases]
        expressions = historic_expressions.record_all(historic, by=self.by, at=self.at)
        self._record_imported(cases, [expression.key for expression in expressions])

    def write_awards(self, cases: list[tuple[PlannedCase, str]]) -> None:
        published = [self._published_award(case) for case, _ in cases]
        awards = published_awards.record_all(published, by=self.by, at=self.at)
        self._record_imported(cases, [award.key for award in awards])

    def _historic_expression(
        self, case: PlannedCase
    ) -> historic_expressions.HistoricExpression:
        lead = self.organisations.find(case.lead)
        assert lead is not None
        assert case.round is not None
        return historic_expressions.HistoricExpression(
            title=case.title,
            round=case.round,
            lead=lead,
            submitted_on=_require_day(case.on),
            state=case.outcome,
            ended_on=case.ended_on,
            strand=case.strand,
            maturity=case.maturity,
            idea_type=case.idea_type,
            summary=case.notes,
            money=case.money,
            partners=self.organisations.find_all(case.partners),
            councils=tuple(case.councils),
            practice_models=tuple(case.practice_models),
            facts=self._facts(case),
        )

    def _published_award(self, case: PlannedCase) -> published_awards.PublishedAward:
        assert case.round is not None
        return published_awards.PublishedAward(
            title=case.title,
            round=case.round,
            dated_on=_require_day(case.on),
            date_precision=case.precision,
            date_kind=case.date_kind,
            source=case.source,
            lead=self.organisations.find(case.lead),
            lead_as_published=case.lead_as_written,
            partners=self.organisations.find_all(case.partners),
            councils=case.councils,
            focus_area=case.focus_area,
            idea_type=case.idea_type,
            idea_as_published=case.idea_as_written,
            practice_models=case.practice_models,
            amount=case.amount,
            amount_precision=case.amount_precision,
            notes=case.notes,
            revised_on=self.revised_on if case.on != self.revised_on else None,
            demonstration=self.by.demonstration,
            facts=self._facts(case),
        )

    def _facts(self, case: PlannedCase) -> dict[str, str]:
        return {"import": self.imported.key, "sheet_id": case.sheet_id}

    def _record_imported(
        self, cases: list[tuple[PlannedCase, str]], created_keys: list[str]
    ) -> None:
        ImportedCase.objects.bulk_create(
            ImportedCase(
                imported=self.imported,
                kind=case.kind,
                sheet_id=case.sheet_id,
                digest=digest,
                subject=subject,
            )
            for (case, digest), subject in zip(cases, created_keys, strict=True)
        )


def _require_day(day: date | None) -> date:
    assert day is not None
    return day

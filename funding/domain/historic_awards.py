"""Loads the programme's history: 57 published awards and 17 published reports."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from bids.domain import registers
from bids.models import PracticeModel
from funding.domain import published_awards, revisions
from funding.models import Award, EvaluationReport
from funding.models.award import DatePrecision
from funding.states import AwardState
from innovation.audit import figures
from innovation.audit.events import SERVICE, open_chain
from innovation.audit.models import Chain
from innovation.core import clock
from innovation.core.money import Money
from innovation.organisations.domain import organisations
from innovation.organisations.domain.data_files import (
    Row,
    load_once,
    read_rows,
    split_cell,
)
from innovation.organisations.domain.queries.councils import Directory, NotACouncil
from innovation.organisations.models import ApplicantType, Organisation

DATA = Path(__file__).parents[1] / "data"
AWARDS = DATA / "cscip_awards.csv"
LEADS = DATA / "award_leads.csv"
REPORTS = DATA / "cscip_evaluation_reports.csv"
REPORT_AWARDS = DATA / "evaluation_awards.csv"
LEAD_TYPES = {
    "charity": ApplicantType.CHARITY,
    "company": ApplicantType.COMPANY,
    "children's trust": ApplicantType.CHILDRENS_TRUST,
    "NHS": ApplicantType.NHS,
    "public body": ApplicantType.PUBLIC_BODY,
}
FOCUS_AREAS = {
    "1": {"Rethinking children's social work", "Rethinking support for adolescents"},
    "2": {"Scale and spread"},
}
"""By round. Source: springconsortium.com for round 1, cypnow.co.uk for round 2, which
had two other areas. The file has no award in them.
"""
_JOINT_LEAD_NOTE = "Led jointly; the first organisation named is recorded as the lead."


def load(*, at: datetime) -> bool:
    """Load the history; `False` if it was loaded before. Existing awards stay.

    The figures begin with it. A later release with more awards revises them.
    """
    files = [
        AWARDS,
        LEADS,
        REPORTS,
        REPORT_AWARDS,
        registers.IDEA_TYPES_FILE,
        Path(__file__),
    ]

    def load_all() -> None:
        _load_awards(at)
        _load_reports()

    return load_once("history", files=files, loader=load_all, at=at)


def period_end(text: str) -> tuple[date, str]:
    """The last day of a year, month or day such as `2015-02`, and its precision."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts), DatePrecision.DAY
    if len(parts) == 2:
        return clock.last_day_of_month(*parts), DatePrecision.MONTH
    return date(parts[0], 12, 31), DatePrecision.YEAR


def _load_awards(at: datetime) -> None:
    existing = set(
        Award.objects.filter(state=AwardState.RECORDED).values_list(
            "title", "round", "lead_as_published"
        )
    )
    reader = _Reader(at)
    awards = [reader.read(row) for row in read_rows(AWARDS)]
    new = [
        award
        for award in awards
        if (award.title, award.round.pk, award.lead_as_published) not in existing
    ]
    if existing:
        new = _record_revision(new, at)
    published_awards.record_all(new, by=SERVICE, at=at)


def _record_revision(
    awards: list[published_awards.PublishedAward], at: datetime
) -> list[published_awards.PublishedAward]:
    """Record that a release revises the figures. Return the awards with its day."""
    today = clock.london_day(at)
    changes = figures.add_changes(
        figures.tally_changes(
            award.dated_on, published_awards.tally(award.councils, award.idea_type)
        )
        for award in awards
    )
    effect = revisions.effect(changes, today=today)
    revisions.record(effect, _Release(), by=SERVICE, at=at)
    return [replace(award, revised_on=today) for award in awards]


class _Release:
    """The subject of the events about a release."""

    key = "release"

    def __init__(self) -> None:
        self.chain = open_chain(Chain.Kind.SERVICE)


class _Reader:
    """Converts a row of the file for `published_awards.record_all`."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.councils = Directory.load()
        self.ideas = registers.IdeaTypeLookup()
        self.models = list(PracticeModel.objects.all())
        self.rounds = {n: registers.historic_round(n) for n in ("1", "2")}
        self.joint_leads = {row["lead_as_published"]: row for row in read_rows(LEADS)}

    def read(self, row: Row) -> published_awards.PublishedAward:
        dated_on, precision = period_end(row["date"])
        lead, partners = self._leads(row, dated_on)
        amount = Money.pounds(int(row["amount_gbp"])) if row["amount_gbp"] else None
        qualifier = row["amount_qualifier"]
        jointly = partners and " with " not in row["lead_organisation"]
        notes = [row["notes"], _JOINT_LEAD_NOTE if jointly else ""]
        return published_awards.PublishedAward(
            title=row["project"],
            round=self.rounds[row["round"]],
            dated_on=dated_on,
            date_precision=precision,
            date_kind=row["date_kind"],
            source=row["source"],
            lead=lead,
            lead_as_published=row["lead_organisation"],
            partners=partners,
            councils=[
                self.councils.codes[code]
                for code in split_cell(row["gss_codes_2014_2016"])
            ],
            focus_area=_focus_area(row),
            idea_type=self.ideas.idea_type(
                focus_area=row["focus_area"], idea=row["idea_type"]
            ),
            idea_as_published=row["idea_type"],
            practice_models=registers.practice_models_named_in(
                row["project"], self.models
            ),
            amount=amount,
            amount_precision=qualifier if amount is not None else "",
            amount_note="" if amount is not None else _unknown_amount(qualifier),
            confidence=row["confidence"],
            notes=" ".join(f"{n.rstrip('.')}." for n in notes if n),
            facts={"date_as_published": row["date"]},
        )

    def _leads(
        self, row: Row, on: date
    ) -> tuple[Organisation | None, list[Organisation]]:
        names = row["lead_organisation"]
        joint = self.joint_leads.get(names)
        if joint is None:
            return self._organisation(names, row, on), []
        if not joint["lead"]:
            return None, []
        lead = self._organisation(joint["lead"], row, on)
        partners = split_cell(joint["partners"])
        return lead, [self._organisation(name, row, on) for name in partners]

    def _organisation(self, name: str, row: Row, on: date) -> Organisation:
        """The council with that name, or an organisation without identifiers, from the
        source of the award.
        """
        try:
            return self.councils.resolve(name, on=on).organisation
        except NotACouncil:
            organisation = Organisation.objects.registered().filter(name=name).first()
        return organisation or organisations.register(
            name=name,
            applicant_type=LEAD_TYPES[row["lead_type"]],
            source=row["source"],
            by=SERVICE,
            at=self.at,
        )


def _focus_area(row: Row) -> str:
    """The focus area, if it is one of the award's round. For most awards of round 2 the
    file gives those of round 1, which is not what was published.
    """
    return row["focus_area"] if row["focus_area"] in FOCUS_AREAS[row["round"]] else ""


def _unknown_amount(qualifier: str) -> str:
    """The note for an award without an amount."""
    if qualifier == "not found":
        return "The amount was not found in the sources"
    return f"A {qualifier}"


def _load_reports() -> None:
    award_rows = {row["report"]: row for row in read_rows(REPORT_AWARDS)}
    for row in read_rows(REPORTS):
        published_on, precision = period_end(row["published"])
        award_row = award_rows.get(row["title"])
        EvaluationReport.objects.update_or_create(
            title=row["title"],
            defaults={
                "award": _find_award(award_row) if award_row else None,
                "number": int(row["report_no"]) if row["report_no"] else None,
                "round_number": int(row["round"]) if row["round"] else None,
                "published_on": published_on,
                "published_precision": precision,
                "authors": row["authors"],
                "held_at": row["stored_at"],
                "source": row["stored_at"],
            },
        )


def _find_award(row: Row) -> Award:
    return Award.objects.get(
        state=AwardState.RECORDED,
        title=row["project"],
        round=registers.historic_round(row["award_round"]),
    )

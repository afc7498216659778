"""The text of an award for the public, which also says what is not known."""

from datetime import date, datetime

from funding.events import FundingEvent
from funding.models import Award, Correction, EvaluationReport, ImportedCase
from funding.models.award import DatePrecision
from funding.models.ledger import Precision
from funding.states import CorrectionState
from innovation.audit.models import Event
from innovation.core import clock, formatting
from innovation.core.money import Money

NO_AMOUNT = "The source does not give an amount"
NO_LEAD = "The source does not name a lead organisation"
NO_COUNCILS = "The source does not name councils"
NO_FOCUS = "The source does not give a focus area"
NO_IDEA = "The source does not give a type of idea"
_OPTIONAL = {
    "Partners",
    "Note on the amount",
    "Amount by financial year",
    "Source",
    "Confidence in the source",
    "Notes",
}
_FREE_TEXTS = {"title", "source", "notes"}
_MILLION = 100_000_000


def amount(award: Award) -> str:
    """`more than £2.5 million`, as in the announcement."""
    if award.amount is None:
        return NO_AMOUNT
    figure = amount_in_words(award.amount)
    if award.amount_precision == Precision.EXACT:
        return figure
    if award.amount_precision == Precision.NOT_STATED:
        return f"{figure} (not stated if exact)"
    return f"{Precision(award.amount_precision).label} {figure}"


def amount_in_words(sum_: Money) -> str:
    """`£2.5 million` if that is exact, otherwise `£9,750`."""
    if sum_.pence >= _MILLION and sum_.pence % (_MILLION // 100) == 0:
        millions = f"{sum_.pence / _MILLION:.2f}".rstrip("0").rstrip(".")
        return f"£{millions} million"
    return str(sum_)


def lead(award: Award) -> str:
    if award.lead_in_source:
        return award.lead_in_source
    return award.lead.name if award.lead else NO_LEAD


def award_date(award: Award) -> str:
    """The day of the announcement, otherwise the date in its sources, as precisely as
    they give it.
    """
    if award.announcement_day:
        return formatting.format_date(award.announcement_day)
    return _date_text(award.dated_on, award.date_precision)


def date_with_kind(award: Award, today: date | None = None) -> str:
    """`Announced 31 October 2014`, `Funded 2017`: what happened, and when. The public
    sees no announcement to come, and the department’s pages say which is: they give
    `today`.
    """
    day = award.announcement_day
    if day and today and day > today:
        return f"To be announced {award_date(award)}"
    return " ".join(_date_row(award))


def in_a_line(award: Award) -> str:
    """`About £4 million · Announced 31 October 2014 · Round 1, 2014 to 2016`."""
    parts = (_capitalise(amount(award)), date_with_kind(award), award.round.name)
    return " · ".join(parts)


def description(award: Award) -> str:
    """What it is, for those who have not opened its page."""
    return f"{lead(award)}. {in_a_line(award)}. {award.summary}".strip()


def report_date(report: EvaluationReport) -> str:
    return _date_text(report.published_on, report.published_precision)


def _date_text(day: date, precision: str) -> str:
    """The date as precise as the source: a day, a month or a year."""
    if precision == DatePrecision.YEAR:
        return str(day.year)
    if precision == DatePrecision.MONTH:
        return f"{formatting.MONTHS[day.month - 1]} {day.year}"
    return formatting.format_date(day)


def idea(award: Award) -> str:
    if award.idea_as_published:
        return award.idea_as_published
    return award.idea_type.name if award.idea_type else ""


def facts(award: Award) -> list[dict[str, str]]:
    """What the department's page says of an award. One query, for the councils."""
    return _rows(award)


def project_facts(award: Award) -> list[dict[str, str]]:
    """The rows of a project's page. Takes two more, for the partners and the years."""
    partners = "; ".join(partner.name for partner in award.partners.all())
    return _rows(award, partners=partners, years=_years(award))


def _rows(award: Award, *, partners: str = "", years: str = "") -> list[dict[str, str]]:
    # Names such as “Bristol, City of” have commas.
    councils = "; ".join(council.name for council in award.councils.all())
    label, date_text = _date_row(award)
    rows = [
        ("Lead organisation", lead(award)),
        ("Partners", partners),
        ("Councils", councils or _unknown(award, NO_COUNCILS)),
        ("Amount", _capitalise(amount(award))),
        ("Note on the amount", award.amount_note),
        ("Amount by financial year", years),
        (label, f"{date_text}{_precision_note(award)}"),
        ("Round", award.round.name),
        ("Focus area", award.focus_area or _unknown(award, NO_FOCUS)),
        ("Type of idea", idea(award) or _unknown(award, NO_IDEA)),
        ("Source", award.source),
        ("Confidence in the source", award.confidence.capitalize()),
        ("Notes", award.notes),
    ]
    return [
        {"label": label, "value": value}
        for label, value in [*rows, *_revisions(award)]
        if value or label not in _OPTIONAL
    ]


def _years(award: Award) -> str:
    """`£40,000 in 2014 to 2015`, a line for each year. Sources give no years."""
    if award.bid_id is None:
        return ""
    return "\n".join(
        f"{row.amount} in {clock.financial_year_name(row.financial_year)}"
        for row in award.years.all()
    )


def _precision_note(award: Award) -> str:
    if award.announcement_day or award.date_precision == DatePrecision.DAY:
        return ""
    return f" (only the {award.date_precision} is known)"


def _revisions(award: Award) -> list[tuple[str, str]]:
    """What was added late or corrected, and when. Takes three queries for an award that
    was revised. A former text is not shown: it may be what had to go.
    """
    if award.revised_on is None:
        return []
    by_release = list(
        Event.objects.filter(
            chain=award.chain_id, name=FundingEvent.AWARD_CORRECTED_BY_RELEASE
        ).order_by("seq")
    )
    done = award.corrections.filter(state=CorrectionState.DONE)
    revisions: list[tuple[datetime | date, str]] = [
        *(
            (event.at, _before(event.data["column"], event.data["before"]))
            for event in by_release
        ),
        *(
            (correction.answered_at, _correction_text(correction))
            for correction in done.order_by("answered_at", "id")
            if correction.answered_at
        ),
    ]
    added_on = _day_added(award, by_release)
    if added_on and added_on > award.dated_on:
        revisions.insert(0, (added_on, "Added from past records"))
    return [
        (f"Revised on {formatting.format_date(day)}", text) for day, text in revisions
    ]


def _day_added(award: Award, by_release: list[Event]) -> date | None:
    """When an award was added late; `None` if it came with the first release."""
    rows = ImportedCase.objects.filter(subject=award.key)
    applied_at = rows.values_list("imported__applied_at", flat=True).first()
    if applied_at:
        return clock.london_day(applied_at)
    if not by_release:
        return award.revised_on
    revised_before = by_release[0].data["revised_before"]
    return date.fromisoformat(revised_before) if revised_before else None


def _correction_text(correction: Correction) -> str:
    if correction.is_retraction:
        return "Retracted: it should not have been recorded"
    if correction.sheet_column in _FREE_TEXTS:
        return f"{correction.sheet_column.capitalize()} corrected"
    return _before(correction.sheet_column, correction.before)


def _before(column: str, value: str) -> str:
    return f"{column.capitalize()} before: {value or 'not known'}"


def _date_row(award: Award) -> tuple[str, str]:
    """The label of the date, and the date."""
    if award.announcement_day:
        return "Announced", award_date(award)
    kind = award.date_kind.replace(" (approx)", ", approximately")
    return _capitalise(kind) or "Dated", award_date(award)


def _unknown(award: Award, text: str) -> str:
    return text if award.source else "None named"


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]

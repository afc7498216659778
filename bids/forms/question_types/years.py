"""The financial years for which money can be requested."""

from bids.domain.applications import Case
from innovation.core import clock

YEARS = 4


def years_for(case: Case) -> list[int]:
    """The years from the opening of the round, or from the start of the case if a
    rolling round has been open for long.
    """
    begun = getattr(case, "started_at", None) or getattr(case, "opened_at", None)
    moments = [moment for moment in (case.round.opens_at, begun) if moment]
    first = clock.financial_year(clock.london_day(max(moments, default=clock.now())))
    years_used = {row.financial_year for row in case.money.all()} if case.pk else set()
    return sorted(years_used | set(range(first, first + YEARS)))


def year_label(year: int) -> str:
    return f"April {year} to March {year + 1}"


def year_choices(case: Case) -> list[tuple[str, str]]:
    return [(str(year), clock.financial_year_name(year)) for year in years_for(case)]

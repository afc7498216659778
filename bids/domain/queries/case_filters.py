"""What the filters of expressions, bids and awards mean: one reading for a page, its
CSV and the API.

In an address filters come as text, and one that cannot be read is left out. The API
refuses such a one before it gets here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from innovation.core import limits
from innovation.core.nulls import without_nulls
from innovation.organisations.models import Council

C = TypeVar("C", bound=Model)

_MAX_COUNCILS = 20


@dataclass(frozen=True, kw_only=True)
class CaseFilters(Generic[C]):
    """Those that all cases have. A list adds its own, and offers those that it likes:
    what nobody asked for is empty or None.
    """

    round: str = ""
    lead: str = ""
    council: str = ""
    """A DfE number, or the beginning of a name."""
    demonstration: bool | None = None

    def narrow(self, rows: QuerySet[C]) -> QuerySet[C]:
        """Those of these cases that match."""
        if self.round:
            rows = rows.filter(round__key=self.round)
        if self.lead:
            rows = rows.filter(lead__key=self.lead)
        if self.council:
            rows = _in_councils(rows, _council_numbers(self.council))
        if self.demonstration is not None:
            rows = rows.filter(demonstration=self.demonstration)
        return rows


def _in_councils(rows: QuerySet[C], numbers: list[str]) -> QuerySet[C]:
    """By sub-select: a case in two of these councils is one case."""
    councils: Any = rows.model._meta.get_field("councils")
    within = councils.remote_field.through.objects.filter(council__in=numbers)
    return rows.filter(pk__in=within.values(councils.m2m_field_name()))


def _council_numbers(text: str) -> list[str]:
    found = Council.objects.filter(Q(dfe_number=text) | Q(name__istartswith=text))
    return list(found.values_list("dfe_number", flat=True)[:_MAX_COUNCILS])


def read_text(written: str) -> str:
    return without_nulls(written).strip()[: limits.SEARCH]


def read_choice(written: str, known: Collection[str]) -> str:
    return written if written in known else ""


def read_day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None

"""What the filters of expressions, bids and awards mean, for a page, its CSV and the
API.

In the address of a page, filters are text, and an invalid one is ignored. The API
refuses an invalid filter before it gets here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from bids.models import Round
from innovation.core import limits
from innovation.core.lines import single_line
from innovation.organisations.models import Council, Organisation

C = TypeVar("C", bound=Model)

_MAX_COUNCILS = 20


@dataclass(frozen=True, kw_only=True)
class CaseFilters(Generic[C]):
    """The filters that all cases share. A list can add others, and need not offer all.
    A filter that is not used is empty or `None`.
    """

    round: str = ""
    lead: str = ""
    council: str = ""
    """A DfE number, or the beginning of a name."""
    demonstration: bool | None = None

    def narrow(self, rows: QuerySet[C]) -> QuerySet[C]:
        """The cases that match all filters."""
        if self.round:
            rows = rows.filter(round__in=_ids(Round, self.round))
        if self.lead:
            rows = rows.filter(lead__in=_ids(Organisation, self.lead))
        if self.council:
            rows = _in_councils(rows, _council_numbers(self.council))
        if self.demonstration is not None:
            rows = rows.filter(demonstration=self.demonstration)
        return rows


def _in_councils(rows: QuerySet[C], numbers: list[str]) -> QuerySet[C]:
    """Uses a subquery, so that a case in two of these councils is listed once."""
    councils: Any = rows.model._meta.get_field("councils")
    within = councils.remote_field.through.objects.filter(council__in=numbers)
    return rows.filter(pk__in=within.values(councils.m2m_field_name()))


def _ids(model: type[Model], key: str) -> list[int]:
    """The id of the row with this key, if there is one. A query that has it uses the
    index for it, and knows from PostgreSQL’s statistics how many rows it will find.
    """
    rows = model._default_manager.filter(key=key)
    return list(rows.values_list("pk", flat=True))


def _council_numbers(text: str) -> list[str]:
    councils = Council.objects.filter(Q(dfe_number=text) | Q(name__istartswith=text))
    numbers = councils.order_by("name", "pk").values_list("dfe_number", flat=True)
    return list(numbers[:_MAX_COUNCILS])


def read_text(parameter: str) -> str:
    return single_line(parameter)[: limits.SEARCH]


def read_choice(parameter: str, choices: Collection[str]) -> str:
    return parameter if parameter in choices else ""


def read_day(parameter: str) -> date | None:
    try:
        return date.fromisoformat(parameter)
    except ValueError:
        return None

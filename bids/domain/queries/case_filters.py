"""What the filters of expressions, bids and awards mean, for a page, its CSV and the
API.

`core.parameters` reads them. What matches nothing known is refused with `Invalid`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from bids.domain.programmes import of_programme
from bids.models import Round
from innovation.core import keys
from innovation.core.errors import Invalid
from innovation.core.folding import Fold, fold
from innovation.organisations.domain.queries.councils import find_councils
from innovation.organisations.models import Organisation

C = TypeVar("C", bound=Model)


@dataclass(frozen=True, kw_only=True)
class CaseFilters(Generic[C]):
    """The filters that all cases share. A list can add others, and need not offer all.
    A filter that is not used is empty or `None`.
    """

    round: str = ""
    """The key or the name of a round."""
    programme: str = ""
    """The key of a programme, or `programmes.ALL`. If empty, it is the main one, or
    that of `round`.
    """
    lead: str = ""
    council: str = ""
    """A name, number or code of a council, or the beginning of a name."""
    demonstration: bool | None = None

    def narrow(self, rows: QuerySet[C]) -> QuerySet[C]:
        """The cases that match all filters. Raise `Invalid` for a filter by what there
        is not.
        """
        if self.round:
            rows = rows.filter(round__in=self.find_rounds())
        if self.programme or not self.round:
            rows = of_programme(rows, self.programme)
        if self.lead:
            rows = rows.filter(lead__in=ids_of(Organisation, self.lead))
        if self.council:
            rows = in_councils(rows, self.find_councils())
        if self.demonstration is not None:
            rows = rows.filter(demonstration=self.demonstration)
        return rows

    def find_rounds(self) -> list[int]:
        if not (ids := ids_of(Round, self.round) or _published_rounds(self.round)):
            raise Invalid.field("round", f"There is no round “{self.round}”")
        return ids

    def find_councils(self) -> list[str]:
        """Their DfE numbers."""
        return [council.pk for council in find_councils(self.council, "council")]


def in_councils(rows: QuerySet[C], numbers: Sequence[str]) -> QuerySet[C]:
    """The cases of councils with these DfE numbers. Uses a subquery, so that a case in
    two of them is listed once.
    """
    councils: Any = rows.model._meta.get_field("councils")
    links = councils.remote_field.through.objects.filter(council__in=numbers)
    return rows.filter(pk__in=links.values(councils.m2m_field_name()))


def _published_rounds(name: str) -> list[int]:
    rows = Round.objects.filter(published=True).alias(folded=Fold("name"))
    return list(rows.filter(folded=fold(name)).values_list("pk", flat=True))


def ids_of(model: type[Model], key: str) -> list[int]:
    """The id of the row with this key, if there is one. A query that has it uses the
    index for it, and knows from PostgreSQL’s statistics how many rows it will find.
    """
    rows = model._default_manager.filter(key__in={key, keys.normalise(key)})
    return list(rows.values_list("pk", flat=True))

"""What keeps programmes apart.

The service is for its main programme. A neighbour’s cases and money are in a list, a
figure or an answer of the API only if it is asked for by name.
"""

from typing import TypeVar

from django.db.models import Model, QuerySet, Subquery

from bids.models import Round
from innovation.audit.events import TallyChange
from innovation.core import keys
from innovation.core.errors import Invalid
from innovation.registers.models import Programme

ALL = "all"
"""Asks for every programme."""
M = TypeVar("M", bound=Model)


def of_main_programme(rows: QuerySet[M], round: str = "round") -> QuerySet[M]:
    """The rows without those of neighbours; `round` is the path to their round. The
    few rounds of neighbours are read once, so that the rows keep their index.
    """
    neighbours = Round.objects.filter(programme__main=False)
    return rows.exclude(**{f"{round}__in": neighbours.values("pk")})


def of_same_programme(rows: QuerySet[M], expression: int) -> QuerySet[M]:
    """The rows of the programme in which the case with this id is."""
    own = Round.objects.filter(expressions=expression).values("programme")
    others = Round.objects.exclude(programme=Subquery(own))
    return rows.exclude(round__in=others.values("pk"))


def of_programme(
    rows: QuerySet[M], programme: str, round: str = "round"
) -> QuerySet[M]:
    """The rows of the programme with this key, or of `ALL`; of the main one if it is
    empty. Raise `Invalid` for a programme that there is not.
    """
    if programme == ALL:
        return rows
    if not programme:
        return of_main_programme(rows, round)
    rounds = Round.objects.filter(programme__in=find(programme))
    return rows.filter(**{f"{round}__in": rounds.values("pk")})


def find(programme: str) -> tuple[int, ...]:
    """The ids that `programme` names. Raise `Invalid` if it names none."""
    known = Programme.objects.order_by("pk")
    if programme != ALL:
        known = known.filter(key__in={programme, keys.normalise(programme)})
    if not (ids := tuple(known.values_list("pk", flat=True))):
        raise Invalid.field("programme", f"There is no programme “{programme}”")
    return ids


def neighbours() -> QuerySet[Programme]:
    """The other programmes, by name."""
    return Programme.objects.filter(main=False).order_by("name", "pk")


def tally_of(round: Round, change: TallyChange) -> TallyChange:
    """What an event of this round adds to the figures. A neighbour’s figures have its
    reference before their name, as in “PRG-2F4H6-J8K0M/expressions”.
    """
    programme = round.programme
    if programme.main:
        return change
    return {f"{programme.key}/{figure}": added for figure, added in change.items()}

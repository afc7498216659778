"""The public list of projects: what its filters select, and how many are left with
each choice of a filter.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import Case, Count, F, Max, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, ExtractYear

from bids.domain import programmes
from bids.domain.programmes import of_main_programme
from bids.domain.queries import search_words
from bids.domain.queries.case_filters import in_councils
from bids.models import Round
from funding import policies
from funding.domain.queries.awards import (
    ORDER,
    AwardFilters,
    in_strand,
    public_words,
    with_practice_models,
    with_words,
)
from funding.models import Award
from innovation.core import statements
from innovation.core.errors import Invalid
from innovation.core.folding import Fold, fold
from innovation.core.keyset import window

T = TypeVar("T")
FACETS = ("programme", "round", "strand", "practice_model", "council")
"""The filters that have choices, by the names of their parameters."""
_TOTAL = "total"
_SHORT = 3
"""Words of so many letters are similar to too many to be offered for others."""
_LISTED = (
    *("key", "title", "state", "lead_as_published", "lead__name", "round__name"),
    *("amount", "amount_precision", "dated_on", "date_precision", "date_kind"),
    *("announced_on", "demonstration"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a filter can be set to, and how many projects are left with it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of projects, and the choices of each filter in order of their labels.
    A choice counts the projects that match it and all filters but its own.
    """

    total: int = 0
    choices: Mapping[str, list[Choice]] = field(default_factory=dict)

    def of(self, facet: str) -> list[Choice]:
        return self.choices.get(facet, [])

    def by_value(self, facet: str) -> dict[str, int]:
        return {choice.value: choice.count for choice in self.of(facet)}


@dataclass(frozen=True, slots=True)
class Selection:
    """What the filters of the list name; `None` where one is not used."""

    text: str = ""
    found: tuple[int, ...] | None = None
    """The projects that have the text."""
    programmes: tuple[int, ...] | None = None
    """Those that are asked for; `None` for the main programme."""
    rounds: tuple[int, ...] | None = None
    strand: str | None = None
    practice_models: tuple[int, ...] | None = None
    councils: tuple[str, ...] | None = None

    def narrow(self, rows: QuerySet[Award], *, but: str = "") -> QuerySet[Award]:
        """The rows that match all of it `but` one of the `FACETS`."""
        if self.found is not None:
            rows = rows.filter(pk__in=self.found)
        if but != "programme":
            rows = _of_programmes(rows, self.programmes)
        if self.rounds is not None and but != "round":
            rows = rows.filter(round__in=self.rounds)
        if self.strand is not None and but != "strand":
            rows = in_strand(rows, self.strand)
        if self.practice_models is not None and but != "practice_model":
            rows = with_practice_models(rows, self.practice_models)
        if self.councils is not None and but != "council":
            rows = in_councils(rows, self.councils)
        return rows

    @property
    def values(self) -> tuple[object, ...]:
        """For `statements`, which keep no search for words."""
        return (
            *(self.programmes, self.rounds, self.strand),
            *(self.practice_models, self.councils),
        )


EVERYTHING = Selection()
"""Of the main programme."""


def _of_programmes(
    rows: QuerySet[Award], ids: tuple[int, ...] | None
) -> QuerySet[Award]:
    if ids is None:
        return of_main_programme(rows)
    return rows.filter(round__programme__in=ids)


def select(filters: AwardFilters, today: date) -> Selection:
    """Takes a query for each filter. Raise `Invalid`, with what is wrong with any."""
    announced = policies.public_awards(today)
    problems: dict[str | None, Sequence[str]] = {}

    def read(value: str, find: Callable[[], T]) -> T | None:
        try:
            return find() if value else None
        except Invalid as error:
            problems.update(error.problems)
            return None

    text, found = _find_text(filters.q, announced)
    selection = Selection(
        text=text,
        found=found,
        programmes=read(
            filters.programme or filters.round, lambda: _find_programmes(filters)
        ),
        rounds=read(filters.round, lambda: tuple(filters.find_rounds())),
        strand=read(filters.strand, lambda: filters.find_strand(announced)),
        practice_models=read(
            filters.practice_model, lambda: tuple(filters.find_practice_models())
        ),
        councils=read(filters.council, lambda: statements.pad(filters.find_councils())),
    )
    if problems:
        raise Invalid(problems)
    return selection


def _find_programmes(filters: AwardFilters) -> tuple[int, ...]:
    """The programme that is asked for, or that of the round."""
    if filters.programme:
        return programmes.find(filters.programme)
    rounds = Round.objects.filter(pk__in=filters.find_rounds())
    return tuple(rounds.values_list("programme", flat=True))


def _find_text(
    text: str, announced: QuerySet[Award]
) -> tuple[str, tuple[int, ...] | None]:
    """The text, or the one that it is a misspelling of if no project has it; and the
    projects that have it.
    """
    if not text:
        return text, None
    if (found := _with_text(text, announced)) or not (
        correction := _correct(text, announced)
    ):
        return text, found
    return correction, _with_text(correction, announced)


def _with_text(text: str, announced: QuerySet[Award]) -> tuple[int, ...]:
    rows = with_words(announced, text).order_by()
    return tuple(rows.values_list("pk", flat=True))


def _correct(text: str, announced: QuerySet[Award]) -> str:
    """The text with words of announced projects only; empty if it has none."""
    texts = announced.order_by().values_list(public_words(), flat=True)
    words = set(" ".join(texts).split())
    offered = sorted(word for word in words if len(word) > _SHORT)

    def found(typed: Sequence[str]) -> list[str]:
        return [word for word in typed if any(fold(word) in known for known in words)]

    def similar_words(word: str) -> list[str]:
        return search_words.most_similar(word, offered)

    return search_words.correct(text, found, similar_words)


def counts(selection: Selection, today: date) -> Counts:
    """The counts of what is selected, in one query, or in two if that is not
    everything. Choices that are left with nothing are among them.
    """
    all_of_them = Selection(programmes=selection.programmes)
    everything = _counts(statements.values(_grouped, *all_of_them.values, today))
    if selection == all_of_them:
        return everything
    if selection.text:
        found = _counts(_numbers(selection, today))
    else:
        found = _counts(statements.values(_grouped, *selection.values, today))
    choices = {}
    for facet in FACETS:
        number = found.by_value(facet)
        choices[facet] = [
            replace(choice, count=number.get(choice.value, 0))
            for choice in everything.of(facet)
        ]
    return Counts(found.total, choices)


def newest_projects(
    ordering: tuple[str, ...],
    size: int,
    of_programmes: tuple[int, ...] | None,
    rounds: tuple[int, ...] | None,
    strand: str | None,
    practice_models: tuple[int, ...] | None,
    councils: tuple[str, ...] | None,
    today: date,
    mark: tuple[object, ...],
) -> QuerySet[Award]:
    """A page of the list, for `statements`."""
    selection = Selection(
        "", None, of_programmes, rounds, strand, practice_models, councils
    )
    rows = selection.narrow(policies.public_awards(today))
    return window(listed(rows), ordering, mark, size)


def listed(rows: QuerySet[Award]) -> QuerySet[Award]:
    """With the columns that a list of projects shows."""
    return rows.select_related("lead", "round").only(*_LISTED)


def other_projects(award: Award, today: date, *, most: int) -> list[Award]:
    """Announced projects of the same lead or in the same councils, newest first."""
    same = policies.public_awards(today).filter(
        round__programme=award.round.programme_id
    )
    announced = same.exclude(pk=award.pk)
    links = Award.councils.through.objects
    own_councils = links.filter(award=award).values("council")
    near = announced.filter(
        pk__in=links.filter(council__in=own_councils).values("award")
    )
    if award.lead_id:
        near |= announced.filter(lead=award.lead_id)
    return list(near.select_related("lead").order_by(*ORDER)[:most])


def _counts(rows: Iterable[tuple[Any, ...]]) -> Counts:
    choices: dict[str, list[Choice]] = defaultdict(list)
    total = 0
    for facet, value, label, number in rows:
        if facet == _TOTAL:
            total = int(number)
        else:
            choices[facet].append(Choice(str(value), str(label), int(number)))
    for found in choices.values():
        found.sort(key=lambda choice: (choice.label.casefold(), choice.value))
    return Counts(total, choices)


def _grouped(
    of_programmes: tuple[int, ...] | None,
    rounds: tuple[int, ...] | None,
    strand: str | None,
    practice_models: tuple[int, ...] | None,
    councils: tuple[str, ...] | None,
    today: date,
) -> "QuerySet[Award, Any]":
    return _numbers(
        Selection("", None, of_programmes, rounds, strand, practice_models, councils),
        today,
    )


def _numbers(selection: Selection, today: date) -> "QuerySet[Award, Any]":
    announced = policies.public_awards(today)
    parts = [
        _BY_FACET[facet](selection.narrow(announced, but=facet), today)
        for facet in FACETS
    ]
    return _total(selection.narrow(announced)).union(*parts, all=True)


def _row(
    rows: "QuerySet[Any, Any]", facet: str, value: Combinable, label: Combinable
) -> "QuerySet[Any, Any]":
    """Rows of facet, value, label and number, grouped by the value."""
    grouped: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(facet=_text(facet), facet_value=Cast(value, TextField()))
        .values("facet", "facet_value")
        .annotate(label=Cast(label, TextField()), number=Count("pk"))
        .values_list("facet", "facet_value", "label", "number")
    )
    return grouped


def _text(words: str) -> Value:
    return Value(words, TextField())


def _total(rows: QuerySet[Award]) -> "QuerySet[Award, Any]":
    return _row(rows, _TOTAL, _text(""), _text(""))


def _by_programme(rows: QuerySet[Award], today: date) -> "QuerySet[Award, Any]":
    """Neighbours only: the main programme is what nobody has to ask for."""
    neighbours = rows.filter(round__programme__main=False)
    key, name = "round__programme__key", "round__programme__name"
    return _row(neighbours, "programme", F(key), Max(name))


def _by_round(rows: QuerySet[Award], today: date) -> "QuerySet[Award, Any]":
    return _row(rows, "round", F("round__key"), Max("round__name"))


def _by_strand(rows: QuerySet[Award], today: date) -> "QuerySet[Award, Any]":
    """Names that differ in their apostrophe only are one strand."""
    named = rows.exclude(focus_area="")
    return _row(named, "strand", Fold("focus_area"), Max("focus_area"))


def _by_practice_model(rows: QuerySet[Award], today: date) -> "QuerySet[Any, Any]":
    links = Award.practice_models.through.objects.filter(award__in=rows.values("pk"))
    name = "practicemodel__name"
    return _row(links, "practice_model", F(name), Max(name))


def _by_council(rows: QuerySet[Award], today: date) -> "QuerySet[Any, Any]":
    """A council that has closed is told from one that has its name now."""
    links = Award.councils.through.objects.filter(award__in=rows.values("pk"))
    name, closed_on = Cast("council__name", TextField()), "council__closed_on"
    year = Cast(ExtractYear(closed_on), TextField())
    label = Case(
        When(
            council__closed_on__lt=today,
            then=Concat(name, _text(" (closed "), year, _text(")")),
        ),
        default=name,
        output_field=TextField(),
    )
    return _row(links, "council", F("council_id"), Max(label))


_BY_FACET = {
    "programme": _by_programme,
    "round": _by_round,
    "strand": _by_strand,
    "practice_model": _by_practice_model,
    "council": _by_council,
}

"""Names to suggest to somebody who types one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from django.db.models import Q, QuerySet

from innovation.core import limits
from innovation.core.folding import Fold, fold
from innovation.organisations.domain.queries import councils
from innovation.organisations.domain.queries.choices import (
    council_names,
    council_or_successors,
)
from innovation.organisations.models import Council, CouncilGroup, Organisation

_CODE = re.compile(r"\d{3}|[Ee]\d{8}")
_SIMILARITY = 0.75
"""From which ratio on two names are similar, as `difflib` measures it."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    name: str
    """What to write."""
    label: str
    """What is shown; it says which council has another council's former name."""


@dataclass(frozen=True)
class Names:
    """The names that may be suggested: of the councils open on the day, and of
    `organisations`, which must be a scope of what its reader may know.
    """

    on: date
    organisations: QuerySet[Organisation]
    with_groups: bool = False
    """Whether the name of a group may be written for its councils."""

    def starting(self, text: str) -> list[Suggestion]:
        """The names in which each word begins with a word of the text. A council is
        also found by its numbers and codes, and suggested once.
        """
        words = fold(text).split()
        if not words:
            return []
        if _CODE.fullmatch(text.strip()):
            suggestions = self._with_code(text.strip().upper())
        else:
            plain_words = councils.plain_name(text).split() or words
            suggestions = [
                suggestion
                for folded, suggestion in self._suggestions
                if _has_words(folded, words) or _has_words(folded, plain_words)
            ] + self._organisations_with(words)
        return _best(suggestions, " ".join(words))

    def similar(self, text: str) -> str:
        """The name that the text is most like; empty if it is like none."""
        names = dict(reversed(self._suggestions)) | {
            fold(name): Suggestion(name, name)
            for name in self.organisations.order_by("pk").values_list("name", flat=True)
        }
        matches = get_close_matches(fold(text), names, n=1, cutoff=_SIMILARITY)
        return names[matches[0]].name if matches else ""

    @cached_property
    def _suggestions(self) -> list[tuple[str, Suggestion]]:
        """Each council under all its names, and the groups, with the folded name."""
        suggestions = [
            Suggestion(council.name, name)
            for council, name in council_names(on=self.on)
        ]
        if self.with_groups:
            suggestions += [
                Suggestion(group.name, f"{group.name} (a group of councils)")
                for group in CouncilGroup.objects.order_by("name")
            ]
        return [
            (fold(suggestion.label.partition(" (")[0]), suggestion)
            for suggestion in suggestions
        ]

    def _with_code(self, code: str) -> list[Suggestion]:
        rows = Council.objects.filter(
            Q(dfe_number=code) | Q(codes__gss_code=code), organisation__isnull=False
        ).prefetch_related("successors")
        return [
            Suggestion(current.name, f"{current.name} ({code})")
            for council in rows.distinct()
            for current in council_or_successors(council, self.on)
        ]

    def _organisations_with(self, words: Sequence[str]) -> list[Suggestion]:
        rows = self.organisations.alias(folded=Fold("name"))
        for word in words:
            rows = rows.filter(
                Q(folded__startswith=word) | Q(folded__contains=f" {word}")
            )
        names = rows.order_by("name", "pk").values_list("name", flat=True)
        return [Suggestion(name, name) for name in names[: limits.SUGGESTIONS]]


def _has_words(folded: str, words: Iterable[str]) -> bool:
    return all(f" {word}" in f" {folded}" for word in words)


def _best(suggestions: Iterable[Suggestion], text: str) -> list[Suggestion]:
    """Each name once, under its own name where that matches; first those that begin
    with the text.
    """
    ranked = sorted(
        suggestions,
        key=lambda row: (
            not fold(row.label).startswith(text),
            row.label != row.name,
            row.label.casefold(),
        ),
    )
    best: dict[str, Suggestion] = {}
    for suggestion in ranked:
        best.setdefault(suggestion.name, suggestion)
    return list(best.values())[: limits.SUGGESTIONS]

"""Searches the words of cases."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from bids.models import Expression, SearchText
from innovation.core import keys
from innovation.core.folding import fold
from innovation.organisations.domain.queries.organisations import organisations_called

COUNT_LIMIT = 500
"""Counting stops here: the page then says “more than 500”."""
_KEY = re.compile(r"(EOI|BID)-[0-9A-Z]{5}-[0-9A-Z]{5}")
_EXCLUDED = re.compile(r"(?<!\S)-(\"[^\"]*\"|[^\s\"]+)")
_QUERY_TOKEN = re.compile(r"\"|(?<!\S)-(?=\S)|[^\s\"]+|\s+")


class TextSearch:
    """A reference finds one case. Other words are searched in the title and summary, in
    the answers, or in the lead's name; leads are found first, so that each search can
    use its index.

    `number` is the number of rows, up to `COUNT_LIMIT` + 1, if it is known already.
    """

    def __init__(self, text: str, rows: QuerySet[Expression]) -> None:
        self.text = text
        self.condition = Q()
        self.number: int | None = None
        key = keys.normalise(text)
        if _KEY.fullmatch(key):
            self.condition = Q(key=key) if key.startswith("EOI") else Q(bid__key=key)
        elif text:
            self._search(text, rows)

    def _search(self, text: str, rows: QuerySet[Expression]) -> None:
        """Find matches by their own index first, if there are few: otherwise the
        planner assumes that a word is common, and reads the whole table for a rare one.
        """
        folded = folded_query(text)
        query = _search_query(folded)
        not_excluded = Q()
        if excluded := " or ".join(_EXCLUDED.findall(folded)):
            # The title does not say it, but an answer may.
            not_excluded = ~Q(_says(_search_query(excluded)))
            rows = rows.filter(not_excluded)
        # To find few cases, and to test whether each of many matches.
        conditions = [
            (Q(search=query), Q(search=query)),
            (Q(search_text__words=query), Q(_says(query))),
        ]
        if leads := _lead_ids(text):
            conditions.append((Q(lead__in=leads), Q(lead__in=leads)))
        matches = _first_ids(rows, [condition for condition, _ in conditions])
        for (_, test), ids in zip(conditions, matches, strict=True):
            self.condition |= test if len(ids) > COUNT_LIMIT else Q(pk__in=ids)
        self.condition &= not_excluded
        self.number = min(len(set().union(*matches)), COUNT_LIMIT + 1)


def words_found(words: Sequence[str], rows: QuerySet[Expression]) -> set[str]:
    """Those of the words that a search in `rows` would find, in one query."""
    parts = []
    for number, word in enumerate(words):
        query = _search_query(folded_query(word))
        leads = organisations_called(word).values("pk")
        parts += [
            _part(rows.filter(condition), number)[:1]
            for condition in (
                Q(search=query),
                Q(search_text__words=query),
                Q(lead__in=leads),
            )
        ]
    return {words[number] for number, _ in _union(parts)}


def _first_ids(rows: QuerySet[Expression], conditions: Sequence[Q]) -> list[set[int]]:
    """The ids of the rows that meet each condition, up to `COUNT_LIMIT` + 1."""
    parts = [
        _part(rows.filter(condition), number)[: COUNT_LIMIT + 1]
        for number, condition in enumerate(conditions)
    ]
    ids: list[set[int]] = [set() for _ in conditions]
    for number, pk in _union(parts):
        ids[number].add(pk)
    return ids


def _part(rows: QuerySet[Expression], number: int) -> QuerySet[Expression, Any]:
    numbered = rows.order_by().annotate(part=Value(number))
    return numbered.values_list("part", "pk")


def _union(parts: Sequence[QuerySet[Expression, Any]]) -> list[tuple[int, int]]:
    first, *others = parts
    return list(first.union(*others, all=True) if others else first)


def _search_query(folded: str) -> SearchQuery:
    return SearchQuery(folded, config="english", search_type="websearch")


def _says(query: SearchQuery) -> Exists:
    """A condition on cases: their answers match the query."""
    texts = SearchText.objects.filter(expression=OuterRef("pk"), words=query)
    return Exists(texts)


def folded_query(text: str) -> str:
    """The words folded as they are in the column. Quotation marks, and dashes before a
    word that must not be found, keep their meaning.
    """
    parts, in_quotes = [], False
    for token in _QUERY_TOKEN.findall(text):
        if token == '"':
            in_quotes = not in_quotes
        is_operator = token in {'"', "-"}
        folded = token if is_operator else fold(token)
        if " " in folded and not in_quotes:
            folded = f'"{folded}"'
        parts.append(folded if folded or is_operator else " ")
    return "".join(parts)


def _lead_ids(text: str) -> list[int]:
    """All of them: if some were left out, the list would miss their cases."""
    return list(organisations_called(text).values_list("pk", flat=True))

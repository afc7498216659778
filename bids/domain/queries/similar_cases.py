"""The cases that say the same as another in similar words.

PostgreSQL finds those that share two keywords, or whose titles have nearly the same
letters. Which of them are similar is decided here, by how particular the words are that
both say. How rare a word is, is counted in the reader’s own cases alone.
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, TrigramSimilarity
from django.db import connection
from django.db.models import F, Func, Q, QuerySet, TextField, Value

from bids import policies
from bids.domain.programmes import of_same_programme
from bids.domain.queries.case_search_filters import ORDER
from bids.models import Expression
from bids.states import ExpressionState
from innovation.accounts.models import User
from innovation.core.folding import Fold, fold

MAX_SIMILAR = 10
MAX_COMPARED = 300
"""The newest cases that share two of the words that matter most, which are compared."""
KEYWORDS = 8
"""The words of which two must be shared, so that a common one does not find all."""
LIKENESS = 0.2
"""The share of what is particular about the case that another must say too."""
TITLE_WEIGHT = 3
"""How much more a word of the title says about a case than one of its summary."""
SAME_TITLE = 0.6
"""The similarity of trigrams from which two titles count as alike."""
MAX_MARKED = 30
_OWN_WORDS = """
    SELECT lexeme, cardinality(positions), lexeme = ANY(tsvector_to_array(
        to_tsvector('english', fold_text(title))))
    FROM bids_expression, unnest(search)
    WHERE bids_expression.id = %s
"""


@dataclass(frozen=True, slots=True)
class _OwnWords:
    """The stems of what the case says: all of them, those of its title, and those that
    matter most.
    """

    all: Sequence[str]
    of_title: Collection[str]
    keywords: Sequence[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Both from 0 to 1: how much of what is particular about the case the other says
    too, and how many trigrams their titles share.
    """

    words: float
    title: float

    @property
    def best(self) -> float:
        return max(self.words, self.title)

    @property
    def is_close(self) -> bool:
        return self.words >= LIKENESS or self.title >= SAME_TITLE


@dataclass(frozen=True, slots=True)
class Similar:
    """The most similar cases by id, the best first, and the words to mark in them."""

    likenesses: Mapping[int, Likeness]
    words: Sequence[str]


def _own_words(case: Expression) -> _OwnWords:
    """Those of the title matter most, then those that are repeated."""
    with connection.cursor() as cursor:
        cursor.execute(_OWN_WORDS, [case.pk])
        rows = cursor.fetchall()
    rows.sort(key=lambda row: (not row[2], -row[1], row[0]))
    rows = [row for row in rows if len(row[0]) > 1]
    words = [word for word, _, _ in rows]
    of_title = {word for word, _, is_of_title in rows if is_of_title}
    return _OwnWords(words, of_title, words[:KEYWORDS])


def similar_cases(user: User, case: Expression) -> Similar:
    """The most similar of the newest cases that share two keywords or have a title of
    nearly the same letters. Two queries.
    """
    own, title = _own_words(case), fold(case.title)
    rows = others_of(user, case.pk).alias(folded=Fold("title"))
    is_near = Q(folded__trigram_similar=title)
    if len(own.keywords) > 1:
        pairs = combinations(map(quoted, own.keywords), 2)
        is_near |= Q(search=raw_query(" | ".join(map(" & ".join, pairs))))
    compared = list(
        rows.filter(is_near)
        .order_by(*ORDER)
        .values_list("pk", _shared(own.all), TrigramSimilarity(Fold("title"), title))[
            :MAX_COMPARED
        ]
    )
    weights = _weights([words for _, words, _ in compared], own)
    total = sum(weights.values()) or 1
    likenesses = {
        pk: Likeness(sum(weights[word] for word in words) / total, alike)
        for pk, words, alike in compared
    }
    alike = [pk for pk, likeness in likenesses.items() if likeness.is_close]
    best = sorted(alike, key=lambda pk: likenesses[pk].best, reverse=True)[:MAX_SIMILAR]
    shared = {word for pk, words, _ in compared if pk in best for word in words}
    return Similar(
        {pk: likenesses[pk] for pk in best},
        sorted(shared, key=lambda word: (-weights[word], word))[:MAX_MARKED],
    )


def _weights(shared_words: Sequence[Sequence[str]], own: _OwnWords) -> dict[str, float]:
    """How particular each word is: what many of the others say too weighs little."""
    number = len(shared_words) + 1
    said = Counter(word for words in shared_words for word in words)
    return {
        word: math.log(1 + number / (said[word] + 1))
        * (TITLE_WEIGHT if word in own.of_title else 1)
        for word in own.all
    }


def others_of(reader: User, pk: int) -> QuerySet[Expression]:
    """The reader’s other cases of the same programme."""
    others = of_same_programme(policies.cases_for(reader).exclude(pk=pk), pk)
    return others.exclude(state=ExpressionState.RETRACTED)


def _shared(words: Collection[str]) -> Func:
    """Those of the words that the row says too."""
    return Func(
        F("search"),
        Value(list(words), output_field=ArrayField(TextField())),
        template="ARRAY(SELECT unnest(tsvector_to_array(%(expressions)s))",
        arg_joiner=")) INTERSECT SELECT unnest(",
        output_field=ArrayField(TextField()),
    )


def raw_query(text: str) -> SearchQuery:
    """A query of stems, which the configuration “simple” leaves as they are."""
    return SearchQuery(text, config="simple", search_type="raw")


def quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"

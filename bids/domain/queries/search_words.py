"""Corrects typing errors in a search.

Whether a word is known, and what it may become, is decided by what the reader can find:
so nobody learns a word from a case that they may not see.
"""

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Sequence

from django.db import connection, transaction

from bids.models import SearchWord
from innovation.core.folding import fold

SIMILARITY = 0.2
"""Of the trigrams, to be a candidate. PostgreSQL’s own limit of 0.3 misses short words
with two letters in the wrong order.
"""
RATIO = 0.75
"""Of the letters, to be offered: about one error in four letters."""
MAX_CANDIDATES = 20
MAX_WORDS = 10
_TOKEN = re.compile(r'(?<!\S)-(?:"[^"]*"|\S+)|[^\W\d_]{4,}')
"""What must not be found, or a word. Shorter words are similar to too many."""
_SEARCHED_WORDS = """
    SELECT word FROM unnest(%s) AS word
    WHERE numnode(plainto_tsquery('english', word)) > 0
"""


def correct(
    text: str,
    found: Callable[[Sequence[str]], Collection[str]],
    similar_words: Callable[[str], Iterable[str]] | None = None,
) -> str:
    """`text` with another word for each that is not found; empty if there is nothing to
    correct, or no similar word is found. `similar_words` are those of all cases if the
    caller has no others; `found` says which of some words a search finds.
    """
    find_similar = similar_words or _similar_words
    words = list(dict.fromkeys(_words_of(text)))
    if not words or len(words) > MAX_WORDS:
        return ""
    corrections: dict[str, str] = {}
    known = found(words)
    for word in _searched([word for word in words if word not in known]):
        candidates = list(find_similar(word))
        usable = found(candidates) if candidates else ()
        similar = next((other for other in candidates if other in usable), None)
        if similar is None:
            return ""
        corrections[word] = similar
    if not corrections:
        return ""
    return _TOKEN.sub(lambda token: corrections.get(token[0], token[0]), text)


def _words_of(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if not token.startswith("-")]


def _searched(words: list[str]) -> list[str]:
    """Without the words that every search ignores, such as “about”."""
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SEARCHED_WORDS, [words])
        searched = {word for (word,) in cursor.fetchall()}
    return [word for word in words if word in searched]


def _similar_words(word: str) -> list[str]:
    """The words of all cases that are like this one, the most similar first."""
    word = fold(word)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)",
            [str(SIMILARITY)],
        )
        rows = SearchWord.objects.filter(word__trigram_similar=word).order_by("word")
        listed = list(rows.values_list("word", flat=True))
    return most_similar(word, listed)


def most_similar(word: str, words: Sequence[str]) -> list[str]:
    """Those of the words that differ from this one by a typing error or two."""
    return difflib.get_close_matches(fold(word), words, MAX_CANDIDATES, RATIO)

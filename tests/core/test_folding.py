"""Texts that a person would call the same are folded to one form."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innovation.core.folding import fold

STORABLE = st.text(st.characters(exclude_categories=["Cs", "Cn"], min_codepoint=1))
"""Characters that this version of Python knows: their parts never change."""


def fold_in_database(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold_text(%s)", [text])
        [folded] = cursor.fetchone()
    return str(folded)


WAYS = [
    ("barnardos", ["Barnardo’s", "Barnardo's", "BARNARDOS", "Bar\u00adnardo´s"]),
    ("here and there", ["Here & There", " HERE  and\u00a0there\u200b"]),
    ("tri borough", ["Tri-borough", "Tri–Borough", "tri\u2011borough"]),
    ("zoe strasse lodz", ["Zoë Straße Łódź", "Zoe\u0308 STRASSE LODZ"]),
    ("find ltd", ["ﬁnd, Ltd.", "(Find) Ltd", "find\tltd\n"]),
    ("", ["", " ", "\u200b", "’", "-.!?"]),
]


@pytest.mark.parametrize(("folded", "ways"), WAYS)
@pytest.mark.django_db
def test_ways_to_write_the_same_have_one_form(folded: str, ways: list[str]) -> None:
    assert {fold(text) for text in ways} == {folded}
    assert {fold_in_database(text) for text in ways} == {folded}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Dorset", "Somerset"), ("বাংলা", "বাংল"), ("Round 1", "Round 11"), ("北京", "東京")],
)
def test_different_texts_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(STORABLE)
def test_a_folded_text_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(STORABLE)
def test_the_database_folds_alike(text: str) -> None:
    assert fold_in_database(text) == fold(text)


@pytest.mark.django_db
def test_the_database_folds_every_character_alike() -> None:
    characters = map(chr, range(1, 0x30000))
    known = [c for c in characters if unicodedata.category(c) not in {"Cs", "Cn"}]
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold_text(c) FROM unnest(%s) AS c", [known])
        folded = [row[0] for row in cursor.fetchall()]
    different = [
        (character, result, expected)
        for character, expected in zip(known, folded, strict=True)
        if (result := fold(character)) != expected
    ]
    assert different == []

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation.core.keys import ALPHABET, NewKey, normalise


def test_a_key_is_its_prefix_and_ten_letters_nobody_mixes_up() -> None:
    keys = {NewKey("EOI")() for _ in range(1000)}
    assert len(keys) == 1000
    assert all(
        re.fullmatch(rf"EOI-[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}", k) for k in keys
    )
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize(
    "text",
    [
        " eoi-oi3l2-9qxtr ",
        "eoi 01312 9qxtr",
        "EOI013129QXTR",
        "EOI–01312–9QXTR.",
        "EOI-01312-\u200b9QXTR\u00a0",
    ],
)
def test_a_key_is_understood_however_it_is_typed(text: str) -> None:
    assert normalise(text) == "EOI-01312-9QXTR"


@pytest.mark.parametrize("word", ["bidirectional", "International"])
def test_a_long_word_is_not_taken_for_a_key(word: str) -> None:
    assert normalise(word) == word.upper()


@given(st.text())
def test_anything_typed_is_heard_without_failing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)

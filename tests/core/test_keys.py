import re

from hypothesis import given
from hypothesis import strategies as st

from innovation.core.keys import ALPHABET, NewKey, normalise


def test_a_key_is_its_prefix_and_ten_letters_nobody_mixes_up() -> None:
    drawn = {NewKey("EOI")() for _ in range(1000)}
    assert len(drawn) == 1000
    assert all(
        re.fullmatch(rf"EOI-[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}", k) for k in drawn
    )
    assert not set("ILOU") & set(ALPHABET)


def test_a_key_heard_over_the_telephone_is_understood() -> None:
    assert normalise(" eoi-oi3l2-9qxtr ") == "EOI-01312-9QXTR"


@given(st.text())
def test_anything_typed_is_heard_without_failing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)

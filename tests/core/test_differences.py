"""Which words of two texts differ."""

from hypothesis import given
from hypothesis import strategies as st

from innovation.core import limits
from innovation.core.differences import compare


def marked(before: str, after: str) -> str:
    """The words removed in square brackets, those added in braces."""
    texts = [
        part.after if part.is_equal else f"[{part.before}]{{{part.after}}}"
        for part in compare(before, after)
    ]
    return "".join(texts)


def test_the_words_that_differ_are_told_with_those_around_them_left_alone() -> None:
    assert marked(
        "Each family keeps one social worker, whoever helps it.",
        "Each family keeps one trusted social worker, whoever it meets.",
    ) == (
        "Each family keeps one []{trusted }social worker, whoever "
        "[helps it.]{it meets.}"
    )


def test_one_word_in_the_middle_of_a_long_text() -> None:
    words = [f"word{number}" for number in range(2_000)]
    before = " ".join(words)
    words[1_000] = "other"
    parts = compare(before, " ".join(words))
    assert [part.is_equal for part in parts] == [True, False, True]
    assert (parts[1].before, parts[1].after) == ("word1000 ", "other ")


def test_a_few_equal_words_between_changes_are_no_match() -> None:
    assert marked("one of the two", "three of the four") == (
        "[one of the two]{three of the four}"
    )


def test_spaces_alone_make_no_difference() -> None:
    [part] = compare("Two  lines\nhere", "Two lines here")
    assert part.is_equal


def test_a_longer_text_is_compared_by_its_lines() -> None:
    lines = ["A line of words."] * (limits.TEXT // 15)
    before, after = "\n".join([*lines, "end"]), "\n".join([*lines, "the end"])
    parts = compare(before, after)
    assert (parts[-1].before, parts[-1].after) == ("end", "the end")
    assert parts[0].is_equal
    [part] = compare("\n" * limits.TEXT_CEILING, "x\n" * limits.TEXT)
    assert not part.is_equal


texts = st.text(alphabet="ab \n", max_size=60)


@given(texts, texts)
def test_the_parts_are_both_texts_and_equal_ones_have_the_same_words(
    before: str, after: str
) -> None:
    parts = compare(before, after)
    assert "".join(part.before for part in parts) == before
    assert "".join(part.after for part in parts) == after
    assert all(
        part.before.split() == part.after.split() for part in parts if part.is_equal
    )

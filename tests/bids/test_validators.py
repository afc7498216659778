from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bids import validators
from bids.models import Question
from innovation.core import limits
from innovation.core.money import Money


def question(kind: str, **more: Any) -> Question:
    return Question(code="q", wording="Why?", kind=kind, **more)


CHOICES = {"choices": ["Yes", "No"]}


@pytest.mark.parametrize(
    ("kind", "more", "raw", "saved"),
    [
        ("short_text", {}, "  a  ", "a"),
        ("long_text", {}, " ", None),
        ("number", {}, "1,234.50", "1234.50"),
        ("money", {}, "£1.50", 150),
        ("money", {}, Money(7), 7),
        ("date", {}, date(2015, 2, 28), "2015-02-28"),
        ("date", {}, "2015-02-28", "2015-02-28"),
        ("one_choice", CHOICES, "No", "No"),
        ("many_choices", CHOICES, ["No", "Yes"], ["Yes", "No"]),
        ("many_choices", CHOICES, [], None),
        ("number", {}, None, None),
        ("money_by_year", {}, {"2015": Money(5), 2016: "£1"}, {"2015": 5, "2016": 100}),
        ("money_by_year", {}, {}, None),
        ("declaration", {}, True, True),
        ("declaration", {}, False, None),
        ("councils", {}, [{"key": "301", "name": "A"}], [{"key": "301", "name": "A"}]),
    ],
)
def test_an_answer_is_kept_as_json_of_its_kind(
    kind: str, more: dict[str, Any], raw: Any, saved: Any
) -> None:
    assert validators.clean_answer(question(kind, **more), raw) == saved


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("number", "many"),
        ("number", "NaN"),
        ("money", "lots"),
        ("date", "31 February"),
        ("date", 5),
        ("one_choice", "Perhaps"),
        ("many_choices", ["Perhaps"]),
        ("many_choices", "Yes"),
        ("short_text", "a\ue000b"),
        ("long_text", "a\ue000b"),
        ("long_text", "a" * (limits.TEXT_CEILING + 1)),
        ("money_by_year", {"15": "1"}),
        ("money_by_year", {"x": "1"}),
        ("money_by_year", [1]),
        ("organisations", ["ORG-1"]),
        ("title", "A fact is not an answer"),
    ],
)
def test_what_cannot_be_read_says_what_to_enter(kind: str, raw: Any) -> None:
    with pytest.raises(validators.InvalidValue, match=r"Enter|Choose|Remove|fact"):
        validators.clean_answer(question(kind, choices=["Yes"]), raw)


@given(st.text(), st.sampled_from(["short_text", "number", "money", "date"]))
def test_anything_typed_is_read_or_refused_and_nothing_else(
    raw: str, kind: str
) -> None:
    try:
        validators.clean_answer(question(kind), raw)
    except validators.InvalidValue:
        return


def test_a_limit_is_looked_at_when_sending_and_not_when_saving() -> None:
    long = question("long_text", word_limit=2)
    assert validators.clean_answer(long, "one two three") == "one two three"
    assert validators.length_problem(long, "one two three") == (
        "Your answer to “Why?” has 3 words: shorten it to 2"
    )
    assert validators.length_problem(long, "one two") is None
    assert validators.length_problem(question("long_text"), "one two") is None


def test_a_question_is_shown_only_where_an_earlier_answer_calls_for_it() -> None:
    rule = {"code": "partnered", "answer": "Yes"}
    follow_up = question("short_text", shown_only_if=rule)
    assert validators.is_applicable(follow_up, {"partnered": "Yes"})
    assert validators.is_applicable(follow_up, {"partnered": ["No", "Yes"]})
    assert not validators.is_applicable(follow_up, {"partnered": "No"})
    assert not validators.is_applicable(follow_up, {})

"""A search finds what the answers of a case say, once it was sent."""

import pytest

from bids import tasks
from bids.domain import bids, expressions, search_texts, search_words
from bids.domain.queries import cases as queries
from bids.domain.queries import search_texts as text_search
from bids.models import Bid, Expression, SearchText, SearchWord
from innovation.accounts.models import User
from innovation.core import limits
from tests.database_guards import force_update
from tests.dates import MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def expression_saying(text: str, title: str = "A better front door") -> Expression:
    round = cases.round_()
    cases.question_set(round)
    draft = cases.draft(round=round, title=title)
    expressions.save(
        draft, answers={"why": text}, by=cases.editor_of(draft.lead), at=MOMENT
    )
    return draft


def send(draft: Expression) -> Expression:
    return expressions.submit(draft, by=cases.editor_of(draft.lead), at=MOMENT)


def titles_found(user: User, q: str) -> list[str]:
    result = queries.search_cases(user, {"q": q})
    found = [expression.title for expression in result.rows]
    assert result.number == len(found)
    return [result.correction, *found] if result.correction else found


def test_an_answer_is_found_once_it_was_sent() -> None:
    official = users.official()
    draft = expression_saying("Grandparents bring up\ntwelve thousand children.")
    search_texts.collect()
    assert titles_found(official, "grandparents") == []
    send(draft)
    search_texts.collect()
    for q in (
        "grandparents",
        "GRANDPARENT",
        '"up twelve"',
        "front grandparents -adoption",
    ):
        assert titles_found(official, q) == [draft.title], q
    for q in ('"thousand twelve"', "front -grandparents"):
        assert titles_found(official, q) == [], q


@pytest.mark.parametrize(
    "q", ["placements", "sharing", "act", "health partner", "moves"]
)
def test_the_rows_of_an_expression_are_found(q: str) -> None:
    case = cases.detailed_expression()
    cases.submitted_expression()
    search_texts.collect()
    assert titles_found(users.official(), q) == [case.title]


def test_a_bid_is_found_by_what_was_sent_last() -> None:
    official = users.official()
    bid = cases.returned_bid()
    search_texts.collect()
    editor = cases.editor_of(bid.lead)
    bids.save(bid, facts={"theory_of_change": "Kestrels"}, by=editor, at=MOMENT)
    search_texts.collect()
    assert titles_found(official, "kestrels") == []
    bids.submit(cases.reload_bid(bid), by=editor, at=moment_after(days=1))
    search_texts.collect()
    assert titles_found(official, "kestrels") == [bid.expression.title]


def test_a_typing_error_in_a_word_of_an_answer_is_corrected_for_its_readers() -> None:
    case = send(expression_saying("Grandparents"))
    search_texts.collect()
    search_words.collect()
    assert titles_found(users.official(), "grandparetns") == [
        "grandparents",
        case.title,
    ]
    other = cases.submitted_expression(title="Another")
    coach = users.assign(users.coach(), other)
    assert titles_found(coach, "grandparetns") == []
    assert titles_found(coach, "grandparents") == []
    assert SearchWord.objects.get(word="grandparents").in_answers


def test_many_matches_are_found_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_search, "COUNT_LIMIT", 1)
    for title in "abc":
        send(expression_saying("Grandparents", title=title))
    cases.submitted_expression(title="Another")
    search_texts.collect()
    result = queries.search_cases(users.official(), {"q": "grandparents"})
    assert sorted(case.title for case in result.rows) == ["a", "b", "c"]
    assert result.number == 2


def test_a_job_collects_all_that_was_sent_and_writes_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search_texts, "BATCH", 2)
    for _ in range(5):
        cases.submitted_expression()
    tasks.collect_search_texts()
    assert SearchText.objects.count() == 5
    SearchText.objects.update(words="untouched")
    search_texts.collect()
    assert set(SearchText.objects.values_list("words", flat=True)) == {"'untouched'"}


@pytest.mark.parametrize(
    "words",
    [
        [chr(0x20000 + number) for number in range(42_000)] * 2,
        [f"{chr(0x20000 + number)}{number}" for number in range(42_000)],
        [f"{number:x}" for number in range(100_000)],
        ["\ufdfa" * 10, *(f"\ufdfa{number}" for number in range(50_000))],
        ["a"] * 80_000,
    ],
    ids=["letters", "letters and digits", "numbers", "ligatures", "one letter"],
)
def test_the_longest_text_fits_into_the_column(words: list[str]) -> None:
    """What comes after the limit is not searched."""
    bid = cases.submitted_bid()
    text = " ".join(words)
    assert len(text) >= limits.SEARCHED_CHARACTERS
    half = limits.TEXT_CEILING
    force_update(
        Bid.objects.filter(pk=bid.pk),
        theory_of_change=text[:half],
        evaluation_plan=text[half : 2 * half],
    )
    search_texts.collect()
    assert SearchText.objects.exclude(words="").count() == 1

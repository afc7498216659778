"""A search with a typing error finds what was meant, among the reader's own cases."""

import pytest
from django.test import Client

from bids import tasks
from bids.domain import search_words
from bids.domain.queries import cases as queries
from bids.domain.queries import search_words as corrections
from bids.models import Expression, SearchWord
from innovation.accounts.models import User
from innovation.reporting import disclosure
from tests.database_guards import force_update
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
SUMMARY = {"support", "families", "made"}
"""The words of four letters and more that every case of the factories has."""


def submit(title: str, lead: str = "Charity") -> Expression:
    expression = cases.submitted_expression(title=title, lead=users.organisation(lead))
    search_words.collect()
    return expression


def titles_found(user: User, q: str, **filters: str) -> list[str]:
    """The titles found, after the correction if there is one."""
    result = queries.search_cases(user, {"q": q, **filters})
    titles = [expression.title for expression in result.rows]
    assert result.number == len(titles)
    return [result.correction, *titles] if result.correction else titles


def listed() -> set[str]:
    """The words of the list, without those of every case."""
    words = set(SearchWord.objects.values_list("word", flat=True))
    assert words > SUMMARY
    return words - SUMMARY


def test_the_list_has_the_words_of_cases_that_were_sent_and_of_their_leads() -> None:
    submit("Night-time Öffnung for 24hours of kin", lead="Larkmere Trust")
    cases.draft(title="Unsent", lead=users.organisation("Nobody Yet"))
    search_words.collect()
    assert listed() == {"night", "time", "offnung", "larkmere", "trust"}


def test_collecting_again_adds_what_is_new_and_drops_what_nothing_says() -> None:
    old = submit("Mockingbird")
    word = SearchWord.objects.get(word="families")
    search_words.collect()
    assert listed() == {"mockingbird", "charity"}
    force_update(Expression.objects.filter(pk=old.pk), title="Fostering")
    search_words.collect()
    assert listed() == {"fostering", "charity"}
    assert SearchWord.objects.get(word="families") == word


def test_a_job_collects_the_words() -> None:
    cases.submitted_expression(title="Mockingbird")
    tasks.collect_search_words()
    assert "mockingbird" in listed()


@pytest.mark.parametrize(
    ("q", "word"),
    [
        ("mockingbrid", "mockingbird"),
        ("Mockinbird", "mockingbird"),
        ("ｍｏｃｋｉｎｇｂｒｉｄ", "mockingbird"),
        ("fotser", "foster"),
        ("socail", "social"),
        ("mockingbrid socail", "mockingbird social"),
        ("foster mockingbrid", "foster mockingbird"),
        ("about mockingbrid", "about mockingbird"),
        ('"foster mockingbrid"', '"foster mockingbird"'),
        ("mockingbrid -secret", "mockingbird -secret"),
        ("socail-work", "social-work"),
        ("zzzzzz or mockingbird", ""),
        ("-socail", ""),
        ('-"foster mockingbrid"', ""),
        ("Larkmree", "larkmere"),
        ("Larkmree Trsut", "larkmere trust"),
    ],
)
def test_a_typing_error_finds_what_was_meant(q: str, word: str) -> None:
    title = "Foster mockingbird, social-work"
    submit(title, lead="Larkmere Trust")
    expected = [word, title] if word else [title]
    assert titles_found(users.official(), q) == expected


@pytest.mark.parametrize(
    "q",
    [
        "nothing like it",
        "zzzzzz mockingbrid",
        "mock",
        "mockingbrid -foster",
        "about",
        "' \" & | ! ( % _ \\",
        "%s %(word)s {0}",
        "mockingbrid " * 12 + "x" * 50,
        " ".join(f"mocking{letter}" for letter in "abcdefghijklm"),
        "EOI-00000-00000",
    ],
)
def test_what_is_like_no_word_finds_nothing(q: str) -> None:
    submit("Foster mockingbird")
    assert titles_found(users.official(), q) == []


def test_a_word_that_is_right_is_searched_as_it_is() -> None:
    submit("Court")
    submit("Courts and counts")
    official = users.official()
    assert sorted(titles_found(official, "court")) == ["Court", "Courts and counts"]
    assert titles_found(official, "court zzzz") == []
    # Nothing matches the filter, but the word is no error.
    assert titles_found(official, "court", stage="expression.declined") == []
    assert titles_found(official, "cuort", stage="expression.declined") == []


def test_words_that_no_case_says_together_are_no_error() -> None:
    submit("Fostering")
    submit("Adoption")
    assert titles_found(users.official(), "fostering adoption") == []


def test_of_several_similar_words_the_most_similar_is_taken() -> None:
    submit("Fosters")
    submit("Foster")
    submit("Poster")
    assert titles_found(users.official(), "fosterr")[0] == "foster"


def test_nobody_learns_a_word_from_a_case_they_may_not_see() -> None:
    hidden = submit("Mockingbird", lead="Larkmere Trust")
    own = submit("Fostering")
    coach = users.assign(users.coach(), own)
    outsider = users.applicant(users.organisation_of(cases.editor_of(own.lead)))
    for reader in (coach, outsider):
        for q in ("mockingbrid", "mockingbird", "Larkmree", "fostering larkmree"):
            assert titles_found(reader, q) == []
    assert titles_found(coach, "fotsering") == ["fostering", "Fostering"]
    assert titles_found(outsider, "fotsering") == []
    users.assign(coach, hidden)
    assert titles_found(coach, "mockingbrid") == ["mockingbird", "Mockingbird"]


def test_a_word_of_a_hidden_case_changes_no_answer() -> None:
    """Neither by being right nor by being more similar to what was typed."""
    own = submit("Mockingbirds")
    coach = users.assign(users.coach(), own)
    queries = ("mockingberds", "mockingbert", "mocking", "famileis")
    results = [titles_found(coach, q) for q in queries]
    assert results[0] == ["mockingbirds", "Mockingbirds"]
    submit("Mockingberds, mockingbert, mocking, famileis and mockingbeds")
    assert [titles_found(coach, q) for q in queries] == results


def test_the_page_says_what_it_shows_and_links_to_a_file_of_the_same(
    client: Client,
) -> None:
    submit("Mockingbird")
    client.force_login(users.official())
    page = client.get("/cases/", {"q": "mockingbrid <i>"}).content.decode()
    assert "No cases match “mockingbrid &lt;i&gt;”. Showing" in page
    assert "results for “mockingbird &lt;i&gt;”." in page
    page = client.get("/cases/", {"q": "mockingbrid"}).content.decode()
    assert "No cases match “mockingbrid”. Showing results for “mockingbird”." in page
    assert "1 case<" in page
    assert 'value="mockingbrid"' in page
    assert 'href="/reports/new?q=mockingbird&amp;columns=' in page
    page = client.get("/cases/", {"q": "mockingbird"}).content.decode()
    assert "No cases match" not in page


def test_a_file_of_a_search_with_a_typing_error_holds_what_the_page_shows() -> None:
    submit("Mockingbird")
    official = users.official()
    for stage, number in (("", 1), ("bid.approved", 0), ("bid.with_minister", 0)):
        params = {"q": "mockingbrid", "stage": stage}
        result = disclosure.matching_cases(official, params)
        assert (result.number, result.rows.count()) == (number, number)
        assert bool(result.correction) == bool(number)


def test_without_a_list_nothing_is_corrected() -> None:
    expression = submit("Mockingbird")
    SearchWord.objects.all().delete()
    assert titles_found(users.official(), "mockingbrid") == []
    assert corrections.correct("mockingbrid", lambda words: []) == ""
    assert titles_found(users.official(), "mockingbird") == [expression.title]

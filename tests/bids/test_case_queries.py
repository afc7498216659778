"""The list of cases: filters, figures and order."""

from collections.abc import Mapping
from typing import Any

import pytest

from bids.domain import bids, expressions
from bids.domain.queries import cases as query
from bids.domain.queries import search_texts
from bids.domain.queries.case_search_filters import COUNTED_FIGURES
from bids.models import Expression
from innovation.accounts.models import User
from innovation.audit import figures
from innovation.core.errors import Invalid
from innovation.organisations.models import Council, Organisation, Region
from tests.database_guards import force_update
from tests.dates import DAY, MOMENT, moment_after
from tests.factories import cases, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def titles(user: User, params: Mapping[str, str]) -> list[str]:
    return [e.title for e in query.search_cases(user, params).rows]


def submit_on_day(title: str, days: int = 0, **facts: Any) -> Expression:
    expression = cases.draft(title=title, **facts)
    by = cases.editor_of(expression.lead)
    return expressions.submit(expression, by=by, at=moment_after(days=days))


def test_newest_first_and_no_drafts() -> None:
    (
        submit_on_day("Old"),
        submit_on_day("New", days=1),
        cases.draft(title="Draft"),
    )
    assert titles(users.official(), {}) == ["New", "Old"]
    assert titles(cases.editor_of(not_none(Expression.objects.first()).lead), {}) == []


def test_a_case_in_two_councils_that_a_name_begins_is_listed_once() -> None:
    draft = cases.draft(title="In two councils")
    by = cases.editor_of(draft.lead)
    both = [users.council("Larkmere") for _ in range(2)]
    expressions.save(draft, facts={"councils": both}, by=by, at=MOMENT)
    expressions.submit(draft, by=by, at=MOMENT)
    assert titles(users.official(), {"council": "Larkmere"}) == ["In two councils"]


def test_each_filter_keeps_what_matches() -> None:
    official = users.official()
    lead = users.council_organisation()
    one = submit_on_day("Mockingbird homes", lead=lead)
    bid = cases.bid_in_development(title="Other")
    force_update(Expression.objects.filter(pk=bid.expression_id), strand=None)
    users.assign(official, one)
    for params, expected in (
        ({"q": "home"}, ["Mockingbird homes"]),
        ({"q": "ho\u200bme\u200b"}, ["Mockingbird homes"]),
        ({"q": lead.name[:10].upper()}, ["Mockingbird homes", "Other"]),
        ({"q": lead.name}, ["Mockingbird homes"]),
        ({"q": one.key.lower().replace("0", "o")}, ["Mockingbird homes"]),
        ({"q": one.key.lower().replace("-", " ")}, ["Mockingbird homes"]),
        ({"q": bid.key}, ["Other"]),
        ({"q": "' \" & | ! ("}, []),
        ({"stage": "expression.submitted"}, ["Mockingbird homes"]),
        ({"stage": "bid.in_development"}, ["Other"]),
        ({"round": one.round.key}, ["Mockingbird homes"]),
        ({"council": not_none(lead.council_id)}, ["Mockingbird homes"]),
        ({"strand": str(one.strand_id)}, ["Mockingbird homes"]),
        ({"assigned": "me"}, ["Mockingbird homes"]),
    ):
        assert sorted(titles(official, params)) == expected, params


def test_each_fact_of_a_case_is_a_filter() -> None:
    official, colleague = users.official(), users.official()
    full = cases.detailed_expression()
    other_region = Region.objects.create(code="E12000009", name="Elsewhere")
    elsewhere = users.council("Elsewhere")
    Council.objects.filter(pk=elsewhere.pk).update(region=other_region)
    submit_on_day("Plain", days=1, lead=users.council_organisation(elsewhere))
    Organisation.objects.filter(council=elsewhere).update(applicant_type="charity")
    cases.bid_in_development(title="With the applicant")
    users.assign(colleague, full)
    detailed, both = [full.title], ["Mockingbird homes", "Plain"]
    model = not_none(full.practice_models.first())
    for params, expected in (
        ({"waiting_on": "department"}, both),
        ({"waiting_on": "applicant"}, ["With the applicant"]),
        ({"waiting_on": "minister"}, []),
        ({"region": "E12000009"}, ["Plain"]),
        ({"applicant_type": "charity"}, ["Plain"]),
        ({"maturity": not_none(full.maturity_id)}, [*both, "With the applicant"]),
        ({"practice_model": str(model.pk)}, detailed),
        ({"support": "brokering"}, detailed),
        ({"support": "evaluation"}, []),
        ({"barrier": "any"}, detailed),
        ({"assigned": colleague.key}, detailed),
        ({"assigned": "me"}, []),
        ({"assigned": "nobody", "waiting_on": "department"}, ["Plain"]),
        ({"amount_from": "£8,001"}, detailed),
        ({"amount_to": "8k"}, ["Plain", "With the applicant"]),
        ({"submitted_from": "13 November 2014"}, ["Plain"]),
        ({"submitted_to": "12 Nov 2014", "support": "brokering"}, detailed),
    ):
        assert sorted(titles(official, params)) == expected, params


@pytest.mark.parametrize(
    "params",
    [
        {"stage": "nonsense"},
        {"strand": "٣"},
        {"q": "a\x00b"},
        {"waiting_on": "nonsense"},
        {"region": "E99999999"},
        {"applicant_type": "nonsense"},
        {"practice_model": "one"},
        {"support": "nonsense"},
        {"barrier": "nonsense"},
        {"assigned": "USR-00000-00000"},
        {"amount_from": "a lot"},
        {"amount_to": "-"},
        {"submitted_from": "soon"},
        {"submitted_to": "30 February 2015"},
    ],
)
def test_a_filter_that_cannot_be_read_is_refused(params: dict[str, str]) -> None:
    with pytest.raises(Invalid) as raised:
        titles(users.official(), params)
    assert set(raised.value.problems) == set(params)


@pytest.mark.parametrize(
    ("title", "q"),
    [
        ("Zoë’s house", "zoes HOUSE"),
        ("Zoes house", "Zoë's"),
        ("Tri‑borough work", "tri-borough"),
        ("Tri borough work", "tri–borough"),
        ("Boats & trains", "boats and trains"),
        ("Boats and trains", '"boats & trains"'),
        ("Software", "soft\u00adware\u200b"),
    ],
)
def test_words_are_found_however_they_are_written(title: str, q: str) -> None:
    submit_on_day(title)
    submit_on_day("Something else")
    assert titles(users.official(), {"q": q}) == [title]


def test_a_word_with_a_dash_before_it_is_not_found() -> None:
    submit_on_day("Boats and trains")
    submit_on_day("Boats in the Tri-borough")
    titles_found = titles(users.official(), {"q": "boats -tri-borough"})
    assert titles_found == ["Boats and trains"]


def test_no_lead_is_left_out_however_many_have_the_name() -> None:
    for _ in range(60):
        users.organisation("Larkmere Council")
    submit_on_day("Led by the newest", lead=users.organisation("Larkmere Council"))
    result = query.search_cases(users.official(), {"q": "larkmere council"})
    assert [case.title for case in result.rows] == ["Led by the newest"]
    assert result.number == 1


def test_the_cases_behind_a_figure_are_as_many_as_it_says_on_any_day() -> None:
    official, secretary = users.official(), users.secretary()
    submit_on_day("One"), submit_on_day("Later", days=2)
    remaining = cases.bid_in_development(title="Stays")
    departing = cases.bid_at_board(title="Leaves")
    bids.recommend(departing, by=secretary, at=moment_after(days=1))
    withdrawn = cases.submitted_bid(title="Gone")
    bids.withdraw(
        withdrawn, by=cases.editor_of(withdrawn.lead), at=moment_after(days=2)
    )
    cases.seed_bid(title="Seed")
    for day, counted in ((0, 3), (1, 2), (2, 1)):
        as_at = moment_after(days=day).date()
        counts = figures.as_at(as_at)
        for figure in COUNTED_FIGURES:
            params = {"counted": figure, "as_at": as_at.isoformat()}
            assert query.search_cases(official, params).rows.count() == counts[figure]
        assert counts["bids_in_development"] == counted
    assert titles(official, {"counted": "bids_in_development"}) == [remaining.title]
    assert MOMENT.date() == DAY


def test_counting_stops_at_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_texts, "COUNT_LIMIT", 2)
    for title in "abcd":
        submit_on_day(title)
    official = users.official()
    assert query.search_cases(official, {}).number == 3
    assert query.search_cases(official, {"stage": "expression.submitted"}).number == 3


def test_number_of_matches_counts_words_and_leads_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    official = users.official()
    for title in ("Fostering anew", "Fostering again", "Kin"):
        submit_on_day(title)
    lead = users.organisation("Fostershire Trust")
    lead_case = cases.submitted_expression(lead=lead, title="Fostering more")

    def number(q: str) -> int:
        return query.search_cases(official, {"q": q}).number

    assert number("fostering") == 3
    assert number("fostershire") == 1
    assert number("foster") == 3
    assert number(lead_case.key) == 1
    assert number("nothing like it") == 0
    monkeypatch.setattr(search_texts, "COUNT_LIMIT", 1)
    assert number("fostering") == 2
    assert query.search_cases(official, {"q": "fostering"}).rows.count() == 3

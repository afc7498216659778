"""The answers of a bid: changes since the expression of interest, costs, comments."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bids.domain import bids, comments, expressions, standard_questions
from bids.domain.completeness import problems
from bids.domain.queries import case_snapshot
from bids.domain.queries.bids import changes_by_code
from bids.models import Bid, Comment, Outcome
from bids.views import answers
from innovation.accounts.domain.queries.people import names_by_key
from innovation.audit import events
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.money import Money
from tests.dates import MOMENT, OPENS_AT
from tests.drives import drive
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def bid_with_standard_questions() -> Bid:
    """Taken forward in a round that asks the standard questions."""
    round = cases.round_()
    standard_questions.publish(round, by=events.SERVICE, at=OPENS_AT)
    draft = cases.draft(round=round, complete=False)
    by = cases.editor_of(draft.lead)
    facts = cases.complete_facts(round) | {
        "outcomes": [{"description": "Fewer moves", "measure": "Moves a year"}],
        "partners": [users.organisation()],
    }
    texts = dict.fromkeys(["new", "known", "needs", "delivery", "sustain"], "Words.")
    answers: dict[str, Any] = {**texts, "declaration": True}
    expressions.save(draft, facts=facts, answers=answers, by=by, at=MOMENT)
    expressions.submit(draft, by=by, at=MOMENT)
    return expressions.take_forward(draft, by=users.official(), at=MOMENT)


def reload_bid(bid: Bid) -> Any:
    return case_snapshot.with_snapshot(
        Bid.objects.select_related("round", "expression").get(pk=bid.pk)
    )


def save_bid(bid: Bid, answers: dict[str, Any] | None = None, **facts: Any) -> Any:
    by = cases.editor_of(bid.lead)
    bids.save(bid, facts=facts, answers=answers, by=by, at=MOMENT)
    return reload_bid(bid)


def test_a_bid_is_opened_filled_and_asks_nothing_twice() -> None:
    bid = reload_bid(bid_with_standard_questions())
    assert bid.asked == Money.pounds(8_000)
    assert list(Outcome.objects.values_list("description", "measure")) == [
        ("Fewer moves", "Moves a year")
    ]
    assert set(problems(bid, MOMENT)) == {
        "outcomes",
        "theory_of_change",
        "milestones",
        "risks",
        "evaluation_plan",
        "declaration",
    }
    changes = changes_by_code(bid)
    assert all(change.is_same for change in changes.values())
    assert {"title", "summary", "strand", "money", "outcomes", "new"} <= set(changes)


def test_what_changed_since_the_expression_is_told_with_what_it_said() -> None:
    bid = bid_with_standard_questions()
    bid_answers = save_bid(bid, {"new": "Other words."}, summary="Another summary")
    changes = changes_by_code(bid_answers)
    changed = {
        code: change.expression_text
        for code, change in changes.items()
        if not change.is_same
    }
    assert changed == {
        "summary": "A new way to support families.",
        "new": "Words.",
    }
    notes = answers.summary_notes(bid_answers, names_by_key)
    assert notes["title"] == [answers.SAME]
    assert notes["new"] == [answers.CHANGED]
    assert notes["risks"] == []


def test_the_same_money_in_other_categories_is_as_in_the_expression() -> None:
    bid = bid_with_standard_questions()
    rows = [
        {"financial_year": 2014, "category": kind, "amount": Money.pounds(4_000)}
        for kind in ("staff", "evaluation")
    ]
    assert changes_by_code(save_bid(bid, money=rows))["money"].is_same
    assert not changes_by_code(save_bid(bid, money=rows[:1]))["money"].is_same


def test_costs_come_to_the_sum_asked_for_by_category_year_and_partner() -> None:
    bid = bid_with_standard_questions()
    partner = bid.partners.get()
    row = {"financial_year": 2014, "category": "staff"}
    money = [
        {**row, "amount": Money.pounds(3_000)},
        {**row, "partner": partner, "amount": Money.pounds(4_000)},
    ]
    bid_answers = save_bid(bid, money=money)
    assert problems(bid_answers, MOMENT)["money"] == [
        "Your costs add up to £7,000 but you ask for £8,000: make them the same"
    ]
    assert "money" not in problems(save_bid(bid, asked=Money.pounds(7_000)), MOMENT)
    assert {row.partner for row in bid.money.all()} == {None, partner}


amounts = st.integers(1, 10**9)


@drive(5, all=15)
@given(
    requested=st.dictionaries(st.integers(2014, 2017), amounts, min_size=1),
    others=st.dictionaries(st.integers(2014, 2017), amounts),
    off=st.integers(-1, 1),
)
def test_totals_add_up_and_a_sum_that_differs_is_a_problem(
    requested: dict[int, int], others: dict[int, int], off: int
) -> None:
    bid = cases.bid_in_development()
    total = sum(requested.values()) + off
    result = save_bid(
        bid,
        asked=Money(total) if total else Money(1),
        money=[{"financial_year": y, "amount": Money(p)} for y, p in requested.items()],
        other_funding=[
            {"source": "Us", "financial_year": y, "amount": Money(p)}
            for y, p in others.items()
        ],
    )
    totals: list[dict[str, Any]] = [*answers.cost_totals(result)]
    *years, last = totals
    assert last["requested"] == sum((row["requested"] for row in years), Money(0))
    assert last["total"] == Money(sum(requested.values()) + sum(others.values()))
    assert ("money" in problems(result, MOMENT)) == (result.asked != last["requested"])


def test_an_outcome_of_a_bid_needs_a_target_and_a_date() -> None:
    bid = bid_with_standard_questions()
    texts = {"description": "Fewer moves", "measure": "Moves a year"}
    assert problems(reload_bid(bid), MOMENT)["outcomes"] == [
        "Enter the target and its date for “Fewer moves”"
    ]
    full = {**texts, "baseline": "2.50", "target": "1", "due_on": MOMENT.date()}
    assert "outcomes" not in problems(save_bid(bid, outcomes=[full]), MOMENT)


def test_a_coach_comments_beside_an_answer_and_the_applicant_reads_it(
    client: Client,
) -> None:
    bid = bid_with_standard_questions()
    coach = users.assign(users.coach(), bid.expression)
    client.force_login(coach)
    page = client.get(reverse("bids:bid", args=[bid.key])).content.decode()
    address = reverse("bids:bid-comment", args=[bid.key, "new"])
    assert address in page
    assert "Words." in client.get(address).content.decode()
    assert client.post(address, {"text": "Say who."}).status_code == 302
    page = client.get(reverse("bids:bid", args=[bid.key])).content.decode()
    assert f"Comment by {coach} on" in page
    client.force_login(cases.editor_of(bid.lead))
    page = client.get(
        reverse("bids:own-bid-section", args=[bid.key, "why-it-is-new"])
    ).content.decode()
    assert "Say who." in page
    assert "The same as in your expression of interest" in page
    assert str(coach) not in page
    check = client.get(reverse("bids:own-bid-check", args=[bid.key])).content.decode()
    assert "Comment by the department on" in check
    assert history(bid)[-1] == "bid.commented"


def history(bid: Bid) -> list[str]:
    return list(bid.chain.events.values_list("name", flat=True))


def test_only_who_develops_the_bid_comments_and_only_while_it_is_written() -> None:
    bid = bid_with_standard_questions()
    editor = cases.editor_of(bid.lead)
    for by in (editor, users.coach(), users.member(), users.outsider()):
        with pytest.raises(NotAllowed):
            comments.add(bid, code="new", text="T", by=by, at=MOMENT)
    official = users.official()
    for code, text in (("new", " "), ("nothing", "T"), ("new", "T" * 2_001)):
        with pytest.raises(Invalid):
            comments.add(bid, code=code, text=text, by=official, at=MOMENT)
    sent = cases.submitted_bid()
    with pytest.raises(TooLate):
        comments.add(sent, code="summary", text="T", by=official, at=MOMENT)
    assert not Comment.objects.exists()

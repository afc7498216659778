"""At most £10,000 in seed grants an organisation and financial year, also in a race."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bids.domain import bids, expressions
from bids.models import Expression, MoneyAsked, Round
from bids.models.round import Route
from innovation.core import clock, constraints
from innovation.core.clock import financial_year, london_day
from innovation.core.money import Money
from innovation.organisations.models import Organisation
from tests.concurrency import run_concurrently
from tests.database_guards import change_function, force_update
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def drafts(
    *pounds: int, lead: Organisation | None = None, route: str = Route.SEED
) -> list[Expression]:
    """Of one organisation, each in a round of its own."""
    lead = lead or users.council_organisation()
    return [
        cases.draft(round=cases.round_(route), lead=lead, pounds=each)
        for each in pounds
    ]


def submit_draft(draft: Expression) -> Expression:
    by = cases.editor_of(draft.lead)
    with transaction.atomic():
        return expressions.submit(draft, by=by, at=MOMENT)


def assert_refused(draft: Expression) -> None:
    with pytest.raises(IntegrityError) as error:
        submit_draft(draft)
    explained = constraints.explain(error.value)
    assert explained is not None
    assert list(explained.problems) == ["money"]
    assert Expression.objects.get(pk=draft.pk).state == "draft"


def test_up_to_the_penny_and_not_beyond() -> None:
    one, other, more = drafts(6_000, 4_000, 1)
    submit_draft(one)
    submit_draft(other)
    assert_refused(more)


def test_another_organisation_and_another_year_are_counted_apart() -> None:
    one, later = drafts(9_000, 9_000)
    MoneyAsked.objects.filter(expression=later).update(financial_year=2015)
    submit_draft(one)
    submit_draft(later)
    [other_draft] = drafts(9_000)
    submit_draft(other_draft)


def test_other_routes_have_no_such_limit() -> None:
    for draft in drafts(9_000, 9_000, route=Route.FULL):
        submit_draft(draft)


def test_what_was_declined_or_withdrawn_is_given_back() -> None:
    one, other, third, fourth = drafts(9_000, 9_000, 9_000, 9_000)
    by, official = cases.editor_of(one.lead), users.official()
    expressions.withdraw(submit_draft(one), by=by, at=MOMENT)
    words = cases.feedback(other.round)
    expressions.decline(submit_draft(other), feedback=words, by=official, at=MOMENT)
    bid = expressions.take_forward(submit_draft(third), by=official, at=MOMENT)
    assert_refused(fourth)
    bids.withdraw(bid, by=by, at=MOMENT)
    submit_draft(fourth)


def test_the_database_refuses_it_by_any_other_way_in() -> None:
    one, other = drafts(6_000, 6_000)
    submit_draft(one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Expression.objects.filter(pk=other.pk).update(
            state="submitted", submitted_at=MOMENT, submitted_by=other.started_by
        )
    more = MoneyAsked.objects.filter(expression=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        force_update(more, amount=Money.pounds(10_001))


def test_the_page_says_so_and_keeps_the_draft(client: Client) -> None:
    one, other = drafts(6_000, 6_000)
    this_year = financial_year(london_day(clock.now()))
    MoneyAsked.objects.update(financial_year=this_year)
    submit_draft(one)
    Round.objects.update(closes_at=None)
    client.force_login(cases.editor_of(other.lead))
    page = reverse("bids:expression-check", args=[other.key])
    answer = client.post(page, {"agreed": "on"})
    assert answer.status_code == 422
    assert "at most £10,000 in a financial year" in answer.content.decode()
    assert Expression.objects.get(pk=other.pk).state == "draft"


def submit_calls(lead: Organisation) -> list[Callable[[], Expression]]:
    return [
        partial(submit_draft, draft)
        for draft in drafts(4_000, 4_000, 4_000, 4_000, lead=lead)
    ]


@pytest.mark.django_db(transaction=True)
def test_of_four_sent_at_once_two_fit() -> None:
    outcomes = run_concurrently(submit_calls(users.council_organisation()))
    assert sorted(type(each).__name__ for each in outcomes) == [
        *["Expression"] * 2,
        *["IntegrityError"] * 2,
    ]
    assert Expression.objects.filter(state="submitted").count() == 2


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_more_would_pass() -> None:
    """The control: each counts before any of them has committed."""
    lock = (
        "PERFORM 1 FROM organisations_organisation WHERE id = asker FOR NO KEY UPDATE;"
    )
    calls = submit_calls(users.council_organisation())
    slow_ending = "PERFORM pg_sleep(1); END $function$"
    change_function(
        "bids_seed_within_year", (lock, ""), ("END $function$", slow_ending)
    )
    outcomes = run_concurrently(calls)
    successes = [each for each in outcomes if isinstance(each, Expression)]
    assert len(successes) > 2

"""A new draft from an earlier one, and how long applying takes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse

from bids.domain import expressions
from bids.domain.queries import burden
from bids.models import ExpectedOutcome, Expression
from innovation.core.errors import NotAllowed, TooLate
from innovation.core.formatting import format_duration
from tests.database_guards import disable_guards, force_update
from tests.dates import CLOSES_AT, MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def test_what_still_fits_comes_along_and_the_earlier_one_stays() -> None:
    original = cases.declined_expression()
    with disable_guards(Expression.partners.through, ExpectedOutcome):
        original.partners.add(users.organisation("A partner"))
        original.outcomes.create(description="Trust", measure="A survey")
    by, round = cases.editor_of(original.lead), cases.round_()
    cases.question_set(round)

    restarted = expressions.restart(original, round=round, by=by, at=MOMENT)

    restarted = Expression.objects.get(pk=restarted.pk)
    assert (restarted.state, restarted.round, restarted.started_from) == (
        "draft",
        round,
        original,
    )
    assert (restarted.title, restarted.summary) == (original.title, original.summary)
    assert restarted.strand is not None
    assert restarted.strand.round == round
    assert [row.amount for row in restarted.money.all()] == [
        row.amount for row in original.money.all()
    ]
    assert restarted.partners.get() == original.partners.get()
    assert restarted.outcomes.get().measure == "A survey"
    assert Expression.objects.get(pk=original.pk).state == "declined"


def test_money_of_years_gone_and_unknown_strands_do_not() -> None:
    original = cases.declined_expression()
    round = cases.round_(closes_at=CLOSES_AT + timedelta(days=900))
    force_update(round.strands.all(), name=Concat(Value("Not "), "name"))
    by = cases.editor_of(original.lead)
    restarted = expressions.restart(
        original, round=round, by=by, at=moment_after(days=400)
    )
    assert (restarted.strand, restarted.money.count()) == (None, 0)


def test_not_by_others_not_from_a_draft_and_not_in_a_closed_round() -> None:
    original, draft = cases.declined_expression(), cases.draft()
    by = cases.editor_of(original.lead)
    for outsider in (users.outsider(), users.viewer(original.lead), users.official()):
        with pytest.raises(NotAllowed):
            expressions.restart(original, round=original.round, by=outsider, at=MOMENT)
    editor, after_close = cases.editor_of(draft.lead), CLOSES_AT + timedelta(seconds=1)
    with pytest.raises(TooLate, match="still a draft"):
        expressions.restart(draft, round=draft.round, by=editor, at=MOMENT)
    with pytest.raises(TooLate, match="closed"):
        expressions.restart(original, round=original.round, by=by, at=after_close)


def test_the_page_starts_it_and_says_by_when_they_hear(client: Client) -> None:
    original = cases.submitted_expression()
    round = cases.round_(closes_at=None, name="The next call")
    client.force_login(cases.editor_of(original.lead))
    page = reverse("bids:expression-start-again", args=[original.key])
    assert "The next call" in client.get(page).content.decode()
    answer = client.post(page, {"round": round.key})
    restarted = Expression.objects.get(started_from=original)
    assert answer["Location"] == reverse("bids:expression", args=[restarted.key])

    sent_page = reverse("bids:expression-sent", args=[original.key])
    sentence = "We cannot give you a date for our decision yet."
    assert sentence in client.get(sent_page).content.decode()
    original.round.replies_by = moment_after(days=60).date()
    original.round.save(update_fields=["replies_by"])
    assert "by 11 January 2015" in client.get(sent_page).content.decode()


def test_the_burden_of_a_round_is_its_usual_time_from_start_to_sending() -> None:
    round = cases.round_()
    for hours in (1, 2, 3, 100):
        draft = cases.draft(round=round)
        by = cases.editor_of(draft.lead)
        expressions.submit(draft, by=by, at=moment_after(hours=hours))
    cases.draft(round=round)
    official = users.official()
    # A draft is its writers' own while it can still be sent.
    result: Any
    [result] = burden.rounds_with_burden(official, at=MOMENT)
    assert (result.is_over, result.started_count, result.sent_count) == (False, 4, 4)
    [result] = burden.rounds_with_burden(official, at=CLOSES_AT + timedelta(seconds=1))
    assert (result.is_over, result.started_count, result.sent_count) == (True, 5, 4)
    assert result.median_time == timedelta(hours=2, minutes=30)
    assert result.ninth_decile_time > timedelta(hours=3)


def test_officials_read_it_and_applicants_do_not(client: Client) -> None:
    cases.submitted_expression()
    client.force_login(users.official())
    text = client.get("/burden/").content.decode()
    assert "How long it takes to apply" in text
    client.force_login(users.applicant())
    assert client.get("/burden/").status_code == 403


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=59), "under a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=26, minutes=5), "1 day 2 hours"),
        (timedelta(days=3, minutes=5), "3 days 5 minutes"),
    ],
)
def test_a_span_is_told_by_its_two_largest_parts(span: timedelta, text: str) -> None:
    assert format_duration(span) == text

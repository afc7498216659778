"""How long applying takes is what the plain formula says, for whoever reads it."""

from datetime import timedelta

import pytest
from django.db import connection

from bids.domain import expressions
from bids.domain.queries import burden
from bids.models import Expression, Round
from funding.domain import interests
from innovation.accounts.models import User
from tests.database_guards import force_update
from tests.dates import CLOSES_AT, MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
LATER = CLOSES_AT + timedelta(days=1)
_PLAIN = """
    SELECT count(*),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY submitted_at - started_at),
           percentile_cont(0.9) WITHIN GROUP (ORDER BY submitted_at - started_at)
    FROM bids_expression
    WHERE round_id = %s AND id <> ALL(%s) AND submitted_at > started_at
"""
Numbers = tuple[int, timedelta | None, timedelta | None]


def sent_after(minutes: int, round: Round) -> Expression:
    draft = cases.draft(round=round)
    by = cases.editor_of(draft.lead)
    at = MOMENT + timedelta(minutes=minutes)
    return expressions.submit(draft, by=by, at=at)


def numbers_for(reader: User, round: Round) -> Numbers:
    [one] = [
        each
        for each in burden.rounds_with_burden(reader, at=LATER)
        if each.round == round
    ]
    return one.sent_count, one.median_time, one.ninth_decile_time


def plain(round: Round, *without: Expression) -> Numbers:
    with connection.cursor() as cursor:
        cursor.execute(_PLAIN, [round.pk, [each.pk for each in without]])
        number, median, ninth = cursor.fetchone()
        return number, median, ninth


@pytest.mark.parametrize("numbers", [[7], [3, 61], [5, 1, 44, 17, 9, 1000, 2, 33]])
def test_the_times_are_those_of_the_plain_formula(numbers: list[int]) -> None:
    round, other, official = cases.round_(), cases.round_(), users.official()
    for minutes in numbers:
        sent_after(minutes, round)
    sent_after(500, other)
    imported = sent_after(100, round)
    force_update(
        Expression.objects.filter(pk=imported.pk), started_at=imported.submitted_at
    )
    assert numbers_for(official, round) == plain(round)
    assert numbers_for(official, round)[0] == len(numbers)


def test_a_case_with_an_interest_counts_for_others_only() -> None:
    bid, member = cases.submitted_bid(), users.person("board_member", "official")
    round, closed = bid.round, bid.expression
    for minutes in (10, 20):
        sent_after(minutes, round)
    interests.declare(
        bid, member=member, nature="Chair.", mitigation="leaves", by=member, at=MOMENT
    )
    member.refresh_from_db()
    assert numbers_for(member, round) == plain(round, closed)
    assert numbers_for(users.analyst(), round) == plain(round)


def test_what_was_started_is_told_once_the_round_is_over() -> None:
    round, official = cases.round_(), users.official()
    cases.draft(round=round)
    assert burden.rounds_with_burden(official, at=MOMENT) == []
    [one] = burden.rounds_with_burden(official, at=LATER)
    assert (one.is_over, one.started_count, one.sent_count) == (True, 1, 0)
    assert (one.median_time, one.ninth_decile_time) == (None, None)

"""Barriers and support needs stay the same rows, however often they are edited."""

import pytest

from bids.domain import bids, expressions
from bids.models import Barrier, Bid, Expression, SupportNeed
from bids.models.expression import SupportKind
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
ACT = {"law_or_rule": "The Act", "what_it_stops": "Sharing records"}
RULE = {"law_or_rule": "The Rule", "what_it_stops": "One team"}


def save(case: Expression, *rows: dict[str, str]) -> list[int]:
    """The ids of the barriers, in the order in which their writer left them."""
    expressions.save(
        case, facts={"barriers": rows}, by=cases.editor_of(case.lead), at=MOMENT
    )
    return list(case.barriers.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "edited",
    [
        ACT | {"law_or_rule": "The Act, section 20"},
        ACT | {"what_it_stops": "Sharing anything"},
        {"law_or_rule": "Another", "what_it_stops": "Something else"},
    ],
    ids=["its name", "its effect", "both"],
)
def test_a_barrier_is_the_same_row_whatever_is_changed_of_it(
    edited: dict[str, str],
) -> None:
    draft = cases.draft()
    act, rule = save(draft, ACT, RULE)
    assert save(draft, edited, RULE) == [act, rule]
    row = draft.barriers.get(pk=act)
    assert (row.law_or_rule, row.what_it_stops) == tuple(edited.values())


def test_other_rows_can_go_come_and_move_meanwhile() -> None:
    draft = cases.draft()
    act, rule = save(draft, ACT, RULE)
    assert save(draft, RULE) == [rule]
    new, same = save(draft, ACT, RULE)
    assert same == rule
    assert new > act
    assert save(draft, RULE, ACT) == [rule, new]


def test_saving_the_same_again_changes_nothing() -> None:
    draft = cases.draft()
    save(draft, ACT, RULE)
    writer = cases.editor_of(draft.lead)
    head = Expression.objects.select_related("chain").get(pk=draft.pk).chain.head
    expressions.save(draft, facts={"barriers": [ACT, RULE]}, by=writer, at=MOMENT)
    again = Expression.objects.select_related("chain").get(pk=draft.pk)
    assert again.chain.head == head


def test_a_support_need_is_the_same_row_by_its_kind() -> None:
    draft = cases.draft()
    writer = cases.editor_of(draft.lead)
    brokering = {"kind": SupportKind.BROKERING, "detail": "A partner"}
    other = {"kind": SupportKind.OTHER, "detail": "Advice"}
    expressions.save(draft, facts={"support": [brokering]}, by=writer, at=MOMENT)
    need = draft.support.get()
    changed = [other, brokering | {"detail": "A health partner"}]
    expressions.save(draft, facts={"support": changed}, by=writer, at=MOMENT)
    assert [row.kind for row in draft.support.all()] == ["other", "brokering"]
    assert draft.support.get(kind="brokering").pk == need.pk
    expressions.save(draft, facts={"support": [other]}, by=writer, at=MOMENT)
    assert not SupportNeed.objects.filter(pk=need.pk).exists()


def bid_with_barrier() -> tuple[Bid, Barrier]:
    """A bid, and the barrier of the expression that became it."""
    expression = cases.detailed_expression()
    bid = expressions.take_forward(expression, by=users.official(), at=MOMENT)
    return bid, expression.barriers.get()


def test_a_bid_carries_on_what_its_expression_named() -> None:
    bid, named = bid_with_barrier()
    carried = bid.barriers.get()
    assert carried.carries_on == named
    assert carried.law_or_rule == named.law_or_rule
    assert bid.support.get().carries_on == bid.expression.support.get()


def test_the_bids_own_words_do_not_change_what_it_carries_on() -> None:
    bid, named = bid_with_barrier()
    writer = cases.editor_of(bid.lead)
    rows = [RULE, {"law_or_rule": "The Act 2004", "what_it_stops": "Sharing records"}]
    bids.save(bid, facts={"barriers": rows}, by=writer, at=MOMENT)
    rule, act = bid.barriers.all()
    assert (rule.carries_on, act.carries_on) == (None, named)
    named.refresh_from_db()
    assert named.law_or_rule == "The Act"
    bids.save(bid, facts={"barriers": []}, by=writer, at=MOMENT)
    assert Barrier.objects.get() == named


def test_whoever_starts_again_begins_with_rows_of_their_own() -> None:
    bid, named = bid_with_barrier()
    writer = cases.editor_of(bid.lead)
    again = expressions.restart(bid.expression, round=bid.round, by=writer, at=MOMENT)
    row = again.barriers.get()
    assert (row.law_or_rule, row.carries_on) == (named.law_or_rule, None)
    assert row != named

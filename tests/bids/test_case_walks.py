"""Random walks through both state tables: no order of actions breaks a constraint of
the database or the chain of events.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from bids.domain import (
    assessments,
    bids,
    clarifications,
    expressions,
    reconsiderations,
    scores,
)
from bids.domain.clarifications import NewQuestion
from bids.models import Bid, Clarification, Expression
from bids.states import BID, EXPRESSION
from innovation.accounts.models import User
from innovation.audit import figures
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core.errors import DomainError, TooLate
from tests.dates import DAY, MOMENT, moment_after
from tests.drives import drive
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


class Walk:
    """One case and everybody who can move it."""

    def __init__(self, route: str) -> None:
        self.expression = cases.draft(round=cases.round_(route))
        self.applicant = cases.editor_of(self.expression.lead)
        self.other = cases.submitted_expression(round=self.expression.round)
        self.official, self.second = users.official(), users.official()
        self.secretary = users.secretary()
        self.decider = users.person("ministers_office", "seed_approver")

    def bid(self) -> Bid:
        bid_found = Bid.objects.filter(expression=self.expression).first()
        if bid_found is None:
            raise TooLate("There is no bid yet.")
        return bid_found

    def take(self, verb: str) -> None:
        VERBS[verb](self)

    def on_expression(self, act: Callable[..., Any], by: User, **more: Any) -> None:
        act(self.expression, by=by, at=MOMENT, **more)

    def on_bid(self, act: Callable[..., Any], by: User, **more: Any) -> None:
        act(self.bid(), by=by, at=MOMENT, **more)

    def feedback(self) -> dict[int, str]:
        return cases.feedback(self.expression.round)

    def ask(self) -> None:
        self.on_expression(
            clarifications.ask,
            self.official,
            questions=[NewQuestion("Which?")],
            due_on=moment_after(days=3).date(),
        )

    def answer(self) -> None:
        clarifications.answer(
            self.open_clarification(),
            answers={1: "These."},
            by=self.applicant,
            at=MOMENT,
        )

    def take_back(self) -> None:
        clarifications.take_back(self.open_clarification(), by=self.official, at=MOMENT)

    def open_clarification(self) -> Clarification:
        """The newest question; in a wrong state it is no open one."""
        clarification = Clarification.objects.filter(expression=self.expression).last()
        if clarification is None:
            raise TooLate("Nothing was asked.")
        return clarification

    def look_again(self, case: Expression | Bid) -> None:
        """Asked and set aside by somebody who did not decline it."""
        asked = reconsiderations.ask(
            case, grounds="You misread it.", by=self.applicant, at=MOMENT
        )
        reconsiderations.overturn(asked, reasons="We did.", by=self.second, at=MOMENT)

    def assess(self, by: User, values: tuple[int | None, int | None]) -> None:
        cases.assessment(self.bid(), by=by, values=values)

    def moderate(self) -> None:
        bid = self.bid()
        scores.moderate(
            bid,
            criterion=bid.round.criteria.all()[0],
            value=2,
            reason="Between.",
            by=self.official,
            at=MOMENT,
        )


VERBS: dict[str, Callable[[Walk], None]] = {
    "submit": lambda w: w.on_expression(expressions.submit, w.applicant),
    "ask": Walk.ask,
    "answer": Walk.answer,
    "take_back": Walk.take_back,
    "take_forward": lambda w: w.on_expression(expressions.take_forward, w.official),
    "decline": lambda w: w.on_expression(
        expressions.decline, w.official, feedback=w.feedback()
    ),
    "reconsider": lambda w: w.look_again(w.expression),
    "merge": lambda w: w.on_expression(expressions.merge, w.official, into=w.other),
    "withdraw": lambda w: w.on_expression(expressions.withdraw, w.applicant),
    "save": lambda w: w.on_expression(
        expressions.save, w.applicant, facts={"title": "Another"}
    ),
    "bid.save": lambda w: w.on_bid(bids.save, w.applicant, facts={"summary": "More"}),
    "bid.submit": lambda w: w.on_bid(bids.submit, w.applicant),
    "bid.return": lambda w: w.on_bid(bids.send_back, w.official, reason="More."),
    "bid.assess": lambda w: w.assess(w.official, (0, 4)),
    "bid.assess again": lambda w: w.assess(w.second, (4, None)),
    "bid.moderate": Walk.moderate,
    "bid.reopen": lambda w: w.on_bid(
        assessments.reopen, w.official, reason="Look again."
    ),
    "bid.list": lambda w: w.on_bid(bids.list_for_board, w.secretary),
    "bid.defer": lambda w: w.on_bid(bids.defer, w.secretary),
    "bid.recommend": lambda w: w.on_bid(bids.recommend, w.secretary),
    "bid.approve": lambda w: w.on_bid(bids.approve, w.decider),
    "bid.decline": lambda w: w.on_bid(bids.decline, w.decider, feedback=w.feedback()),
    "bid.reconsider": lambda w: w.look_again(w.bid()),
    "bid.withdraw": lambda w: w.on_bid(bids.withdraw, w.applicant),
}
# The way to the end, with steps left out, repeated and mixed in.
FORWARD = [
    *("submit", "take_forward", "bid.submit", "bid.assess", "bid.list"),
    *("bid.recommend", "bid.approve"),
]
WALKS = st.tuples(
    st.sampled_from(["full", "seed", "follow_on"]),
    st.integers(0, len(FORWARD)),
    st.lists(st.sampled_from(sorted(VERBS)), max_size=10),
)


@drive(8, all=25)
@given(WALKS)
def test_no_walk_breaks_a_constraint_or_the_chain(
    planned: tuple[str, int, list[str]],
) -> None:
    route, forward, more = planned
    with transaction.atomic():
        walk = Walk(route)
        for verb in [*FORWARD[:forward], *more]:
            _step(walk, verb)
        assert first_fault() is None
        _figures_agree()
        transaction.set_rollback(True)


def _step(walk: Walk, verb: str) -> None:
    """It is done, or refused with a sentence and nothing written."""
    before = Event.objects.count()
    refusal = None
    try:
        with transaction.atomic():
            walk.take(verb)
    except DomainError as refused:
        refusal = refused
    if refusal is not None:
        assert refusal.sentence
        assert Event.objects.count() == before
    expression = Expression.objects.get(pk=walk.expression.pk)
    stage = expression.chain.stage
    noun, _, state = stage.partition(".")
    current = expression if noun == "expression" else walk.bid()
    assert current.state == state


def _figures_agree() -> None:
    counts = figures.as_at(DAY)
    submitted = Expression.objects.filter(submitted_at__isnull=False)
    assert counts["expressions"] == submitted.count()
    developing = Bid.objects.exclude(round__route="seed").filter(
        state__in=["in_development", "submitted", "returned", "assessed", "at_board"]
    )
    assert counts.get("bids_in_development", 0) == developing.count()


def test_the_walks_know_every_verb_of_both_tables() -> None:
    # Only imported expressions are retracted: see `test_corrections`.
    table = {row.verb for row in EXPRESSION.transitions} - {"retract"}
    table |= {f"bid.{row.verb}" for row in BID.transitions}
    assert table <= set(VERBS)

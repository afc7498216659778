"""A declined applicant gets feedback on every criterion."""

import pytest

from bids.domain import bids, expressions
from bids.models import Expression
from bids.states import BidState, ExpressionState
from innovation.core.errors import Invalid
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def test_declining_needs_words_on_every_criterion() -> None:
    expression = cases.submitted_expression()
    impact, value = expression.round.criteria.all()
    with pytest.raises(Invalid) as refused:
        expressions.decline(
            expression, feedback={impact.pk: "Small."}, by=users.official(), at=MOMENT
        )
    assert refused.value.problems == {
        f"criterion_{value.pk}": ["Enter feedback on “Value for money”"]
    }
    assert Expression.objects.get().state == ExpressionState.SUBMITTED
    declined = cases.declined_expression()
    assert list(declined.feedback.values_list("text", flat=True)) == [
        "Too little on Impact.",
        "Too little on Value for money.",
    ]


def test_declining_a_bid_needs_words_on_every_criterion() -> None:
    bid = cases.bid_with_minister()
    with pytest.raises(Invalid):
        bids.decline(bid, by=users.minister(), at=MOMENT, feedback={})
    declined = bids.decline(
        bid, by=users.minister(), at=MOMENT, feedback=cases.feedback(bid.round)
    )
    assert declined.state == BidState.DECLINED
    assert declined.feedback.count() == 2

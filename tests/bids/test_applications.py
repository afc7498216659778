"""The facts of an expression or a bid are written either all together or not at all."""

from typing import Any

import pytest

from bids.domain import bids
from innovation.core.errors import Invalid
from innovation.core.money import Money
from tests.dates import MOMENT
from tests.factories import cases

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"title": " "}, "title", "Enter what the idea is called"),
        ({"asked": Money(0)}, "asked", "Enter an amount above £0"),
        (
            {
                "risks": [
                    {"description": "", "likelihood": 1, "impact": 1, "mitigation": "M"}
                ]
            },
            "risks",
            "This field cannot be blank.",
        ),
        (
            {
                "money": [
                    {
                        "financial_year": 2014,
                        "category": "staff",
                        "amount": Money(0),
                    }
                ]
            },
            "money",
            "Enter an amount above £0",
        ),
        (
            {
                "money": [
                    {"financial_year": 14, "category": "staff", "amount": Money(1)}
                ]
            },
            "money",
            "Enter a financial year from 2010 to 2100",
        ),
        (
            {
                "money": [
                    {"financial_year": 2014, "category": "staff", "amount": Money(1)},
                    {"financial_year": 2014, "category": "staff", "amount": Money(2)},
                ]
            },
            "money",
            "Enter each line once",
        ),
    ],
)
def test_what_cannot_be_kept_is_named_and_nothing_is_written(
    facts: dict[str, Any], field: str, sentence: str
) -> None:
    bid = cases.bid_in_development()
    with pytest.raises(Invalid) as refused:
        bids.save(
            bid,
            facts={"summary": "New", **facts},
            by=cases.editor_of(bid.lead),
            at=MOMENT,
        )
    assert refused.value.problems == {field: [sentence]}
    assert cases.reload_bid(bid).summary == "A new way to support families."

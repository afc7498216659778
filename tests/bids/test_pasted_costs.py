"""Costs copied in a spreadsheet, read into the grid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bids.forms.question_types import pasted_costs
from bids.forms.question_types.pasted_costs import NotCosts, PastedCost

YEARS = [2026, 2027, 2028, 2029]
CATEGORIES = {"Staff": "staff", "Delivery": "delivery"}
PARTNERS = {"Anytown Council": "", "Family Trust": "7"}


def read(text: str) -> list[PastedCost]:
    return [*pasted_costs.read(text, YEARS, CATEGORIES, PARTNERS).costs]


def test_a_range_with_its_headings_is_read_by_the_years_that_they_name() -> None:
    text = (
        "Cost\tType\tPartner\t2027-28\tApril 2026 to March 2027\tTotal\n"
        "Practice leads\tStaff\tFamily Trust\t£ 12,500.00\t11,000\t23,500\n"
        "\t\t\t\t\t\n"
        "Rooms\tdelivery\tAnytown Council\t-\t(500)\t-500\n"
        "Total\t\t\t12,500\t10,500\t23,000\n"
    )
    assert read(text) == [
        PastedCost("Practice leads", "staff", "7", {2027: "12,500.00", 2026: "11,000"}),
        PastedCost("Rooms", "delivery", "", {2027: "", 2026: "-500"}),
    ]
    assert pasted_costs.read(text, YEARS, CATEGORIES, PARTNERS).left_out == 2


def test_without_headings_the_columns_are_told_by_what_is_in_them() -> None:
    [cost, other] = read("Lead\tStaff\t1\t2\t\t4\t7\nA, B\tDelivery\t\t3k\t1\t\t3,001")
    assert cost == PastedCost(
        "Lead", "staff", "", {2026: "1", 2027: "2", 2028: "", 2029: "4"}
    )
    assert other.amounts == {2026: "", 2027: "3k", 2028: "1", 2029: ""}


def test_a_mistyped_amount_stays_in_its_cell_for_the_grid_to_name() -> None:
    costs = read("Lead\t1\t2\nCoach\ttbc\t3\nVan\t4\t5")
    assert costs[1] == PastedCost("Coach", "", "", {2026: "tbc", 2027: "3"})


def test_words_in_columns_of_their_own_become_the_description() -> None:
    assert read('Lead\t"two\nposts"\t5')[0].description == "Lead, two posts"
    assert read("Lead\tStaff\t5\nVan\tTransport\t6")[1].description == "Van, Transport"


def test_headings_without_years_are_left_out() -> None:
    assert read("Item\tYear 1\tYear 2\nLead\t5\t6")[0].amounts == {2026: "5", 2027: "6"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Some words", "We found no amounts"),
        ("Lead\tStaff\nVan\tDelivery", "We found no amounts"),
        ("Total\t1\t2", "We found no amounts"),
        ("\t".join("Lead123456"), "There are 6 columns of amounts, but 4 financial"),
        ("Cost\t2025-26\t2026-27\nLead\t1\t2", "2025 to 2026 is not a financial year"),
        ("Cost\t2026\t2026-27\nLead\t1\t2", "Two columns are headed with the same"),
    ],
)
def test_what_cannot_be_read_says_what_to_copy_instead(
    text: str, sentence: str
) -> None:
    with pytest.raises(NotCosts, match=sentence):
        read(text)


@given(st.text(alphabet='a1,.£-()\t\n\r" 2026', max_size=200))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        costs = read(text)
    except NotCosts:
        return
    assert all(any(cost.amounts.values()) for cost in costs)

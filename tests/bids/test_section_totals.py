"""The totals of amounts, when the page is shown and while somebody types."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from bids.domain import question_sets
from bids.forms import totals
from bids.models import Bid
from innovation.core import clock
from innovation.core.money import Money
from tests.bids.test_answers import bid_with_standard_questions
from tests.browser import page_quality
from tests.browser.fixtures import Visit, Visitor
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def costs(bid: Bid) -> str:
    return reverse("bids:own-bid-section", args=[bid.key, "costs-and-other-funding"])


def words(sum: int, requested: int | None = None, has_unreadable: bool = False) -> str:
    of = None if requested is None else Money(requested)
    return totals.Total("money__", Money(sum), has_unreadable, of).sentence


def test_a_total_says_how_far_it_is_from_the_sum_asked_for() -> None:
    assert words(0) == "Total: £0."
    assert words(123_450) == "Total: £1,234.50."
    assert words(100_000, 100_000) == "Total: £1,000. That is the £1,000 you need."
    assert words(1, 100_000) == (
        "Total: £0.01. It must equal the £1,000 you need: £999.99 is missing."
    )
    assert words(100_001, 100_000) == (
        "Total: £1,000.01. It must equal the £1,000 you need: £0.01 is too much."
    )
    assert words(500, has_unreadable=True) == (
        "Total: £5, without amounts that are not valid."
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("£1,234.50", (Money(123_450), False)),
        ("4.8m", (Money(480_000_000), False)),
        (Money(7), (Money(7), False)),
        (" ", (None, False)),
        (None, (None, False)),
        ("1,2", (None, True)),
        ("0.005", (None, True)),
        ("-5", (None, True)),
    ],
)
def test_amounts_are_read_as_the_form_reads_them(
    data: Any, expected: tuple[Money | None, bool]
) -> None:
    assert totals.parse_amount(data) == expected


def test_the_page_says_what_is_saved_and_then_what_was_sent() -> None:
    bid = bid_with_standard_questions()
    client = Client()
    client.force_login(cases.editor_of(bid.lead))
    page = client.get(costs(bid)).content.decode()
    assert "Total: £8,000. That is the £8,000 you need." in page
    assert "Total: £0." in page
    form_data = {
        "asked": "9000",
        "money__year_2014_1": "£1,000.50",
        "money__year_2015_1": "words",
        "other_funding__amount_1": "20",
    }
    answer = client.post(costs(bid), form_data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert (
        "Total: £1,000.50, without amounts that are not valid. It must equal "
        "the £9,000 you need: £7,999.50 is missing."
    ) in page
    assert "Total: £20." in page
    assert "Cost 1, 2015 to 2016: enter an amount in pounds, like 12,500" in page


def test_money_by_year_is_added_up_too() -> None:
    round = cases.round_(closes_at=None)
    draft = cases.draft(round=round, pounds=8_000)
    client = Client()
    client.force_login(cases.editor_of(draft.lead))
    address = reverse("bids:expression-section", args=[draft.key, "money"])
    assert "Total: £8,000." in client.get(address).content.decode()


def test_the_preview_adds_up_what_is_tried(client: Client) -> None:
    admin = users.administrator()
    bid = bid_with_standard_questions()
    question_set = question_sets.begin(bid.round, stage="bid", by=admin, at=clock.now())
    client.force_login(admin)
    address = reverse(
        "bids:manage-questions-preview-section",
        args=[question_set.key, "costs-and-other-funding"],
    )
    assert "Total: £0." in client.get(address).content.decode()
    answer = client.post(address, {"asked": "5", "other_funding__amount_1": "£7"})
    assert "It must equal the £5 you need: £5 is missing." in answer.content.decode()
    assert "Total: £7." in answer.content.decode()


def test_an_outsider_sees_no_total() -> None:
    client = Client()
    client.force_login(users.outsider())
    assert client.get(costs(bid_with_standard_questions())).status_code == 404


def sum_of(page: Page, names: str, row: int = 0) -> Any:
    place = f"[data-sum-row='{row}']" if row else ":not([data-sum-row])"
    return page.locator(f"[data-sum='{names}']{place}")


def line(page: Page, names: str) -> Any:
    return page.locator(f"[data-total='{names}']")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_is_told_while_somebody_types(visit: Visit, site: str) -> None:
    bid = bid_with_standard_questions()
    visitor: Visitor = visit()
    visitor.sign_in(cases.editor_of(bid.lead))
    page = visitor.go(costs(bid))
    total = line(page, "money__year_")
    expect(total).to_have_text("Total: £8,000. That is the £8,000 you need.")
    expect(total).to_have_attribute("aria-live", "polite")
    for text, sum, has_unreadable in (
        ("£1,234.50", 923_450, False),
        ("0.1", 800_010, False),
        ("4.8m", 480_800_000, False),
        ("1.005", 800_000, True),
        ("1,2", 800_000, True),
        ("-3", 800_000, True),
        ("9999999999999", 999_999_999_999_900 + 800_000, False),
        ("10000000000000", 800_000, True),
        ("", 800_000, False),
    ):
        page.get_by_label("Cost 2: 2014 to 2015").fill(text)
        expect(total).to_have_text(words(sum, 800_000, has_unreadable))
    page.get_by_label("How much funding do you need in total?").fill("£10,000")
    expect(total).to_have_text(words(800_000, 1_000_000))
    page.get_by_label("How much funding do you need in total?").fill("")
    expect(total).to_have_text("Total: £8,000.")
    page.get_by_role("button", name="Add another cost").click()
    page.get_by_label("Cost 4: 2015 to 2016").fill("5")
    expect(total).to_have_text("Total: £8,005.")
    expect(sum_of(page, "money__year_2014_")).to_have_text("£8,000")
    expect(sum_of(page, "money__year_2015_")).to_have_text("£5")
    expect(sum_of(page, "money__year_", row=4)).to_have_text("£5")
    page.get_by_label("Other funding 1: amount").fill("7k")
    expect(line(page, "other_funding__amount_")).to_have_text("Total: £7,000.")
    assert page_quality.faults(page) == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_scripts_the_saved_total_is_there(visit: Visit, site: str) -> None:
    bid = bid_with_standard_questions()
    visitor: Visitor = visit(javascript=False)
    visitor.sign_in(cases.editor_of(bid.lead))
    page = visitor.go(costs(bid))
    expect(line(page, "money__year_")).to_have_text(words(800_000, 800_000))
    expect(sum_of(page, "money__year_2014_")).to_have_text("£8,000")

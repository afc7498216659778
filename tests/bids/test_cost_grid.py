"""The costs of a bid as a grid: rows removed, a spreadsheet pasted, errors by cell."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from bids.domain import drafts, question_types
from bids.domain.answer_versions import DraftAnswer
from bids.domain.queries import case_snapshot
from bids.models import AnswerVersion, Bid, BidMoney
from innovation.core.money import Money
from tests.bids.test_answers import bid_with_standard_questions
from tests.bids.test_draft_browser import wait_for_upload
from tests.browser import page_quality
from tests.browser.fixtures import Visit, Visitor
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db

LINES = (
    "\t2014 to 2015\t2015 to 2016\n"
    "Practice leads\t£5,000.00\t1,500\n"
    "Rooms\t-\t1,500\n"
    "Total\t5,000\t3,000\n"
)


@pytest.fixture
def bid(db: None) -> Bid:
    return bid_with_standard_questions()


@pytest.fixture
def writer(bid: Bid) -> Client:
    client = Client()
    client.force_login(cases.editor_of(bid.lead))
    return client


def address(bid: Bid) -> str:
    return reverse("bids:own-bid-section", args=[bid.key, "costs-and-other-funding"])


def line(number: int, description: str = "", **values: str) -> dict[str, str]:
    texts = {"description": description, "category": "staff", **values}
    return {f"money__{name}_{number}": text for name, text in texts.items()}


def saved(bid: Bid) -> list[tuple[str, int, int]]:
    rows = BidMoney.objects.filter(bid=bid).order_by("pk")
    return [
        (row.description, row.financial_year, row.amount.pence // 100) for row in rows
    ]


def errors(page: str) -> Iterator[str]:
    """The sentences of the error summary."""
    summary = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    for item in summary.split("</a>")[:-1]:
        yield item.rpartition(">")[2]


def test_a_line_has_an_amount_for_each_year_and_a_description(
    writer: Client, bid: Bid
) -> None:
    fields = {
        "asked": "8,000",
        **line(1, "Practice leads", year_2014="5,000", year_2015="1,500"),
        **line(2, "Rooms", category="delivery", year_2015="£1,500", year_2016="0"),
    }
    answer = writer.post(address(bid), fields)
    assert answer["Location"] == reverse("bids:own-bid", args=[bid.key])
    assert saved(bid) == [
        ("Practice leads", 2014, 5_000),
        ("Practice leads", 2015, 1_500),
        ("Rooms", 2015, 1_500),
    ]
    bid = case_snapshot.with_snapshot(Bid.objects.get())
    assert bid.question_set is not None
    question = bid.question_set.questions.get(code="money")
    assert question_types.answer_text(question, bid) == (
        "Practice leads (staff): £5,000 in 2014 to 2015, £1,500 in 2015 to 2016\n"
        "Rooms (delivery): £1,500 in 2015 to 2016\n"
        "Total: £8,000"
    )
    page = writer.get(address(bid)).content.decode()
    for prefix, row, total in (
        ("money__year_2014_", "", "5,000"),
        ("money__year_2015_", "", "3,000"),
        ("money__year_", ' data-sum-row="1"', "6,500"),
        ("money__year_", "", "8,000"),
    ):
        assert f'data-sum="{prefix}"{row}>£{total}</span>' in page


def test_errors_name_the_row_and_the_year_and_what_was_typed_stays(
    writer: Client, bid: Bid
) -> None:
    fields = {
        "asked": "8,000",
        **line(1, year_2014="lots", year_2015="(500)"),
        **line(2, "Rooms"),
        **line(3, year_2016="5", category=""),
        **line(4, "Van", year_2014="1"),
        **line(5, "Van", year_2014="2"),
    }
    answer = writer.post(address(bid), fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(errors(page)) == [
        "Cost 1, 2014 to 2015: enter an amount in pounds, like 12,500",
        "Cost 1, 2015 to 2016: enter £0 or more: a cost cannot be negative",
        "Cost 2: enter an amount for at least one financial year",
        "Cost 3: select the type of cost",
        "Cost 5, description: say how this differs from cost 4, or add the two "
        "together",
    ]
    assert 'value="lots"' in page
    assert 'value="(500)"' in page
    assert saved(bid) == [("", 2014, 8_000)]
    assert AnswerVersion.objects.get(code="money", number=2).readable is False
    assert 'value="lots"' in writer.get(address(bid)).content.decode()


def test_costs_that_do_not_come_to_the_total_stay_on_the_page_and_are_saved(
    writer: Client, bid: Bid
) -> None:
    fields = {"asked": "8,000", **line(1, year_2014="5,000")}
    answer = writer.post(address(bid), fields)
    assert answer.status_code == 422
    assert list(errors(answer.content.decode())) == [
        "Your costs add up to £5,000 but you ask for £8,000: make them the same"
    ]
    assert saved(bid) == [("", 2014, 5_000)]


def test_a_row_is_removed_and_those_below_it_move_up(writer: Client, bid: Bid) -> None:
    fields = {
        **line(1, "Leads", year_2014="1"),
        **line(2, "Rooms", year_2014="2"),
        **line(3, "Van", year_2014="3", year_2015="4"),
        "remove-row": "money:2",
    }
    answer = writer.post(address(bid), fields)
    assert answer["Location"] == f"{address(bid)}#question-money"
    assert saved(bid) == [("Leads", 2014, 1), ("Van", 2014, 3), ("Van", 2015, 4)]
    page = writer.get(answer["Location"]).content.decode()
    assert "Row 2 was removed" in page
    assert 'name="money__description_2" type="text" value="Van"' in page


def test_a_row_with_a_date_is_removed_too(writer: Client, bid: Bid) -> None:
    fields = {"remove-row": "milestones:1"}
    for number, day in ((1, "3"), (2, "4")):
        start = f"milestones__due_on_{number}"
        fields |= {f"milestones__description_{number}": f"Step {number}"}
        fields |= {f"{start}_day": day, f"{start}_month": "5", f"{start}_year": "2015"}
    place = reverse("bids:own-bid-section", args=[bid.key, "milestones"])
    writer.post(place, fields)
    milestone = bid.milestones.get()
    assert (milestone.description, milestone.due_on.day) == ("Step 2", 4)


def test_more_rows_than_the_limit_stay_on_the_page_and_are_kept(
    writer: Client, bid: Bid
) -> None:
    fields = {"asked": "8,000"}
    for number in range(1, 63):
        fields |= line(number, f"Post {number}", year_2014="1")
    answer = writer.post(address(bid), fields)
    assert list(errors(answer.content.decode())) == [
        "Cost 61: remove this row. There can be at most 60",
        "Cost 62: remove this row. There can be at most 60",
    ]
    assert 'value="Post 62"' in writer.get(address(bid)).content.decode()


def test_a_pasted_range_is_put_below_what_is_there(writer: Client, bid: Bid) -> None:
    fields = {
        "asked": "8,000",
        **line(1, "Evaluator", year_2014="10"),
        "pasted-money": LINES,
        "read-pasted": "money",
    }
    answer = writer.post(address(bid), fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(errors(page)) == [
        "Cost 2: select the type of cost",
        "Cost 3: select the type of cost",
    ]
    assert 'name="money__year_2014_2" type="text"' in page
    assert 'value="5,000.00"' in page
    assert "Practice leads\t" not in page


def test_what_was_pasted_is_read_although_its_button_was_not_pressed(
    writer: Client, bid: Bid
) -> None:
    text = LINES.replace("\t2014", "Type\tCost\t2014", 1)
    text = text.replace("Practice", "Staff\tPractice").replace("Rooms", "other\tRooms")
    answer = writer.post(address(bid), {"asked": "8,000", "pasted-money": text})
    assert answer["Location"] == f"{address(bid)}#question-money"
    assert saved(bid) == [
        ("Practice leads", 2014, 5_000),
        ("Practice leads", 2015, 1_500),
        ("Rooms", 2015, 1_500),
    ]
    page = writer.get(address(bid)).content.decode()
    assert "We put 2 rows in the table. Check them. We left out 2" in page


def test_what_cannot_be_read_stays_where_it_was_pasted(
    writer: Client, bid: Bid
) -> None:
    answer = writer.post(address(bid), {"pasted-money": "Only\twords"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(errors(page)) == [
        "We found no amounts in what you pasted. Copy the cells in your spreadsheet, "
        "with a cost in each row and a financial year in each column"
    ]
    assert '<a href="#id_pasted-money">' in page
    assert "Only\twords</textarea>" in page
    assert '<details class="govuk-details" open>' in page


def test_more_pasted_rows_than_there_is_room_for_stay_where_they_were_pasted(
    writer: Client, bid: Bid
) -> None:
    text = "".join(f"Post {number}\t1\n" for number in range(200))
    fields = {**line(2, "Rooms", year_2014="2"), "pasted-money": text}
    page = writer.post(address(bid), fields).content.decode()
    assert list(errors(page)) == [
        "You pasted 200 rows with amounts, but there is room for 58: there can be at "
        "most 60 rows"
    ]
    assert "Post 199\t1" in page


def test_a_version_from_before_the_grid_is_shown_in_it(
    writer: Client, bid: Bid
) -> None:
    raw = {
        "money__financial_year_1": ["2014"],
        "money__category_1": ["staff"],
        "money__amount_1": ["5,000"],
        "money__financial_year_2": ["2015"],
        "money__category_2": ["staff"],
        "money__amount_2": ["lots"],
    }
    answer = DraftAnswer(raw_input=raw, readable=False)
    by = cases.editor_of(bid.lead)
    drafts.save(bid, {"money": answer}, by=by, at=MOMENT)
    page = writer.get(address(bid)).content.decode()
    assert 'name="money__year_2014_1" type="text" value="5,000"' in page
    assert 'name="money__year_2015_2" type="text" value="lots"' in page
    versions = writer.get(reverse("bids:own-bid-versions", args=[bid.key, "money"]))
    assert "lots" in versions.content.decode()


def test_an_outsider_pastes_and_removes_nothing(bid: Bid) -> None:
    client = Client()
    client.force_login(users.outsider())
    for fields in ({"pasted-money": LINES}, {"remove-row": "money:1"}):
        assert client.post(address(bid), fields).status_code == 404
    assert saved(bid) == [("", 2014, 8_000)]


def open_costs(visit: Visit, bid: Bid) -> Page:
    visitor: Visitor = visit()
    visitor.sign_in(cases.editor_of(bid.lead))
    page = visitor.go(address(bid))
    page.locator("[data-draft-ready]").wait_for()
    return page


def paste(page: Page, label: str, text: str) -> None:
    """As the browser does with the clipboard, which it does not lend to a test."""
    page.get_by_label(label).evaluate(
        """(field, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste",
                { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_range_is_pasted_and_a_row_removed_in_the_browser(
    visit: Visit, site: str
) -> None:
    bid = bid_with_standard_questions()
    page = open_costs(visit, bid)
    status = page.locator("#question-money [data-rows-status]")
    paste(page, "Cost 2: description", LINES + "Coach\ttbc\t5\n")
    expect(page.get_by_label("Cost 3: description")).to_have_value("Rooms")
    expect(page.get_by_label("Cost 2: 2014 to 2015")).to_have_value("5,000.00")
    expect(status).to_have_text(
        "We filled in 3 rows. Check them. We left out 2: headings, totals and rows "
        "without an amount. These are not amounts: Cost 4, 2014 to 2015."
    )
    expect(page.get_by_label("Cost 4: 2014 to 2015")).to_be_focused()
    paste(page, "Cost 4: 2014 to 2015", "(1)\t2\n3\t4\n")
    expect(page.get_by_label("Cost 4: 2014 to 2015")).to_have_value("-1")
    expect(page.get_by_label("Cost 5: 2015 to 2016")).to_have_value("4")
    page.get_by_role("button", name="Remove cost 4").click()
    expect(status).to_have_text("Row 4 was removed")
    expect(page.get_by_label("Cost 4: 2015 to 2016")).to_have_value("4")
    expect(page.get_by_label("Cost 4: description")).to_be_focused()
    for row in (2, 3, 4):
        page.get_by_label(f"Cost {row}: type of cost").select_option("other")
    wait_for_upload(page)
    assert saved(bid) == [
        ("", 2014, 8_000),
        ("Practice leads", 2014, 5_000),
        ("Practice leads", 2015, 1_500),
        ("Rooms", 2015, 1_500),
        ("", 2014, 3),
        ("", 2015, 4),
    ]
    assert page_quality.faults(page) == {}
    paste(page, "Cost 4: 2014 to 2015", "1\t2\t3\t4\t5\t6\t7\n")
    expect(page.locator("[data-read-pasted]")).to_be_focused()
    expect(page.get_by_label("Cells copied")).to_have_value("1\t2\t3\t4\t5\t6\t7\n")
    page.locator("[data-read-pasted]").click()
    error = page.get_by_role("link", name="There are 7 columns of amounts, but 4")
    expect(error).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_large_amount_and_its_sums_stay_in_one_line(visit: Visit, site: str) -> None:
    page = open_costs(visit, bid_with_standard_questions())
    amount = page.get_by_label("Cost 1: 2014 to 2015")
    amount.fill("1,200,000")
    sums = page.locator(".app-grid [data-sum]")
    expect(sums.last).to_contain_text("£1,200,000")
    lines = sums.evaluate_all(
        "nodes => nodes.map(node => node.getClientRects().length)"
    )
    assert set(lines) == {1}
    assert amount.evaluate("node => node.scrollWidth <= node.clientWidth")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_grid_prints_several_rows_to_a_page(visit: Visit, site: str) -> None:
    page = open_costs(visit, bid_with_standard_questions())
    rows = page.locator(".app-grid tbody")
    page.emulate_media(media="print")
    page.set_viewport_size(page_quality.PAPER)
    heights = rows.evaluate_all("nodes => nodes.map(node => node.offsetHeight)")
    assert max(heights) < page_quality.PAPER["height"] / 3
    expect(page.get_by_role("button", name="Remove cost 1")).to_be_hidden()


def test_money_of_other_years_is_in_the_grid_too(writer: Client, bid: Bid) -> None:
    bid.money.create(financial_year=2020, category="other", amount=Money.pounds(1))
    page = writer.get(address(bid)).content.decode()
    assert 'name="money__year_2020_2" type="text" value="1"' in page

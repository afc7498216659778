"""Adding a row to an answer: by a new page without scripts, and at once with them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from bids.domain import question_sets, standard_questions
from bids.models import AnswerVersion, Bid, Expression
from innovation.audit import events
from innovation.core import clock
from tests.bids.test_answers import bid_with_standard_questions
from tests.bids.test_draft_browser import wait_for_upload
from tests.browser import page_quality
from tests.browser.fixtures import Visit, Visitor
from tests.dates import OPENS_AT
from tests.factories import cases, users

WORDS = "barriers__law_or_rule_{}"
STOPS = "barriers__what_it_stops_{}"


@pytest.fixture
def draft(db: None) -> Expression:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    standard_questions.publish(round, by=events.SERVICE, at=OPENS_AT)
    return cases.draft(round=round, complete=False)


@pytest.fixture
def writer(draft: Expression) -> Client:
    client = Client()
    client.force_login(cases.editor_of(draft.lead))
    return client


def section(draft: Expression, slug: str = "support-and-barriers") -> str:
    return reverse("bids:expression-section", args=[draft.key, slug])


def row_count(page: Any, name: str = WORDS) -> int:
    """How many the page draws."""
    text = page.content.decode()
    return sum(f'name="{name.format(number)}"' in text for number in range(1, 99))


def barrier_fields(*laws: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for number, law in enumerate(laws, start=1):
        values |= {WORDS.format(number): law, STOPS.format(number): law and "A team"}
    return values


def saved_laws(draft: Expression) -> list[str]:
    return list(draft.barriers.order_by("pk").values_list("law_or_rule", flat=True))


def test_the_button_saves_and_comes_back_with_one_row_more_and_the_place_in_it(
    writer: Client, draft: Expression
) -> None:
    address = section(draft)
    assert row_count(writer.get(address)) == 2
    form_data = barrier_fields("One", "Two") | {"another-row": "barriers:3"}
    answer = writer.post(address, form_data)
    assert answer["Location"] == (
        f"{address}?another-row=barriers%3A3#id_{WORDS.format(3)}"
    )
    assert saved_laws(draft) == ["One", "Two"]
    page = writer.get(answer["Location"])
    assert row_count(page) == 4
    second_answer = writer.post(
        address, barrier_fields("One", "Two", "", "") | {"another-row": "barriers:5"}
    )
    assert row_count(writer.get(second_answer["Location"])) == 5


def test_saving_afterwards_goes_on_as_ever(writer: Client, draft: Expression) -> None:
    address = f"{section(draft)}?another-row=barriers:5"
    answer = writer.post(address, barrier_fields("One", "", "", "", "Five"))
    assert answer["Location"] == reverse("bids:expression", args=[draft.key])
    assert saved_laws(draft) == ["One", "Five"]


def test_who_came_from_the_check_goes_back_there_all_the_same(
    writer: Client, draft: Expression
) -> None:
    address = f"{section(draft)}?from=check"
    more = writer.post(address, {"another-row": "barriers:3"})["Location"]
    address = more.partition("#")[0]
    answer = writer.post(address, barrier_fields("One"))
    assert answer["Location"] == reverse("bids:expression-check", args=[draft.key])


def test_what_cannot_be_read_is_kept_and_comes_back_with_the_row(
    writer: Client, draft: Expression
) -> None:
    form_data = {WORDS.format(1): "One", "another-row": "barriers:3"}
    page = writer.post(section(draft), form_data)
    assert page.status_code == 422
    assert row_count(page) == 3
    text = page.content.decode()
    assert "Law or rule 1: enter what it stops you from doing" in text
    assert 'value="barriers:4"' in text
    assert AnswerVersion.objects.get(code="barriers").readable is False
    assert row_count(writer.get(section(draft))) == 2


def test_the_page_shows_every_row_there_is_whatever_the_address_asks_for(
    writer: Client, draft: Expression
) -> None:
    writer.post(section(draft), barrier_fields("One", "Two", "Three"))
    for requested, count in (("1", 5), ("7", 7), ("999", 60), ("x", 5), ("", 5)):
        page = writer.get(f"{section(draft)}?another-row=barriers:{requested}")
        assert row_count(page) == count, requested
    assert (
        'name="another-row"'
        not in writer.get(f"{section(draft)}?another-row=barriers:60").content.decode()
    )


def test_somebody_elses_newer_row_is_met_with_both_texts(
    writer: Client, draft: Expression
) -> None:
    shown_numbers = writer.get(section(draft)).context["seen"]
    other = Client()
    other.force_login(users.applicant(draft.lead))
    other.post(section(draft), barrier_fields("Theirs"))
    form_data = barrier_fields("Mine") | {
        "seen": shown_numbers,
        "another-row": "barriers:3",
    }
    answer = writer.post(section(draft), form_data)
    assert answer["Location"] == reverse("bids:expression-overtaken", args=[draft.key])
    assert saved_laws(draft) == ["Theirs"]
    assert AnswerVersion.objects.filter(set_aside=True).count() == 1


def test_an_outsider_adds_nothing(draft: Expression) -> None:
    client = Client()
    client.force_login(users.outsider())
    form_data = barrier_fields("One") | {"another-row": "barriers:3"}
    assert client.post(section(draft), form_data).status_code == 404
    assert not AnswerVersion.objects.exists()


def test_the_preview_draws_another_row_and_keeps_nothing(draft: Expression) -> None:
    admin = users.administrator()
    question_set = question_sets.begin(
        draft.round, stage="expression", by=admin, at=clock.now()
    )
    client = Client()
    client.force_login(admin)
    address = reverse(
        "bids:manage-questions-preview-section",
        args=[question_set.key, "support-and-barriers"],
    )
    page = client.post(address, barrier_fields("One") | {"another-row": "barriers:3"})
    assert (page.status_code, row_count(page)) == (200, 3)
    assert not AnswerVersion.objects.exists()


def bid_costs(bid: Bid) -> str:
    return reverse("bids:own-bid-section", args=[bid.key, "costs-and-other-funding"])


def open_costs(visit: Visit, bid: Bid, **how: Any) -> Page:
    visitor: Visitor = visit(**how)
    visitor.sign_in(cases.editor_of(bid.lead))
    page = visitor.go(bid_costs(bid))
    if how.get("javascript", True):
        page.locator("[data-draft-ready]").wait_for()
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name"))


def amounts(bid: Bid) -> list[int]:
    return sorted(row.amount.pence for row in bid.money.all())


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_row_is_added_in_place_by_keyboard_and_saved_by_the_page(
    visit: Visit, site: str
) -> None:
    bid = bid_with_standard_questions()
    page = open_costs(visit, bid)
    page.get_by_label("Cost 3: 2014 to 2015").fill("nonsense")
    button = page.get_by_role("button", name="Add another cost")
    button.focus()
    page.keyboard.press("Enter")
    assert focused(page) == "money__description_4"
    added = page.get_by_label("Cost 4: 2016 to 2017")
    assert added.input_value() == ""
    page.get_by_label("Cost 3: 2014 to 2015").fill("")
    page.get_by_label("Cost 4: type of cost").select_option("evaluation")
    added.fill("£1,234.50")
    page.get_by_label("How much funding do you need in total?").fill("9,234.50")
    wait_for_upload(page)
    assert amounts(bid) == [123_450, 800_000]
    assert page_quality.faults(page) == {}
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**" + reverse("bids:own-bid", args=[bid.key]))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_was_typed_in_an_added_row_comes_back_after_a_crash(
    visit: Visit, site: str
) -> None:
    bid = bid_with_standard_questions()
    page = open_costs(visit, bid)
    page.route("**/sections/**", lambda route: route.abort())
    page.get_by_role("button", name="Add another cost").click()
    page.get_by_label("Cost 4: 2014 to 2015").fill("77")
    page.unroute("**/sections/**")
    page.reload()
    page.locator("[data-draft-ready]").wait_for()
    expect(page.get_by_label("Cost 4: 2014 to 2015")).to_have_value("77")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_scripts_the_page_turns_and_the_new_row_has_the_focus(
    visit: Visit, site: str
) -> None:
    bid = bid_with_standard_questions()
    page = open_costs(visit, bid, javascript=False)
    page.get_by_label("Other funding 1: from whom?").fill("A trust")
    page.get_by_label("Other funding 1: financial year").select_option(index=1)
    page.get_by_label("Other funding 1: amount").fill("20")
    page.get_by_role("button", name="Add another source of funding").click()
    expect(page.get_by_label("Other funding 1: amount")).to_have_value("20")
    expect(page.get_by_label("Other funding 3: from whom?")).to_be_focused()
    assert bid.other_funding.count() == 1
    page.get_by_label("Other funding 2: from whom?").fill("Nobody")
    page.get_by_label("Other funding 2: from whom?").press("Enter")
    expect(page.get_by_text("There is a problem")).to_be_visible()

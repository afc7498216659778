"""Councils and partners in a browser: rows with suggestions, that stay one text."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from bids.models import AnswerVersion, Expression
from innovation.audit.events import SERVICE
from innovation.organisations.domain import organisations
from tests.browser.fixtures import EACH_WIDTH, Visit, Visitor
from tests.dates import MOMENT, OPENS_AT
from tests.factories import cases, partners, users

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SOON = 10_000


@pytest.fixture
def draft(site: str) -> Expression:
    for name in ("Eastshire", "Eastvale", "Southshire"):
        users.council_organisation(users.council(name))
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    return cases.draft(round=round, complete=False)


@pytest.fixture
def visitor(visit: Visit, draft: Expression) -> Visitor:
    return open_section(visit(), draft)


def open_section(visitor: Visitor, draft: Expression) -> Visitor:
    visitor.sign_in(cases.editor_of(draft.lead))
    visitor.go(
        reverse(
            "bids:expression-section", args=[draft.key, "organisation-and-partners"]
        )
    )
    visitor.page.locator("[data-draft-ready]").wait_for()
    return visitor


def box(page: Page, number: int = 1) -> Locator:
    return page.get_by_role("combobox", name=f"Council {number}", exact=False)


def suggestions(page: Page) -> Locator:
    return page.get_by_role("option")


def expect_saved(page: Page, draft: Expression, names: list[str]) -> None:
    """What is on its way is saved within some seconds."""
    for _ in range(SOON // 100):
        saved = [council.name for council in draft.councils.order_by("name")]
        if saved == sorted(names):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{saved} are saved")


@EACH_WIDTH
def test_a_suggestion_is_taken_with_the_keyboard_and_saved(
    visit: Visit, draft: Expression, width: int
) -> None:
    visitor = visit(width=width)
    page = open_section(visitor, draft).page
    box(page).press_sequentially("east")
    expect(suggestions(page)).to_have_count(2, timeout=SOON)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    visitor.check("names/suggested")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    name = suggestions(page).nth(1).inner_text()
    active = suggestions(page).nth(1)
    expect(active).to_have_attribute("aria-selected", "true")
    identity = active.get_attribute("id")
    expect(box(page)).to_have_attribute("aria-activedescendant", identity or "?")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value(name)
    expect(suggestions(page)).to_have_count(0)
    expect_saved(page, draft, [name])
    visitor.check("names/chosen")


def test_escape_and_tab_leave_what_was_typed(visitor: Visitor) -> None:
    page = visitor.page
    box(page).press_sequentially("east")
    expect(suggestions(page)).to_have_count(2, timeout=SOON)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(suggestions(page)).to_have_count(0)
    expect(box(page)).to_have_value("east")
    box(page).press_sequentially("v")
    expect(suggestions(page)).to_have_count(1, timeout=SOON)
    page.keyboard.press("Tab")
    expect(suggestions(page)).to_have_count(0)
    expect(box(page)).to_have_value("eastv")


def test_rows_are_added_and_removed_and_stay_lines_of_one_text(
    visitor: Visitor, draft: Expression
) -> None:
    page = visitor.page
    names = [council.name for council in draft.councils.model.objects.all()][:3]
    for number, name in enumerate(names, start=1):
        if number > 1:
            page.get_by_role("button", name="Add another council").click()
        expect(box(page, number)).to_be_focused() if number > 1 else None
        box(page, number).fill(name)
    expect_saved(page, draft, names)
    version = AnswerVersion.objects.filter(code="councils").latest("number")
    assert version.raw_input == {"councils": ["\n".join(names)]}
    page.get_by_role("button", name=f"Remove {names[1]}").click()
    expect(box(page, 2)).to_be_focused()
    expect(box(page, 2)).to_have_value(names[2])
    page.reload()
    page.locator("[data-draft-ready]").wait_for()
    expect(box(page, 1)).to_have_value(names[0])
    expect(box(page, 2)).to_have_value(names[2])
    expect(box(page, 3)).to_have_count(0)
    visitor.check("names/rows")


def test_lines_pasted_into_a_row_become_rows(
    visitor: Visitor, draft: Expression
) -> None:
    page = visitor.page
    names = [council.name for council in draft.councils.model.objects.all()][:3]
    box(page).evaluate(
        """(input, text) => {
            const data = new DataTransfer();
            data.setData("text", text);
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            input.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        "\r\n".join(names),
    )
    for number, name in enumerate(names, start=1):
        expect(box(page, number)).to_have_value(name)
    expect_saved(page, draft, names)


def test_what_is_not_found_is_said_and_the_summary_leads_to_the_row(
    visitor: Visitor, draft: Expression
) -> None:
    page = visitor.page
    box(page).fill("Nowhereshire")
    page.get_by_role("button", name="Save and continue").click()
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    summary.get_by_role("link", name=re.compile("Nowhereshire")).click()
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("Nowhereshire")
    visitor.check("names/not-found")


def test_without_scripts_a_partner_that_is_not_listed_is_added(
    visit: Visit, draft: Expression
) -> None:
    visitor = visit(javascript=False)
    visitor.sign_in(cases.editor_of(draft.lead))
    page = visitor.go(
        reverse(
            "bids:expression-section", args=[draft.key, "organisation-and-partners"]
        )
    )
    box = page.get_by_label("Which other organisations take part?")
    box.fill("Open Doors")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("main")).to_contain_text(
        "There is no registered organisation called “Open Doors”"
    )
    visitor.save_picture("partners/not-found")
    name = "Save and add a partner that is not listed"
    page.get_by_role("button", name=name).click()
    expect(page.get_by_label("Name of the organisation")).to_have_value("Open Doors")
    visitor.save_picture("partners/add")
    page.get_by_label("Charity", exact=True).check()
    page.get_by_label("Which register is it in?").select_option("GB-CHC")
    page.get_by_label("Its number in that register").fill("12")
    page.get_by_role("button", name="Add partner", exact=True).click()
    expect(page.locator("main")).to_contain_text("A charity number has 6 or 7 digits")
    visitor.save_picture("partners/wrong-number")
    page.get_by_label("Its number in that register").fill("1090095")
    page.get_by_role("button", name="Add partner", exact=True).click()
    expect(box).to_have_value("Open Doors")
    visitor.save_picture("partners/added")
    assert [partner.name for partner in draft.partners.all()] == ["Open Doors"]


def test_with_scripts_what_was_typed_goes_along_and_comes_back(
    visitor: Visitor, draft: Expression
) -> None:
    page = visitor.page
    partner = page.get_by_role("combobox", name="Partner 1", exact=False)
    partner.fill("Open Doors")
    box(page).fill("Nowhere yet")
    box(page).fill("")
    name = "Save and add a partner that is not listed"
    page.get_by_role("button", name=name).click()
    page.get_by_label("Charity", exact=True).check()
    page.get_by_role("button", name="Add partner", exact=True).click()
    expect(partner).to_have_value("Open Doors")
    visitor.check("partners/added-row")
    status = page.locator("[data-draft-status]")
    expect(status).not_to_contain_text("We brought back")
    page.get_by_role("button", name="Save and continue").click()
    tasks = reverse("bids:expression", args=[draft.key])
    expect(page).to_have_url(re.compile(f"{tasks}(#.*)?$"))


def test_officials_see_what_it_could_be_and_merge_it(site: str, visit: Visit) -> None:
    kept = organisations.register(
        name="Open Doors Trust", applicant_type="charity", by=SERVICE, at=MOMENT
    )
    added = partners.to_check("Open Doors Trst", scheme="GB-CHC", number="1090095")
    visitor = visit()
    visitor.sign_in(users.official())
    page = visitor.go(reverse("bids:partner-checks"))
    visitor.check("partners/to-check")
    page.get_by_role("link", name=added.name).click()
    page.get_by_role("link", name=re.compile("Merge into it")).first.wait_for()
    visitor.check("partners/check")
    page.get_by_role("link", name=re.compile(f"Merge into it.*{kept.name}")).click()
    expect(page.get_by_label("Which organisation is it?")).to_have_value(kept.key)
    visitor.check("partners/merge")
    page.get_by_role("button", name="Merge").click()
    expect(page.locator("main")).to_contain_text("There is nothing to check")
    added.refresh_from_db()
    assert added.current == kept
    page = visitor.go(reverse("accounts:organisation", args=[added.key]))
    visitor.check("partners/kept")
    visitor.go(reverse("accounts:merge", args=[kept.key]))
    visitor.check("partners/merge-organisation")
    case = Expression.objects.get(submitted_at__isnull=False)
    visitor.go(case.get_absolute_url())
    visitor.check("partners/case")
    visitor.go(reverse("accounts:councils"))
    visitor.check("partners/councils")

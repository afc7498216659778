"""Two edit one round: the page that asks, without scripts and by the keyboard alone."""

import pytest
from django.urls import reverse

from bids.models import Round
from tests.browser.fixtures import EACH_WIDTH, Visit
from tests.factories import cases, users

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@EACH_WIDTH
@pytest.mark.parametrize("javascript", [False, True], ids=["plain", "scripts"])
def test_whoever_comes_second_chooses_by_the_keyboard(
    visit: Visit, width: int, javascript: bool
) -> None:
    round = cases.submitted_expression(
        round=cases.round_(summary="For families.")
    ).round
    address = reverse("bids:manage-round-change", args=[round.key])
    first, second = visit(width, javascript), visit(width, javascript)
    for visitor in (first, second):
        visitor.sign_in(users.administrator())
        visitor.go(address)
    check = first.check if javascript else lambda name: None  # axe needs scripts
    check("round-change")
    second.page.get_by_label("What is it for?").fill("For families and carers.")
    second.page.get_by_role("button", name="Save").click()
    second.page.wait_for_url(f"**{reverse('bids:manage-round', args=[round.key])}*")
    page = first.page
    page.get_by_label("What is it for?").fill("For children in care.\nAnd carers.")
    page.get_by_label("Name").fill("A better name")
    page.get_by_label("Name").press("Enter")
    page.get_by_role("heading", name="Somebody else changed this").wait_for()
    check("round-overtaken")
    page.get_by_role("button", name="Save what I chose").press("Enter")
    page.get_by_role("heading", name="There is a problem").wait_for()
    check("round-overtaken-unanswered")
    page.get_by_role("link", name="Select which you want").press("Enter")
    if javascript:
        page.keyboard.press("ArrowDown")
    else:
        page.get_by_label("Save what you typed").press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('bids:manage-round', args=[round.key])}*")
    reloaded = Round.objects.get(pk=round.pk)
    assert reloaded.summary == "For children in care.\nAnd carers."
    assert reloaded.name == "A better name"

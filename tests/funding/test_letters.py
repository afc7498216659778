"""Every letter of the answering side, as it is read."""

import pytest

from funding.domain import awards, payments, variations
from innovation.notifications import rendering
from innovation.notifications.models import Letter
from tests import cast, grants

pytestmark = pytest.mark.django_db


def words(kind: str) -> tuple[str, str]:
    return rendering.words(Letter.objects.filter(kind=kind).latest("pk"))


def test_the_letters_of_a_whole_grant_leave_no_gap() -> None:
    """A fact missing from a letter shows as nothing: two spaces, or a bare “£”."""
    award, manager = grants.active(), cast.grant_manager()
    grants.report(award)
    change = grants.variation(award)
    variations.refuse(change, answer="Too late.", by=manager, at=grants.HELD)
    payment = grants.requested(award)
    finance = cast.finance()
    payments.refuse(payment, reason="No invoice.", by=finance, at=grants.HELD)
    payments.request(payment, by=manager, at=grants.HELD)
    payments.release(payment, by=finance, at=grants.HELD)
    awards.suspend(award, reason="Checks.", by=manager, at=grants.HELD)
    awards.resume(award, by=manager, at=grants.HELD)
    awards.terminate(
        award, reason="It stopped.", lessons="", by=manager, at=grants.HELD
    )

    mine = Letter.objects.exclude(kind__startswith="expression").exclude(
        kind__startswith="bid"
    )
    assert mine.values("kind").distinct().count() == 11
    for letter in mine:
        title, text = rendering.words(letter)
        for line in (title, *text.splitlines()):
            assert "  " not in line
            assert not line.endswith((":", " ")) or line.endswith(("here:", "read:"))


def test_an_offer_says_how_much_and_where_to_answer() -> None:
    award = grants.offered()

    title, text = words("award_offered")

    assert title == f"You are offered a grant: {award.title}"
    assert "You are offered a grant of £8,000" in text
    assert f"/grants/{award.key}/" in text


def test_a_report_is_asked_for_in_plain_words() -> None:
    grants.report()

    title, text = words("monitoring_asked")

    assert title.startswith("A report is due on 15 January 2015")
    assert "October to December 2014" in text


def test_the_letter_with_the_papers_says_when_the_meeting_is() -> None:
    item = grants.item()

    _, text = words("board_papers")

    assert "on 19 November 2014 at 10:30am" in text
    assert f"/board/{item.meeting.key}/" in text


def test_a_refused_payment_says_why() -> None:
    payment = grants.requested()
    payments.refuse(payment, reason="No invoice.", by=cast.finance(), at=grants.HELD)

    _, text = words("payment_refused")

    assert "The payment of £8,000" in text
    assert "No invoice." in text

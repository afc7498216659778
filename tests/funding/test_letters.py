"""Every letter of the answering side, as it is read."""

import re

import pytest
from django.conf import settings

from funding.domain import awards, decisions, payments, variations
from innovation.notifications import rendering
from innovation.notifications.models import Letter
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def words(kind: str) -> tuple[str, str]:
    return rendering.render_letter(Letter.objects.filter(kind=kind).latest("pk"))


def test_the_letters_of_a_grant_have_all_their_facts() -> None:
    """A fact missing from a letter shows as nothing: two spaces, or a bare “£”."""
    award, manager = grants.active_award(), users.grant_manager()
    grants.monitoring_report(award)
    change = grants.variation(award)
    variations.refuse(change, answer="Too late.", by=manager, at=grants.MEETING_AT)
    payment = grants.requested_payment(award)
    finance = users.finance()
    payments.refuse(payment, reason="No invoice.", by=finance, at=grants.MEETING_AT)
    payments.request(payment, by=manager, at=grants.MEETING_AT)
    payments.release(payment, by=finance, at=grants.MEETING_AT)
    awards.suspend(award, reason="Checks.", by=manager, at=grants.MEETING_AT)
    awards.resume(award, by=manager, at=grants.MEETING_AT)
    awards.terminate(
        award, reason="It stopped.", lessons="", by=manager, at=grants.MEETING_AT
    )

    mine = Letter.objects.exclude(kind__startswith="expression").exclude(
        kind__regex="^(bid|assessment)"
    )
    assert mine.values("kind").distinct().count() == 12
    for letter in mine:
        title, text = rendering.render_letter(letter)
        for line in (title, *text.splitlines()):
            assert "  " not in line
            assert not line.endswith(" ")
        assert not re.search(r":\n\n(?!> )", text), "nothing is quoted"
        assert text.startswith("Hello\n\n")
        assert text.endswith(f"\n\n{settings.SERVICE_NAME}\n")


def test_an_offer_says_how_much_and_where_to_answer() -> None:
    award = grants.offered_award()

    title, text = words("award_offered")

    assert title == f"We are offering you a grant, and need your answer: {award.key}"
    assert "We are offering you a grant of £8,000" in text
    assert f"/grants/{award.key}/" in text


def test_a_withdrawn_offer_says_how_much_and_why() -> None:
    award = grants.withdrawn_offer()

    title, text = words("award_withdrawn")

    assert title == f"The offer of a grant is withdrawn: {award.key}"
    assert f"The offer {award.key} of £8,000 for “{award.title}” is withdrawn." in text
    assert "The reason:\n\n> It came too late." in text


def test_a_report_is_asked_for_in_plain_words() -> None:
    grants.monitoring_report()

    title, text = words("monitoring_asked")

    assert title.startswith("A report is due by 11:59pm (UK time) on 20 November 2014")
    assert "October to December 2014" in text


def test_the_letter_with_the_papers_says_when_the_meeting_is() -> None:
    item = grants.agenda_item()

    _, text = words("board_papers")

    assert "on 19 November 2014 at 10:30am" in text
    assert f"/board/{item.meeting.key}/" in text


def test_a_refused_payment_says_why() -> None:
    payment = grants.requested_payment()
    payments.refuse(
        payment, reason="No invoice.", by=users.finance(), at=grants.MEETING_AT
    )

    _, text = words("payment_refused")

    assert "The payment of £8,000" in text
    assert "No invoice." in text


def test_the_recipient_gets_a_letter_about_recovered_money() -> None:
    payment = grants.paid_payment()
    payments.recover(
        payment, reason="Paid twice.", by=users.finance(), at=grants.MEETING_AT
    )

    title, text = words("payment_recovered")

    assert title.startswith("A payment of £8,000 was returned: ")
    assert "The reason:\n\n> Paid twice." in text


@pytest.mark.parametrize("noun", ["bid", "application for a seed grant"])
def test_a_decision_leads_to_the_case_and_names_what_was_sent(noun: str) -> None:
    seed = noun != "bid"
    bid = cases.seed_bid() if seed else grants.bid_with_minister()
    by = users.approver() if seed else users.minister()
    decisions.approve(bid, amounts=grants.amounts(), by=by, at=grants.MEETING_AT)

    title, text = words("decision_approved")

    assert title == f"Your {noun} was approved: {bid.key}"
    assert f"/apply/bids/{bid.key}\n" in text


def test_the_letter_about_a_seed_grant_mentions_no_bid_to_write() -> None:
    cases.seed_bid()
    _, text = words("expression_taken_forward")
    assert "do not have to do anything" in text

    cases.bid_in_development()
    _, text = words("expression_taken_forward")
    assert "Continue with it: " in text

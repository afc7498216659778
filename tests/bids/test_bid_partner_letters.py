"""A partner's letter in a bid, as text or as a file."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from bids.domain import standard_questions
from bids.models import Bid, CaseDocument
from innovation.audit import events
from tests.bids.test_answers import bid_with_standard_questions
from tests.dates import MOMENT
from tests.documents import sample_files
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
CODE = "partner_letter_files"


@pytest.fixture
def bid(tmp_path: Path, settings: Settings) -> Bid:
    settings.MEDIA_ROOT = tmp_path
    settings.CLAMD = ""
    return bid_with_standard_questions()


def editor_client(bid: Bid) -> Client:
    client = Client()
    client.force_login(cases.editor_of(bid.lead))
    return client


def page_url(bid: Bid, name: str, *more: str) -> str:
    return reverse(f"bids:own-bid-{name}", args=[bid.key, *more])


def test_a_new_round_asks_for_files_after_the_words_and_needs_none(bid: Bid) -> None:
    assert bid.question_set is not None
    codes = list(bid.question_set.questions.values_list("code", "kind", "required"))
    place = codes.index(("partner_letters", "partner_letters", False))
    assert codes[place + 1] == (CODE, "upload", False)


def test_a_set_published_before_is_left_as_it_is() -> None:
    round = cases.round_()
    before = cases.question_set(round, "bid")
    standard_questions.publish(round, by=events.SERVICE, at=MOMENT)
    assert list(round.question_sets.filter(stage="bid")) == [before]
    assert not before.questions.filter(code=CODE).exists()


def test_what_was_typed_is_saved_on_the_way_to_the_files(bid: Bid) -> None:
    partner = bid.partners.get()
    form_data = {
        "partner_letters__organisation_1": str(partner.pk),
        "partner_letters__received_on_1_day": "1",
        "partner_letters__received_on_1_month": "11",
        "partner_letters__received_on_1_year": "2014",
        "partner_letters__text_1": "We take part.",
        "then": CODE,
    }
    answer = editor_client(bid).post(
        page_url(bid, "section", "partner-letters"), form_data
    )
    assert answer["Location"] == page_url(bid, "files", CODE)
    assert bid.partner_letters.get().text == "We take part."


def test_a_letter_is_added_as_a_file_and_read_by_both_sides(bid: Bid) -> None:
    client = editor_client(bid)
    address = page_url(bid, "files", CODE)
    answer = client.post(address, {"chosen": [sample_files.upload("letter.pdf")]})
    assert answer["Location"] == address
    assert CaseDocument.objects.get().code == CODE
    section = client.get(page_url(bid, "section", "partner-letters")).content.decode()
    assert "letter.pdf" in section
    assert "Letters from your partners, as files (optional)" in section
    official = Client()
    official.force_login(users.official())
    read = official.get(reverse("bids:bid", args=[bid.key])).content.decode()
    assert "letter.pdf" in read


def test_an_outsider_and_the_partner_itself_add_nothing(bid: Bid) -> None:
    for outsider in (users.outsider(), users.applicant(bid.partners.get())):
        client = Client()
        client.force_login(outsider)
        form_data = {"chosen": [sample_files.upload("letter.pdf")]}
        assert client.post(page_url(bid, "files", CODE), form_data).status_code == 404
    assert not CaseDocument.objects.exists()

"""Every state has words, and a sentence is written as people write."""

from funding import states, wording
from innovation.audit.presenters import Audience, sentences, stage_tag
from innovation.audit.presenters import _format_fact as dated


def test_every_state_has_its_tag() -> None:
    assert set(wording.AWARD_TAGS) == set(states.AwardState)
    assert set(wording.PAYMENT_TAGS) == set(states.PaymentState)
    assert set(wording.MEETING_TAGS) == set(states.MeetingState)
    assert set(wording.VARIATION_TAGS) == set(states.VariationState)


def test_the_recipient_sees_other_words_for_an_offer() -> None:
    assert stage_tag("award.offered", Audience.DEPARTMENT) == ("Offered", "yellow")
    own = stage_tag("award.offered", Audience.APPLICANT)
    assert own == ("You have an offer", "yellow")


def test_a_day_in_a_sentence_is_written_out() -> None:
    named = "Gwen announced the award for 21 November 2026"
    facts = {"actor": "Gwen", "on": dated("on", "2026-11-21")}
    sentence = sentences[Audience.DEPARTMENT, "award.announced"]
    assert sentence.text.format(**facts) == named
    assert dated("on", "DHT-2026-11-21") == "DHT-2026-11-21"

"""Offers: answered by a day, on the terms that the recipient reads and accepts."""

import re
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from bids.models import Round
from funding.domain import awards, offers, terms
from funding.models import Offer, Terms
from innovation.audit.models import Event
from innovation.core.clock import london_day
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.formatting import format_deadline
from innovation.notifications import rendering
from innovation.notifications.models import Letter
from tests.database_guards import disable_guards
from tests.factories import grants, users
from tests.funding.page_requests import client_for, get_status, page_url, post_form
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
DAY = london_day(grants.MEETING_AT)


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def publish(round: Round, text: str = "Spend it on the project.") -> Terms:
    manager = users.grant_manager()
    return terms.publish(round=round, text=text, by=manager, at=grants.MEETING_AT)


def test_an_offer_keeps_the_version_of_its_day_and_says_who_accepted_it() -> None:
    bid = grants.approved_bid()
    first = publish(bid.round)
    award = awards.offer(
        bid,
        reply_by=DAY + timedelta(days=10),
        conditions="Share what you learn.",
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )
    second = publish(bid.round, "Other terms.")
    holder = grants.recipient_of(award)
    page = client_for(holder).get(page_url("grant-accept", award)).content.decode()
    assert "Spend it on the project." in page
    assert "Other terms." not in page
    assert "Share what you learn." in page
    assert "£8,000" in page
    assert f"{award.lead} agrees to this offer and the terms" in page
    assert f"by {format_deadline(DAY + timedelta(days=10))}" in page
    assert (first.version, second.version) == (1, 2)

    refused = client_for(holder).post(page_url("grant-accept", award), {})
    assert refused.status_code == 422
    assert "Confirm that you agree" in refused.content.decode()
    post_form(holder, "grant-accept", award, agreed="on")

    offer = Offer.objects.get()
    assert (offer.terms, offer.answered_by) == (first, holder)
    event = Event.objects.get(name="award.accepted")
    assert event.data == {"terms": first.key, "version": 1}
    official = users.official()
    page = client_for(official).get(page_url("award", award)).content.decode()
    assert f"{holder}, " in page
    assert page_url("terms-version", first) in page
    own = client_for(holder).get(page_url("grant-terms", award)).content.decode()
    assert f"{holder} accepted them on" in own


def test_nobody_else_reads_or_answers_the_offer() -> None:
    bid = grants.approved_bid()
    version = publish(bid.round)
    award = awards.offer(bid, by=users.grant_manager(), at=grants.MEETING_AT)
    outsider = users.applicant(users.organisation("Elsewhere"))
    colleague = users.applicant(not_none(award.lead), "editor")
    pages = ("grant", "grant-accept", "grant-decline", "grant-terms")
    assert [get_status(outsider, name, award) for name in pages] == [404] * 4
    assert [get_status(colleague, name, award) for name in pages] == [
        200,
        403,
        403,
        200,
    ]
    for person in (outsider, colleague, users.official()):
        with pytest.raises(NotAllowed):
            awards.accept(award, by=person, at=grants.MEETING_AT)
    assert get_status(outsider, "terms-version", version) == 403
    assert get_status(users.finance(), "terms-version", version) == 200
    assert get_status(users.finance(), "terms-publish") == 403
    with pytest.raises(NotAllowed):
        terms.publish(round=bid.round, text="Mine.", by=outsider, at=grants.MEETING_AT)


def test_an_offer_can_be_dated_anew_until_it_is_answered() -> None:
    award, manager = grants.offered_award(), users.grant_manager()
    later = DAY + timedelta(days=60)
    offers.redate(award, reply_by=later, by=manager, at=grants.MEETING_AT)

    assert Offer.objects.get().reply_by == later
    letter = Letter.objects.filter(kind="offer_redated").latest("pk")
    assert format_deadline(later) in (rendering.render_letter(letter)[1])
    for day in (DAY, DAY + timedelta(days=400)):
        with pytest.raises(Invalid):
            offers.redate(award, reply_by=day, by=manager, at=grants.MEETING_AT)
    holder = grants.recipient_of(award)
    with pytest.raises(NotAllowed):
        offers.redate(award, reply_by=later, by=holder, at=grants.MEETING_AT)
    awards.accept(award, by=holder, at=grants.MEETING_AT)
    with pytest.raises(TooLate):
        offers.redate(
            award,
            reply_by=later + timedelta(days=1),
            by=manager,
            at=grants.MEETING_AT,
        )


def test_an_offer_from_before_offers_had_dates_is_answered_but_not_dated() -> None:
    award, manager = grants.offered_award(), users.grant_manager()
    with disable_guards(Offer):
        Offer.objects.all().delete()
    page = client_for(manager).get(page_url("award", award)).content.decode()
    assert page_url("award-withdraw", award) in page
    assert page_url("award-redate-offer", award) not in page
    assert get_status(manager, "award-redate-offer", award) == 409
    with pytest.raises(TooLate, match="without a date to answer by"):
        offers.redate(award, reply_by=DAY, by=manager, at=grants.MEETING_AT)
    holder = grants.recipient_of(award)
    page = client_for(holder).get(page_url("grant-accept", award)).content.decode()
    assert "What we would pay in each financial year" in page
    assert "agrees to this offer" in page
    post_form(holder, "grant-accept", award, agreed="on")
    award.refresh_from_db()
    assert award.state == "accepted"


def test_an_overdue_offer_can_be_answered_until_it_is_withdrawn() -> None:
    award = grants.offered_award()
    holder, manager = grants.recipient_of(award), users.grant_manager()
    page = client_for(holder).get(page_url("grant", award)).content.decode()
    assert "That day has passed. You can still answer" in page
    page = client_for(manager).get(page_url("award", award)).content.decode()
    assert "Overdue" in page
    post_form(holder, "grant-accept", award, agreed="on")
    page = client_for(manager).get(page_url("award", award)).content.decode()
    assert "Overdue" not in page


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE funding_terms SET text = 'Forged'",
        "DELETE FROM funding_terms",
        "UPDATE funding_offer SET terms_id = NULL",
        "UPDATE funding_offer SET conditions = 'Forged'",
        "UPDATE funding_offer SET reply_by = reply_by + 1",
        "UPDATE funding_offer SET answered_by_id = NULL, answered_at = NULL",
    ],
)
def test_the_database_keeps_what_was_accepted(statement: str) -> None:
    bid = grants.approved_bid()
    publish(bid.round)
    award = awards.offer(bid, by=users.grant_manager(), at=grants.MEETING_AT)
    awards.accept(award, by=grants.recipient_of(award), at=grants.MEETING_AT)
    with pytest.raises(ProgrammingError, match="is evidence"), transaction.atomic():
        execute(statement)


def test_an_approved_bid_leads_to_its_grant_for_those_who_may_read_it() -> None:
    award = grants.offered_award()
    bid = not_none(award.bid)
    own, theirs = page_url("grant", award), page_url("award", award)
    history = reverse("bids:case-history", args=[bid.expression.key])
    for person, address, link, other in (
        (
            grants.recipient_of(award),
            reverse("bids:own-bid", args=[bid.key]),
            own,
            theirs,
        ),
        (users.official(), history, theirs, own),
    ):
        text = client_for(person).get(address).content.decode()
        assert text.count(f'href="{link}"') == 2
        assert other not in text
        assert re.search(f'<a [^>]*href="{link}">[^<]* offered the grant</a>', text)
    coach = users.coach()
    users.assign(coach, bid.expression)
    text = client_for(coach).get(history).content.decode()
    assert "offered the grant" in text
    assert theirs not in text

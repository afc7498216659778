"""What binds the organisation that holds a grant, only its authoriser does."""

from collections.abc import Callable
from threading import Event as Signal

import pytest
from django.db import connection, transaction

from funding.domain import authoriser_requests, awards, monitoring, payments, variations
from funding.models import Award
from innovation.accounts import policies as accounts
from innovation.accounts.domain import memberships, people
from innovation.accounts.models import Membership, Standing, User
from innovation.core.errors import Invalid, NotAllowed
from innovation.dashboard import cards
from innovation.notifications import rendering
from innovation.notifications.models import Letter
from innovation.organisations.models import Organisation
from tests.concurrency import run_concurrently
from tests.database_guards import disable_guards, force_update
from tests.factories import cases, grants, users
from tests.funding.page_requests import client_for, get_status, page_url
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
Act = Callable[[User], object]


def binding_acts() -> list[tuple[Award, Act]]:
    """Each thing that binds, with the grant it is about."""
    offer, other = grants.offered_award(), grants.offered_award()
    payment, report, running = (
        grants.planned_payment(),
        grants.monitoring_report(),
        grants.active_award(),
    )
    change = {"what_changes": "One more council.", "reason": "They asked."}
    now = grants.MEETING_AT
    return [
        (offer, lambda by: awards.accept(offer, by=by, at=now)),
        (other, lambda by: awards.decline(other, reason="No match.", by=by, at=now)),
        (payment.award, lambda by: payments.request(payment, by=by, at=now)),
        (
            report.award,
            lambda by: monitoring.hand_in(report, progress="Well.", by=by, at=now),
        ),
        (running, lambda by: variations.ask(running, **change, by=by, at=now)),
    ]


def people_without_authority(award: Award) -> list[User]:
    """Everybody near the grant who may not sign for the organisation that holds it."""
    assert award.lead is not None
    partner = users.organisation("Partner")
    with disable_guards(Award.partners.through):
        award.partners.add(partner)
    unconfirmed = users.applicant(award.lead)
    force_update(unconfirmed.memberships.all(), confirmed_at=None, confirmed_by="")
    closed = users.applicant(award.lead)
    people.deactivate(closed, by=users.administrator(), at=grants.MEETING_AT)
    return [
        users.applicant(award.lead, Standing.EDITOR),
        users.applicant(award.lead, Standing.ADMINISTRATOR),
        users.viewer(award.lead),
        users.applicant(partner),
        users.outsider(),
        unconfirmed,
        closed,
        users.official(),
    ]


def test_only_an_authoriser_of_the_holder_binds_it() -> None:
    for award, act in binding_acts():
        for by in people_without_authority(award):
            with pytest.raises(NotAllowed):
                act(User.objects.get(pk=by.pk))
        act(grants.recipient_of(award))


@pytest.mark.django_db(transaction=True)
def test_an_authoriser_whose_standing_ends_meanwhile_cannot_accept() -> None:
    """Accepted or changed first, but never accepted by one who was an editor then."""
    award = grants.offered_award()
    assert award.lead is not None
    holder, head = (
        grants.recipient_of(award),
        users.applicant(award.lead, "administrator"),
    )
    membership = Membership.objects.get(user=holder)
    locked, accepting = Signal(), Signal()

    def demote() -> None:
        with transaction.atomic():
            memberships.change_standing(
                membership, standing=Standing.EDITOR, by=head, at=grants.MEETING_AT
            )
            locked.set()
            accepting.wait(timeout=10)
            _wait_for_blocked_lock()

    def accept() -> Award:
        locked.wait(timeout=10)
        accepting.set()
        return awards.accept(award, by=holder, at=grants.MEETING_AT)

    outcomes = run_concurrently([demote, accept])

    assert isinstance(outcomes[1], NotAllowed), outcomes
    assert Award.objects.get(pk=award.pk).state == "offered"


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_would_be_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: reading the membership without holding it lets both through."""

    def read_unlocked(user: User, organisation: Organisation) -> Membership | None:
        return accounts.authorisers_of(organisation).filter(user=user).first()

    monkeypatch.setattr(accounts, "lock_authoriser", read_unlocked)
    award = grants.offered_award()
    assert award.lead is not None
    holder, head = (
        grants.recipient_of(award),
        users.applicant(award.lead, "administrator"),
    )
    membership = Membership.objects.get(user=holder)
    locked, accepted = Signal(), Signal()

    def demote() -> None:
        with transaction.atomic():
            memberships.change_standing(
                membership, standing=Standing.EDITOR, by=head, at=grants.MEETING_AT
            )
            locked.set()
            accepted.wait(timeout=10)

    def accept() -> Award:
        locked.wait(timeout=10)
        accepted_award = awards.accept(award, by=holder, at=grants.MEETING_AT)
        accepted.set()
        return accepted_award

    outcomes = run_concurrently([demote, accept])

    assert not any(isinstance(each, Exception) for each in outcomes), outcomes


def _wait_for_blocked_lock() -> None:
    """Until the other connection waits for a lock, so that the order is certain."""
    with connection.cursor() as cursor:
        for _ in range(400):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.02)")
    raise AssertionError("nobody waited")


def test_an_offer_is_sent_to_authorisers_and_their_colleagues() -> None:
    bid = cases.assessed_bid()
    signer = cases.editor_of(bid.lead)
    editor = users.applicant(bid.lead, Standing.EDITOR)
    users.outsider()
    award = grants.offered_award(bid)

    authorisers_letter = Letter.objects.get(kind="award_offered")
    colleagues_letter = Letter.objects.get(kind="award_offered_to_colleagues")
    assert (authorisers_letter.recipient, colleagues_letter.recipient) == (
        signer,
        editor,
    )
    assert (
        "you can accept or decline it" in rendering.render_letter(authorisers_letter)[1]
    )
    text = rendering.render_letter(colleagues_letter)[1]
    assert f"can accept or decline it: “{signer}”." in text
    assert f"/grants/{award.key}/" in text


def test_without_an_authoriser_colleagues_see_who_can_add_one() -> None:
    award = grants.offered_award()
    assert award.lead is not None
    Membership.objects.filter(organisation=award.lead).update(standing=Standing.EDITOR)
    editor = users.applicant(award.lead, Standing.EDITOR)
    page = client_for(editor).get(page_url("grant", award)).content.decode()
    assert "It has no authoriser yet: its administrator can invite one" in page
    assert page_url("grant-ask-authoriser", award) not in page
    with pytest.raises(Invalid, match="has no authoriser yet"):
        authoriser_requests.request_act(
            award, act=award.key, by=editor, at=grants.MEETING_AT
        )


def test_an_editor_sees_who_must_act_and_asks_them_by_letter() -> None:
    award = grants.offered_award()
    assert award.lead is not None
    editor, signer = users.applicant(award.lead, "editor"), grants.recipient_of(award)
    page = client_for(editor).get(page_url("grant", award)).content.decode()
    assert "accept or decline the offer" in page
    assert str(signer) in page
    for name in ("grant-accept", "grant-decline", "grant-ask-change"):
        assert page_url(name, award) not in page
        assert get_status(editor, name, award) == 403
    assert (
        page_url("grant-accept", award)
        in client_for(signer).get(page_url("grant", award)).content.decode()
    )

    response = client_for(editor).post(
        page_url("grant-ask-authoriser", award), {"act": award.key}
    )

    assert response.status_code == 302
    letter = Letter.objects.get(kind="grant_act_asked")
    assert letter.recipient == signer
    title, text = rendering.render_letter(letter)
    assert title == f"A colleague asks you to act on the grant {award.key}"
    assert f"“{editor}”, asks you to accept or decline the offer" in text


def test_authorisers_can_be_asked_for_pending_acts() -> None:
    payment, report = grants.planned_payment(), grants.monitoring_report()
    assert list(
        authoriser_requests.possible_acts(payment.award, grants.DUE_ON).values()
    ) == [
        "claim the payment due 20 November 2014",
        "ask the department for a change",
    ]
    assert list(
        authoriser_requests.possible_acts(report.award, grants.DUE_ON).values()
    ) == [
        "hand in the report on October to December 2014",
        "ask the department for a change",
    ]
    editor = users.applicant(payment.award.lead, "editor")
    with pytest.raises(Invalid, match="Select what they should do"):
        authoriser_requests.request_act(
            payment.award, act=report.key, by=editor, at=grants.MEETING_AT
        )
    for by in (
        users.viewer(not_none(payment.award.lead)),
        users.outsider(),
        users.official(),
    ):
        with pytest.raises(NotAllowed):
            authoriser_requests.request_act(
                payment.award, act=payment.key, by=by, at=grants.MEETING_AT
            )
    page = client_for(editor).get(page_url("grant", payment.award)).content.decode()
    assert "Prepare your claim" in page
    claim = client_for(editor).get(page_url("grant-claim", payment)).content.decode()
    assert "Claim the payment</button>" not in claim


def test_only_authorisers_have_an_offer_among_their_tasks() -> None:
    award = grants.offered_award()
    editor, signer = users.applicant(award.lead, "editor"), grants.recipient_of(award)

    def words(user: User) -> list[str]:
        shown = cards.home_cards(user, at=grants.MEETING_AT)
        return [task.words for card in shown.to_do for task in card.tasks]

    assert "Accept or decline the offer" in words(signer)
    assert "Accept or decline the offer" not in words(editor)

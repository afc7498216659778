"""Who assesses a bid is assigned, a round says how many, and there is a way back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bids.domain import assessments, bids, progress, rounds, score_spread
from bids.models import Assessment, Bid, Reopening, Round
from bids.models.round import Route
from funding.domain import interests, meetings
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.money import Money
from innovation.dashboard import queries
from innovation.notifications import rendering
from innovation.notifications.models import Letter
from tests import cases, cast, grants
from tests.dates import MOMENT, later
from tests.threads import at_once
from tests.unguarded import rewrite, unguarded

pytestmark = pytest.mark.django_db


def bid_of_two(**wanted: Any) -> Bid:
    """Its round takes two finished assessments."""
    return cases.bid_submitted(round=cases.round_(assessments_needed=2), **wanted)


def assign(bid: Bid, assessor: User, by: User | None = None) -> Assessment:
    return assessments.assign(
        bid, assessor=assessor, by=by or cast.official(), at=MOMENT
    )


def state(bid: Bid) -> str:
    return str(Bid.objects.get(pk=bid.pk).state)


# --- who -----------------------------------------------------------------------


def test_whom_nobody_assigned_assesses_nothing() -> None:
    bid = cases.bid_submitted()
    for by in (cast.official(), cast.assign(cast.coach(), bid.expression)):
        with pytest.raises(NotAllowed, match="Nobody has assigned you"):
            assessments.start(bid, by=by, at=MOMENT)


def test_nobody_assigns_themselves_and_only_those_who_assign_do() -> None:
    bid, official = cases.bid_submitted(), cast.official()
    with pytest.raises(Invalid, match="Somebody else must assign you"):
        assign(bid, official, by=official)
    coach = cast.assign(cast.coach(), bid.expression)
    for by in (coach, cast.analyst(), cast.secretary(), cases.editor_of(bid.lead)):
        with pytest.raises(NotAllowed):
            assign(bid, official, by=by)
    made = assign(bid, official)
    with pytest.raises(IntegrityError), transaction.atomic():
        rewrite(Assessment.objects.filter(pk=made.pk), assigned_by=official)


def test_who_is_near_a_case_cannot_be_assigned_to_it() -> None:
    bid = cases.bid_submitted()
    partner = cast.organisation("Partner")
    with unguarded(Bid.partners.through):
        bid.partners.add(partner)
    conflicted = cast.person("official", "board_member")
    interests.declare(
        bid,
        member=conflicted,
        nature="A sister leads it.",
        mitigation="leaves",
        by=conflicted,
        at=MOMENT,
    )
    closed = cast.official()
    User.objects.filter(pk=closed.pk).update(is_active=False)
    for near in (
        cast.join(cast.person("applicant", "official"), bid.lead),
        cast.join(cast.person("applicant", "official"), partner),
        conflicted,
        closed,
        cast.coach(),
        cast.analyst(),
        cast.minister(),
    ):
        with pytest.raises(Invalid) as refused:
            assign(bid, near)
        assert list(refused.value.problems) == ["assessor"]
    assign(bid, cast.assign(cast.coach(), bid.expression))


def test_who_comes_near_a_case_meanwhile_scores_it_no_more() -> None:
    bid, one, other = bid_of_two(), cast.official(), cast.official()
    made = cases.assessment(bid, by=one, finish=False)
    cast.join(one, bid.lead)
    with pytest.raises(NotAllowed, match="somebody else must assess it"):
        assessments.finish(made, by=one, at=MOMENT)
    assessments.set_aside(made, by=other, at=MOMENT)


def test_who_is_assigned_is_written_to_once() -> None:
    bid, official = cases.bid_submitted(), cast.official()
    assign(bid, official)
    letter = Letter.objects.get(kind="assessment_assigned")
    assert letter.recipient == official
    assert f"/bids/{bid.key}/assess" in rendering.words(letter)[1]
    with pytest.raises(Invalid, match="assesses the bid already"):
        assign(bid, official)
    event = Event.objects.get(name="assessment.assigned")
    assert event.data == {"user": official.key}


def test_whose_assessment_another_sets_aside_is_written_to() -> None:
    bid, one, other = bid_of_two(), cast.official(), cast.official()
    assessments.set_aside(assign(bid, other), by=other, at=MOMENT)
    assert not Letter.objects.filter(kind="assessment_set_aside").exists()
    assessments.set_aside(assign(bid, other), by=one, at=MOMENT)
    letter = Letter.objects.get(kind="assessment_set_aside")
    assert letter.recipient == other
    assert f"set aside by “{one}”" in rendering.words(letter)[1]


# --- how many ------------------------------------------------------------------


def test_a_bid_is_assessed_once_as_many_have_finished_as_its_round_takes() -> None:
    bid, one, other = bid_of_two(), cast.official(), cast.official()
    cases.assessment(bid, by=one)
    assert state(bid) == "submitted"
    assert progress.of(bid).missing == (
        "1 of 2 assessments is finished. 1 more assessor must be assigned."
    )
    assign(bid, other)
    assert progress.of(bid).missing == (
        f"1 of 2 assessments is finished. Waiting for {other}."
    )
    with pytest.raises(TooLate, match=f"Waiting for {other}"):
        assessments.conclude(bid, by=cast.official(), at=MOMENT)
    cases.assessment(bid, by=other)
    assert state(bid) == "assessed"


def test_setting_one_aside_makes_no_bid_assessed_by_too_few() -> None:
    bid, one, other = bid_of_two(), cast.official(), cast.official()
    cases.assessment(bid, by=one)
    assessments.set_aside(assign(bid, other), by=other, at=MOMENT)
    assert state(bid) == "submitted"


def test_scores_that_lie_far_apart_are_named() -> None:
    bid, one, other = bid_of_two(), cast.official(), cast.official()
    assign(bid, other)
    cases.assessment(bid, by=one, values=(0, 3))
    cases.assessment(bid, by=other, values=(4, 3))
    assert progress.of(bid).missing == (
        "The scores on “Impact” are far apart: moderate them."
    )


def test_who_must_agree_a_score_is_written_to_once_all_have_finished() -> None:
    bid, one, other = bid_of_two(), cast.official(), cast.official()
    assign(bid, other)
    cases.assessment(bid, by=one, values=(0, 3))
    assert not Letter.objects.filter(kind="assessment_to_moderate").exists()
    cases.assessment(bid, by=other, values=(4, 3))
    letters = Letter.objects.filter(kind="assessment_to_moderate")
    assert {letter.recipient for letter in letters} == {one, other}
    assert f"/bids/{bid.key}/assessments" in rendering.words(letters[0])[1]


def test_who_all_agree_are_not_called_to_moderate() -> None:
    bid = bid_of_two()
    for _ in range(2):
        cases.assessment(bid, by=cast.official(), values=(3, 3))
    assert state(bid) == "assessed"
    assert not Letter.objects.filter(kind="assessment_to_moderate").exists()


def test_a_round_says_how_many_until_it_has_a_case() -> None:
    by, round = cast.administrator(), cases.round_()
    facts = {name: getattr(round, name) for name in rounds.FACTS}
    rounds.change(round, facts={**facts, "assessments_needed": 3}, by=by, at=MOMENT)
    assert Round.objects.get(pk=round.pk).assessments_needed == 3
    cases.draft(round=round)
    with pytest.raises(Invalid) as refused:
        rounds.change(round, facts={**facts, "assessments_needed": 2}, by=by, at=MOMENT)
    assert list(refused.value.problems) == ["assessments_needed"]
    rounds.change(round, facts=facts | {"assessments_needed": 3}, by=by, at=MOMENT)
    for number in (0, 10):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            unguarded(Round, every_trigger=True),
        ):
            Round.objects.filter(pk=round.pk).update(assessments_needed=number)


@pytest.mark.parametrize("route", [Route.FULL, Route.SEED])
def test_a_new_round_takes_two_and_of_seed_grants_nobody_says_so(
    client: Client, route: Route
) -> None:
    cases.round_()
    client.force_login(cast.administrator())
    sent = {"programme": "innovation", "name": "New", "route": route}
    if route == Route.SEED:
        sent["award_most"] = "10,000"
    answer = client.post(reverse("bids:manage-round-add"), sent)
    assert answer.status_code == 302, answer.content.decode()
    made = Round.objects.get(name="New")
    assert made.assessments_needed == 2
    shown = client.get(answer["Location"]).content.decode()
    assert ("People who assess each bid" in shown) == (route != Route.SEED)


def test_a_round_that_was_to_be_of_seed_grants_takes_two_too() -> None:
    by, facts = cast.administrator(), {"name": "New", "route": Route.SEED}
    most = {"award_most": Money.pounds(10_000)}
    programme = cases.round_().programme
    made = rounds.add(programme=programme, facts=facts | most, by=by, at=MOMENT)
    rounds.change(made, facts={"route": Route.FULL}, by=by, at=MOMENT)
    assert Round.objects.get(pk=made.pk).assessments_needed == 2


# --- back ----------------------------------------------------------------------


def test_an_assessed_bid_is_reopened_with_a_reason_its_assessors_read() -> None:
    assessor, by = cast.official(), cast.official()
    bid = cases.bid_assessed(official=assessor)
    with pytest.raises(Invalid):
        assessments.reopen(bid, reason=" ", by=by, at=MOMENT)
    assessments.reopen(bid, reason="A cost was misread.", by=by, at=MOMENT)
    assert state(bid) == "submitted"
    reopening = Reopening.objects.get()
    assert (reopening.reason, reopening.reopened_by) == ("A cost was misread.", by)
    event = bid.chain.events.get(name="bid.reopened")
    assert (event.data, event.stage) == (
        {"reopening": reopening.key},
        "bid.submitted",
    )
    letter = Letter.objects.get(kind="assessment_reopened")
    assert letter.recipient == assessor
    assert "A cost was misread." in rendering.words(letter)[1]
    assessments.conclude(bid, by=by, at=MOMENT)
    assert state(bid) == "assessed"


def test_after_reopening_another_assesses_too() -> None:
    bid, other = cases.bid_assessed(), cast.official()
    assessments.reopen(bid, reason="One more view.", by=cast.official(), at=MOMENT)
    cases.assessment(bid, by=other)
    assert state(bid) == "assessed"
    assert bid.assessments.count() == 2


def test_only_who_assigns_reopens_and_nothing_that_was_listed() -> None:
    bid, secretary = cases.bid_assessed(), cast.secretary()
    coach = cast.assign(cast.coach(), bid.expression)
    for by in (coach, secretary, cast.analyst(), cases.editor_of(bid.lead)):
        with pytest.raises(NotAllowed):
            assessments.reopen(bid, reason="R", by=by, at=MOMENT)
        with pytest.raises(NotAllowed):
            assessments.conclude(bid, by=by, at=MOMENT)
    item = grants.item(bid=bid)
    official = cast.official()
    with pytest.raises(TooLate):
        assessments.reopen(bid, reason="R", by=official, at=MOMENT)
    meetings.hold(
        item.meeting, present=item.meeting.members.all(), by=secretary, at=grants.HELD
    )
    bids.defer(bid, by=secretary, at=grants.HELD)
    with pytest.raises(TooLate, match="was listed for the Board"):
        assessments.reopen(bid, reason="R", by=official, at=grants.HELD)
    with pytest.raises(TooLate):
        assessments.reopen(cases.bid_submitted(), reason="R", by=official, at=MOMENT)


@pytest.mark.django_db(transaction=True)
def test_of_listing_and_reopening_at_once_one_happens() -> None:
    bid, secretary, official = cases.bid_assessed(), cast.secretary(), cast.official()
    outcomes = at_once(
        [
            lambda: bids.list_for_board(bid, by=secretary, at=MOMENT),
            lambda: assessments.reopen(bid, reason="R", by=official, at=MOMENT),
        ]
    )
    assert [type(each) for each in outcomes].count(TooLate) == 1, outcomes
    assert state(bid) in {"at_board", "submitted"}


@pytest.mark.django_db(transaction=True)
def test_two_who_finish_at_once_make_one_assessed_bid() -> None:
    bid = bid_of_two()
    assessors = [cast.official(), cast.official()]
    for one in assessors:
        assign(bid, one)
    made = [cases.assessment(bid, by=one, finish=False) for one in assessors]
    calls: list[Callable[[], Any]] = [
        lambda each=each: assessments.finish(each, by=each.assessor, at=MOMENT)
        for each in made
    ]
    outcomes = at_once(calls)
    assert not any(isinstance(each, Exception) for each in outcomes), outcomes
    assert state(bid) == "assessed"
    assert Event.objects.filter(name="bid.assessed").count() == 1


# --- pages ---------------------------------------------------------------------


def test_an_official_assigns_reopens_and_concludes_on_pages(client: Client) -> None:
    by, assessor = cast.official(), cast.official()
    bid = cases.bid_submitted()
    own = cast.join(cast.person("official", name="Of the lead"), bid.lead)
    page, assigning, reopen, conclude = (
        reverse(f"bids:{name}", args=[bid.key])
        for name in ("bid-assessments", "bid-assessor", "bid-reopen", "bid-conclude")
    )
    client.force_login(by)
    shown = client.get(assigning).content.decode()
    assert f'value="{assessor.key}"' in shown
    for absent in (by, own):
        assert f'value="{absent.key}"' not in shown
    assert client.post(assigning, {"assessor": by.key}).status_code == 422
    assert client.post(assigning, {"assessor": assessor.key})["Location"] == page
    shown = client.get(page).content.decode()
    assert f"{assessor}: assigned on" in shown
    assert f"Waiting for {assessor}." in shown
    assert conclude not in shown
    refused = client.get(conclude)
    assert refused.status_code == 409
    assert f"Waiting for {assessor}." in refused.content.decode()
    assert (
        f"{assessor}: assigned on"
        in client.get(reverse("bids:bid", args=[bid.key])).content.decode()
    )

    cases.assessment(bid, by=assessor)
    assert reopen in client.get(page).content.decode()
    assert client.post(reopen, {"reason": "Once more."})["Location"] == page
    shown = client.get(page).content.decode()
    assert "Once more." in shown
    assert conclude in shown
    assert client.post(conclude).status_code == 302
    assert state(bid) == "assessed"


def test_what_waits_is_told_to_those_it_waits_for(client: Client) -> None:
    bid, by, coach = bid_of_two(), cast.official(), cast.coach()
    cast.assign(coach, bid.expression)

    def words(user: User) -> list[str]:
        return [each.words for each in queries.waiting(user, at=MOMENT)]

    assert "bid that has too few assessors" in words(by)
    assert "bid for you to assess" not in words(by)
    assert words(coach) == []
    assign(bid, coach, by=by)
    assert words(coach) == ["bid for you to assess"]
    client.force_login(coach)
    listed = client.get(reverse("bids:to-assess")).content.decode()
    assert bid.title in listed
    assert reverse("bids:bid-assess", args=[bid.key]) in listed
    client.force_login(by)
    assert bid.title not in client.get(reverse("bids:to-assess")).content.decode()


def test_what_all_have_finished_waits_for_those_who_assign() -> None:
    bid, by, one = bid_of_two(), cast.official(), cast.official()
    words = "bid to moderate or mark as assessed"

    def waits(user: User) -> bool:
        return words in [each.words for each in queries.waiting(user, at=MOMENT)]

    other = assign(bid, cast.official()).assessor
    cases.assessment(bid, by=one, values=(0, 3))
    assert not waits(by)
    cases.assessment(bid, by=other, values=(4, 3))
    coach = cast.assign(cast.coach(), bid.expression)
    assert (waits(by), waits(coach)) == (True, False)
    wide = score_spread.wide(bid)[0].criterion
    assessments.moderate(
        bid, criterion=wide, value=2, reason="Agreed.", by=one, at=MOMENT
    )
    assert not waits(by)
    assessments.reopen(bid, reason="R", by=by, at=later(hours=1))
    assert waits(by)
    assessments.conclude(bid, by=by, at=later(hours=1))
    assert not waits(by)

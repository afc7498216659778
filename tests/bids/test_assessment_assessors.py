"""Assigning assessors: how many a round requires, and how it can be undone."""

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bids.domain import assessments, bids, rounds, scores
from bids.domain.queries.assessments import assessment_progress
from bids.domain.queries.scores import wide_spreads
from bids.models import Assessment, Bid, Reopening, Round
from bids.models.round import Route
from funding.domain import meetings
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.money import Money
from innovation.dashboard import queries
from innovation.notifications import rendering
from innovation.notifications.models import Letter
from tests.concurrency import run_concurrently
from tests.database_guards import disable_guards, force_update
from tests.dates import MOMENT, moment_after
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def bid_for_two_assessors(**facts: Any) -> Bid:
    """Its round takes two finished assessments."""
    return cases.submitted_bid(round=cases.round_(assessments_needed=2), **facts)


def assign(bid: Bid, assessor: User, by: User | None = None) -> Assessment:
    return assessments.assign(
        bid, assessor=assessor, by=by or users.official(), at=MOMENT
    )


def state(bid: Bid) -> str:
    return str(Bid.objects.get(pk=bid.pk).state)


# --- who -----------------------------------------------------------------------


def test_whom_nobody_assigned_assesses_nothing() -> None:
    bid = cases.submitted_bid()
    for by in (users.official(), users.assign(users.coach(), bid.expression)):
        with pytest.raises(NotAllowed, match="Nobody has assigned you"):
            assessments.start(bid, by=by, at=MOMENT)


def test_nobody_assigns_themselves_and_only_those_who_assign_do() -> None:
    bid, official = cases.submitted_bid(), users.official()
    with pytest.raises(Invalid, match="Somebody else must assign you"):
        assign(bid, official, by=official)
    coach = users.assign(users.coach(), bid.expression)
    for by in (coach, users.analyst(), users.secretary(), cases.editor_of(bid.lead)):
        with pytest.raises(NotAllowed):
            assign(bid, official, by=by)
    assessment = assign(bid, official)
    with pytest.raises(IntegrityError), transaction.atomic():
        force_update(Assessment.objects.filter(pk=assessment.pk), assigned_by=official)


def test_who_is_near_a_case_cannot_be_assigned_to_it() -> None:
    bid = cases.submitted_bid()
    partner = users.organisation("Partner")
    with disable_guards(Bid.partners.through):
        bid.partners.add(partner)
    conflicted = users.person("official", "board_member")
    grants.interest(bid, conflicted)
    closed = users.official()
    User.objects.filter(pk=closed.pk).update(is_active=False)
    for colleague in (
        users.join(users.person("applicant", "official"), bid.lead),
        users.join(users.person("applicant", "official"), partner),
        conflicted,
        closed,
        users.coach(),
        users.analyst(),
        users.minister(),
    ):
        with pytest.raises(Invalid) as refused:
            assign(bid, colleague)
        assert list(refused.value.problems) == ["assessor"]
    assign(bid, users.assign(users.coach(), bid.expression))


def test_who_comes_near_a_case_meanwhile_scores_it_no_more() -> None:
    bid, one, other = bid_for_two_assessors(), users.official(), users.official()
    assessment = cases.assessment(bid, by=one, finish=False)
    users.join(one, bid.lead)
    with pytest.raises(NotAllowed, match="somebody else must assess it"):
        assessments.finish(assessment, by=one, at=MOMENT)
    assessments.set_aside(assessment, by=other, at=MOMENT)


def test_who_is_assigned_is_written_to_once() -> None:
    bid, official = cases.submitted_bid(), users.official()
    assign(bid, official)
    letter = Letter.objects.get(kind="assessment_assigned")
    assert letter.recipient == official
    assert f"/bids/{bid.key}/assess" in rendering.render_letter(letter)[1]
    with pytest.raises(Invalid, match="already assessing the bid"):
        assign(bid, official)
    event = Event.objects.get(name="assessment.assigned")
    assert event.data == {"user": official.key}


def test_whose_assessment_another_sets_aside_is_written_to() -> None:
    bid, one, other = bid_for_two_assessors(), users.official(), users.official()
    assessments.set_aside(assign(bid, other), by=other, at=MOMENT)
    assert not Letter.objects.filter(kind="assessment_set_aside").exists()
    assessments.set_aside(assign(bid, other), by=one, at=MOMENT)
    letter = Letter.objects.get(kind="assessment_set_aside")
    assert letter.recipient == other
    assert f"set aside by “{one}”" in rendering.render_letter(letter)[1]


# --- how many ------------------------------------------------------------------


def test_a_bid_is_assessed_once_as_many_have_finished_as_its_round_takes() -> None:
    bid, one, other = bid_for_two_assessors(), users.official(), users.official()
    cases.assessment(bid, by=one)
    assert state(bid) == "submitted"
    assert assessment_progress(bid).missing == (
        "1 of 2 assessments is finished. 1 more assessor must be assigned."
    )
    assign(bid, other)
    assert assessment_progress(bid).missing == (
        f"1 of 2 assessments is finished. Waiting for {other}."
    )
    with pytest.raises(TooLate, match=f"Waiting for {other}"):
        assessments.conclude(bid, by=users.official(), at=MOMENT)
    cases.assessment(bid, by=other)
    assert state(bid) == "assessed"


def test_setting_one_aside_makes_no_bid_assessed_by_too_few() -> None:
    bid, one, other = bid_for_two_assessors(), users.official(), users.official()
    cases.assessment(bid, by=one)
    assessments.set_aside(assign(bid, other), by=other, at=MOMENT)
    assert state(bid) == "submitted"


def test_scores_that_lie_far_apart_are_named() -> None:
    bid, one, other = bid_for_two_assessors(), users.official(), users.official()
    assign(bid, other)
    cases.assessment(bid, by=one, values=(0, 3))
    cases.assessment(bid, by=other, values=(4, 3))
    assert assessment_progress(bid).missing == (
        "The scores on “Impact” are far apart: moderate them."
    )


def test_who_must_agree_a_score_is_written_to_once_all_have_finished() -> None:
    bid, one, other = bid_for_two_assessors(), users.official(), users.official()
    assign(bid, other)
    cases.assessment(bid, by=one, values=(0, 3))
    assert not Letter.objects.filter(kind="assessment_to_moderate").exists()
    cases.assessment(bid, by=other, values=(4, 3))
    letters = Letter.objects.filter(kind="assessment_to_moderate")
    assert {letter.recipient for letter in letters} == {one, other}
    assert f"/bids/{bid.key}/assessments" in rendering.render_letter(letters[0])[1]


def test_who_all_agree_are_not_called_to_moderate() -> None:
    bid = bid_for_two_assessors()
    for _ in range(2):
        cases.assessment(bid, by=users.official(), values=(3, 3))
    assert state(bid) == "assessed"
    assert not Letter.objects.filter(kind="assessment_to_moderate").exists()


def test_a_round_says_how_many_until_it_has_a_case() -> None:
    by, round = users.administrator(), cases.round_()
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
            disable_guards(Round, every_trigger=True),
        ):
            Round.objects.filter(pk=round.pk).update(assessments_needed=number)


@pytest.mark.parametrize("route", [Route.FULL, Route.SEED])
def test_a_new_round_takes_two_and_of_seed_grants_nobody_says_so(
    client: Client, route: Route
) -> None:
    programme = cases.round_().programme
    client.force_login(users.administrator())
    form_data = {"programme": programme.key, "name": "New", "route": route}
    if route == Route.SEED:
        form_data["max_award"] = "10,000"
    answer = client.post(reverse("bids:manage-round-add"), form_data)
    assert answer.status_code == 302, answer.content.decode()
    round = Round.objects.get(name="New")
    assert round.assessments_needed == 2
    page = client.get(answer["Location"]).content.decode()
    assert ("People who assess each bid" in page) == (route != Route.SEED)


def test_a_round_that_was_to_be_of_seed_grants_takes_two_too() -> None:
    by, most = users.administrator(), Money.pounds(10_000)
    facts = {"name": "New", "route": Route.SEED, "max_award": most}
    programme = cases.round_().programme
    round = rounds.add(programme=programme, facts=facts, by=by, at=MOMENT)
    rounds.change(round, facts={"route": Route.FULL}, by=by, at=MOMENT)
    assert Round.objects.get(pk=round.pk).assessments_needed == 2


# --- back ----------------------------------------------------------------------


def test_an_assessed_bid_is_reopened_with_a_reason_its_assessors_read() -> None:
    assessor, by = users.official(), users.official()
    bid = cases.assessed_bid(official=assessor)
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
    assert "A cost was misread." in rendering.render_letter(letter)[1]
    assessments.conclude(bid, by=by, at=MOMENT)
    assert state(bid) == "assessed"


def test_after_reopening_another_assesses_too() -> None:
    bid, other = cases.assessed_bid(), users.official()
    assessments.reopen(bid, reason="One more view.", by=users.official(), at=MOMENT)
    cases.assessment(bid, by=other)
    assert state(bid) == "assessed"
    assert bid.assessments.count() == 2


def test_only_who_assigns_reopens_and_nothing_that_was_listed() -> None:
    bid, secretary = cases.assessed_bid(), users.secretary()
    coach = users.assign(users.coach(), bid.expression)
    for by in (coach, secretary, users.analyst(), cases.editor_of(bid.lead)):
        with pytest.raises(NotAllowed):
            assessments.reopen(bid, reason="R", by=by, at=MOMENT)
        with pytest.raises(NotAllowed):
            assessments.conclude(bid, by=by, at=MOMENT)
    item = grants.agenda_item(bid=bid)
    official = users.official()
    with pytest.raises(TooLate):
        assessments.reopen(bid, reason="R", by=official, at=MOMENT)
    meetings.hold(
        item.meeting,
        present=item.meeting.members.all(),
        by=secretary,
        at=grants.MEETING_AT,
    )
    bids.defer(bid, by=secretary, at=grants.MEETING_AT)
    with pytest.raises(TooLate, match="was listed for the Board"):
        assessments.reopen(bid, reason="R", by=official, at=grants.MEETING_AT)
    with pytest.raises(TooLate):
        assessments.reopen(cases.submitted_bid(), reason="R", by=official, at=MOMENT)


@pytest.mark.django_db(transaction=True)
def test_of_listing_and_reopening_at_once_one_happens() -> None:
    bid, secretary, official = cases.assessed_bid(), users.secretary(), users.official()
    outcomes = run_concurrently(
        [
            lambda: bids.list_for_board(bid, by=secretary, at=MOMENT),
            lambda: assessments.reopen(bid, reason="R", by=official, at=MOMENT),
        ]
    )
    assert [type(each) for each in outcomes].count(TooLate) == 1, outcomes
    assert state(bid) in {"at_board", "submitted"}


@pytest.mark.django_db(transaction=True)
def test_two_who_finish_at_once_make_one_assessed_bid() -> None:
    bid = bid_for_two_assessors()
    assessors = [users.official(), users.official()]
    for one in assessors:
        assign(bid, one)
    own_rows = [cases.assessment(bid, by=one, finish=False) for one in assessors]
    calls = [
        partial(assessments.finish, each, by=each.assessor, at=MOMENT)
        for each in own_rows
    ]
    outcomes = run_concurrently(calls)
    assert not any(isinstance(each, Exception) for each in outcomes), outcomes
    assert state(bid) == "assessed"
    assert Event.objects.filter(name="bid.assessed").count() == 1


# --- pages ---------------------------------------------------------------------


def test_an_official_assigns_reopens_and_concludes_on_pages(client: Client) -> None:
    by, assessor = users.official(), users.official()
    bid = cases.submitted_bid()
    own = users.join(users.person("official", name="Of the lead"), bid.lead)
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
    people = client.get(reverse("bids:case-people", args=[bid.expression.key]))
    assert "Assessor: assigned on" in people.content.decode()

    cases.assessment(bid, by=assessor)
    assert reopen in client.get(page).content.decode()
    assert client.post(reopen, {"reason": "Once more."})["Location"] == page
    shown = client.get(page).content.decode()
    assert "Once more." in shown
    assert conclude in shown
    assert client.post(conclude).status_code == 302
    assert state(bid) == "assessed"


def test_what_waits_is_told_to_those_it_waits_for(client: Client) -> None:
    bid, by, coach = bid_for_two_assessors(), users.official(), users.coach()
    users.assign(coach, bid.expression)

    def words(user: User) -> list[str]:
        return [each.words for each in queries.waiting_counts(user, at=MOMENT)]

    assert "bid that has too few assessors" in words(by)
    assert "bid for you to assess" not in words(by)
    assert words(coach) == []
    assign(bid, coach, by=by)
    assert words(coach) == ["bid for you to assess"]
    client.force_login(coach)
    listed = client.get(reverse("bids:own-assessments")).content.decode()
    assert bid.title in listed
    assert reverse("bids:bid-assess", args=[bid.key]) in listed
    client.force_login(by)
    assert bid.title not in client.get(reverse("bids:own-assessments")).content.decode()


def test_what_all_have_finished_waits_for_those_who_assign() -> None:
    bid, by, one = bid_for_two_assessors(), users.official(), users.official()
    words = "bid to moderate or mark as assessed"

    def waits(user: User) -> bool:
        return words in [each.words for each in queries.waiting_counts(user, at=MOMENT)]

    other = assign(bid, users.official()).assessor
    cases.assessment(bid, by=one, values=(0, 3))
    assert not waits(by)
    cases.assessment(bid, by=other, values=(4, 3))
    coach = users.assign(users.coach(), bid.expression)
    assert (waits(by), waits(coach)) == (True, False)
    criterion = wide_spreads(bid)[0].criterion
    scores.moderate(bid, criterion=criterion, value=2, reason="Yes.", by=one, at=MOMENT)
    assert not waits(by)
    assessments.reopen(bid, reason="R", by=by, at=moment_after(hours=1))
    assert waits(by)
    assessments.conclude(bid, by=by, at=moment_after(hours=1))
    assert not waits(by)

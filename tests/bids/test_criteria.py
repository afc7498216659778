"""How criteria change: freely until they are used, and then as new versions."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from bids.domain import bids, criteria, rounds, scores
from bids.domain.queries.results import bid_result, result_of_loaded
from bids.domain.queries.scores import all_assessments, wide_spreads
from bids.models import Criterion, CriterionVersion, Round
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed
from tests.audit_events import recorded_changes
from tests.dates import MOMENT, moment_after
from tests.edit_forms import post_edit
from tests.factories import cases, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def impact(round: Round) -> Criterion:
    return round.criteria.get(name="Impact")


def change(criterion: Criterion, reason: str = "", **facts: object) -> Criterion:
    return criteria.change(
        criterion,
        facts=facts,
        reason=reason,
        by=users.administrator(),
        at=moment_after(hours=1),
    )


def test_a_criterion_nobody_used_changes_without_a_reason() -> None:
    round = cases.round_()
    change(impact(round), name="Effect", weight=3, max_score=5, guidance="5 is best.")
    changed = round.criteria.get(name="Effect")
    assert (changed.weight, changed.max_score) == (3, 5)
    assert changed.guidance == "5 is best."
    assert not CriterionVersion.objects.exists()
    assert Event.objects.filter(name="round.criterion_changed").count() == 1


def test_a_used_criterion_changes_only_with_a_reason_and_keeps_name_and_scale() -> None:
    round = cases.assessed_bid().round
    with pytest.raises(Invalid) as refused:
        change(impact(round), weight=2, reason=" ")
    assert list(refused.value.problems) == ["reason"]
    for facts in ({"name": "Effect"}, {"min_score": 1}, {"max_score": 5}):
        with pytest.raises(Invalid) as refused:
            change(impact(round), reason="It was wrong.", **facts)
        assert list(refused.value.problems) == list(facts)
    change(impact(round), reason="It matters more.", weight=2)
    version = CriterionVersion.objects.get()
    assert (version.weight, version.reason) == (1, "It matters more.")
    assert (impact(round).weight, version.replaced_at) == (2, moment_after(hours=1))


def test_what_is_not_changed_makes_no_version() -> None:
    round = cases.assessed_bid().round
    change(impact(round), weight=1)
    assert not CriterionVersion.objects.exists()
    assert not Event.objects.filter(name="round.criterion_changed").exists()


@pytest.mark.parametrize(("hours", "percent"), [(1, 50), (-1, 75)])
def test_a_bid_keeps_the_weight_with_which_it_was_scored(
    hours: int, percent: int
) -> None:
    """Changed after its last score, and before."""
    bid = cases.submitted_bid()
    cases.assessment(bid, by=users.official(), values=(4, 0))
    criteria.change(
        impact(bid.round),
        facts={"weight": 3},
        reason="It matters more.",
        by=users.administrator(),
        at=moment_after(hours=hours),
    )
    bid = cases.reload_bid(bid)
    assert not_none(bid_result(bid)).percent == percent
    loaded = result_of_loaded(bid, all_assessments(bid))
    assert not_none(loaded).percent == percent


def test_only_administrators_change_a_criterion() -> None:
    criterion = impact(cases.round_())
    for by in (users.official(), users.analyst(), users.outsider()):
        with pytest.raises(NotAllowed):
            criteria.change(criterion, facts={"weight": 2}, by=by, at=MOMENT)


def test_the_database_refuses_a_new_weight_without_what_it_was() -> None:
    round = cases.assessed_bid().round
    criterion = impact(round)
    rows = Criterion.objects.filter(pk=criterion.pk)
    for facts in ({"weight": 9}, {"name": "Other"}, {"guidance": "Guess."}):
        with recorded_changes(), pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**facts)
    forged = CriterionVersion(
        criterion=criterion,
        weight=7,
        reason="Made up",
        replaced_by=users.administrator(),
        replaced_at=MOMENT,
    )
    with recorded_changes(), pytest.raises(DatabaseError), transaction.atomic():
        forged.save()
    change(criterion, reason="It matters more.", weight=2)
    with recorded_changes(), pytest.raises(DatabaseError), transaction.atomic():
        rows.update(weight=3)


def test_the_page_asks_for_a_reason_once_somebody_has_scored(client: Client) -> None:
    client.force_login(users.administrator())
    fresh = cases.round_()
    address = f"/manage/rounds/{fresh.key}/criteria/1"
    assert "Why are you changing it?" not in client.get(address).content.decode()
    assert client.get(f"/manage/rounds/{fresh.key}/criteria/9").status_code == 404
    round = cases.assessed_bid().round
    address = f"/manage/rounds/{round.key}/criteria/1"
    refused = post_edit(client, address, {"weight": "5"})
    assert refused.status_code == 422
    assert "Enter why you are changing this criterion" in refused.content.decode()
    saved = post_edit(client, address, {"weight": "5", "reason": "It matters most."})
    assert saved.status_code == 302
    assert impact(round).weight == 5
    public = Client().get(f"/rounds/{round.key}").content.decode()
    assert "It matters most." in public
    assert "The weight was 1" in public


def test_assessors_read_guidance_and_the_answers_beside_the_score(
    client: Client,
) -> None:
    round = cases.round_()
    change(impact(round), guidance="4 only with evidence.")
    cases.question_set(round, "bid", criterion=impact(round))
    official, bid = users.official(), cases.bid_in_development(round=round)
    by = cases.editor_of(bid.lead)
    bids.save(bid, facts={}, answers={"why": "Families wait."}, by=by, at=MOMENT)
    bid = bids.submit(cases.reload_bid(bid), by=by, at=MOMENT)
    assessment = cases.assessment(bid, by=official, finish=False)
    client.force_login(official)
    page = client.get(f"/assessments/{assessment.key}").content.decode()
    assert "4 only with evidence." in page
    assert "What the bid says on Impact" in page
    assert "Why is this needed?" in page
    assert "Families wait." in page
    client.force_login(users.official())
    assert client.get(f"/assessments/{assessment.key}").status_code == 404


def test_the_round_says_which_spread_is_moderated_until_somebody_has_scored() -> None:
    round = cases.round_(assessments_needed=2)
    admin = users.administrator()
    rounds.change(round, facts={"wide_spread": 3}, by=admin, at=MOMENT)
    bid = cases.submitted_bid(round=round)
    cases.assessment(bid, by=users.official(), values=(1, 0))
    cases.assessment(bid, by=users.official(), values=(3, 3))
    spreads = wide_spreads(cases.reload_bid(bid))
    assert [spread.criterion.name for spread in spreads] == ["Value for money"]
    with pytest.raises(Invalid) as refused:
        rounds.change(round, facts={"wide_spread": 2}, by=admin, at=MOMENT)
    assert list(refused.value.problems) == ["wide_spread"]
    with recorded_changes(), pytest.raises(DatabaseError), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(wide_spread=4)
    official = users.official()
    with pytest.raises(NotAllowed):
        scores.moderate(
            bid,
            criterion=spreads[0].criterion,
            value=2,
            reason="Between.",
            by=official,
            at=MOMENT,
        )

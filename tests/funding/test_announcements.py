"""An award is public, and in the figures, from its announcement's day."""

from datetime import date, datetime, timedelta

import pytest

from bids.models import IdeaType
from funding.domain import announcements, awards
from funding.models import Award
from funding.policies import public_awards
from innovation.accounts.models import User
from innovation.audit import figures
from innovation.audit.models import Chain
from innovation.audit.verification import first_fault
from innovation.core.errors import Invalid, NotAllowed, TooLate
from tests.factories import grants, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
TODAY = grants.MEETING_AT.date()
TOMORROW = TODAY + timedelta(days=1)


def announce(award: Award, on: date = TODAY, by: User | None = None) -> Award:
    return announcements.announce(
        award, on=on, by=by or users.grant_manager(), at=grants.MEETING_AT
    )


def chain_stage(award: Award) -> tuple[str, datetime | None]:
    chain = Chain.objects.get(pk=award.chain_id)
    return chain.stage, chain.moved_at


def award_redesigning_social_work() -> Award:
    award = grants.active_award()
    IdeaType.objects.filter(pk=not_none(award.idea_type_id)).update(
        redesigns_social_work=True
    )
    return Award.objects.get(pk=award.pk)


def test_an_award_is_private_until_it_is_announced() -> None:
    award = grants.active_award()
    assert not public_awards(TODAY).exists()

    announce(award)

    assert public_awards(TODAY).get() == award
    assert figures.as_at(TODAY)["projects_funded"] == 1


def test_an_award_announced_for_a_later_day_is_private_until_then() -> None:
    announce(grants.active_award(), on=TOMORROW)

    assert not public_awards(TODAY).exists()
    assert public_awards(TOMORROW).count() == 1
    assert figures.as_at(TODAY).get("projects_funded", 0) == 0
    assert figures.as_at(TOMORROW)["projects_funded"] == 1


def test_the_councils_of_a_redesign_are_counted() -> None:
    award = award_redesigning_social_work()

    announce(award)

    numbers = [council.dfe_number for council in award.councils.all()]
    assert figures.members("councils_redesigning", TODAY) == numbers


def test_other_ideas_count_no_councils() -> None:
    announce(grants.active_award())

    assert figures.members("councils_redesigning", TODAY) == []


def test_calling_off_cancels_both_figures() -> None:
    award = announce(award_redesigning_social_work(), on=TOMORROW)

    announcements.call_off(award, by=users.grant_manager(), at=grants.MEETING_AT)

    assert not public_awards(TOMORROW).exists()
    assert figures.as_at(TOMORROW)["projects_funded"] == 0
    assert figures.members("councils_redesigning", TOMORROW) == []


@pytest.mark.parametrize("on", [date(2030, 1, 1), TODAY + timedelta(days=9), TODAY])
def test_an_announcement_does_not_change_the_stage_of_an_award(on: date) -> None:
    """To come, of the day or past: the award last moved when it was started."""
    award, manager = grants.active_award(), users.grant_manager()
    stage_before = chain_stage(award)
    assert stage_before == ("award.active", grants.MEETING_AT)

    at = grants.MEETING_AT + timedelta(days=9)
    announcements.announce(award, on=on, by=manager, at=at)
    assert chain_stage(award) == stage_before

    if on > at.date():
        announcements.call_off(award, by=manager, at=at)
        assert chain_stage(award) == stage_before
    assert first_fault() is None


def test_terminating_an_announced_award_sets_its_stage() -> None:
    award = announce(grants.active_award(), on=date(2030, 1, 1))
    awards.terminate(
        award,
        reason="It stopped.",
        lessons="",
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )

    assert chain_stage(award) == ("award.terminated", grants.MEETING_AT)


def test_a_public_announcement_cannot_be_called_off() -> None:
    with pytest.raises(TooLate):
        announcements.call_off(
            announce(grants.active_award()),
            by=users.grant_manager(),
            at=grants.MEETING_AT,
        )


def test_an_award_is_announced_once() -> None:
    award = announce(grants.active_award())

    with pytest.raises(TooLate):
        announce(award)


@pytest.mark.parametrize("state", ["offered", "declined", "withdrawn", "terminated"])
def test_an_award_without_a_grant_cannot_be_announced(state: str) -> None:
    with pytest.raises(TooLate):
        announce(grants.award_in_state(state))


def test_an_announcement_before_the_offer_is_refused() -> None:
    with pytest.raises(Invalid):
        announce(grants.active_award(), on=TODAY - timedelta(days=1))


def test_only_the_grant_manager_announces() -> None:
    award = grants.active_award()

    for user in (users.official(), users.minister(), grants.recipient_of(award)):
        with pytest.raises(NotAllowed):
            announce(award, by=user)


def test_an_award_ended_before_its_announcement_is_never_announced() -> None:
    award = announce(grants.active_award(), on=TOMORROW)
    awards.terminate(
        award,
        reason="It stopped.",
        lessons="",
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )

    assert not public_awards(TOMORROW).exists()
    assert figures.as_at(TOMORROW)["projects_funded"] == 0

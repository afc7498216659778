"""One reading of the awards for the page, the CSV and the API; and the awards behind
a public figure.
"""

from datetime import timedelta

import pytest

from bids.models import IdeaType
from funding.domain import announcements
from funding.domain.queries import awards
from funding.models import Award
from innovation.audit import figures
from tests import cast, grants

pytestmark = pytest.mark.django_db
TODAY = grants.HELD.date()


def found(**params: str) -> set[str]:
    return {award.key for award in awards.filtered(cast.official(), params)}


def announced(on=TODAY, **wanted) -> Award:
    award = grants.active(**wanted)
    return announcements.announce(award, on=on, by=cast.grant_manager(), at=grants.HELD)


def test_each_filter_narrows_and_nonsense_is_left_out() -> None:
    one, other = announced(), grants.offered()
    council = one.councils.get()

    assert found() == {one.key, other.key}
    assert found(state="offered") == {other.key}
    assert found(state="nonsense", as_at="nonsense", q="\x00") == {one.key, other.key}
    assert found(round=one.round.key) == {one.key}
    assert found(council=council.dfe_number) == {one.key}
    assert found(announced="yes") == {one.key}
    assert found(announced="no") == {other.key}
    assert found(q=other.key.lower()) == {other.key}
    assert found(q=one.lead.name) == {one.key}


def test_the_reach_comes_first() -> None:
    award = grants.offered()

    assert awards.filtered(grants.holder(award), {}).get() == award
    assert not awards.filtered(cast.outsider(), {}).exists()
    assert not awards.filtered(cast.member(), {}).exists()


def test_the_awards_behind_a_figure_are_as_many_as_it_says() -> None:
    tomorrow = TODAY + timedelta(days=1)
    first, second = announced(), announced(on=tomorrow)
    grants.active()

    for day, expected in [(TODAY, {first.key}), (tomorrow, {first.key, second.key})]:
        behind = found(counted="projects_funded", as_at=day.isoformat())
        assert behind == expected
        assert figures.as_at(day)["projects_funded"] == len(expected)


def test_an_announcement_called_off_is_behind_no_figure() -> None:
    tomorrow = TODAY + timedelta(days=1)
    award = announced(on=tomorrow)
    announcements.call_off(award, by=cast.grant_manager(), at=grants.HELD)

    assert found(counted="projects_funded") == set()

    announcements.announce(award, on=TODAY, by=cast.grant_manager(), at=grants.HELD)
    assert found(counted="projects_funded", as_at=TODAY.isoformat()) == {award.key}


def test_the_awards_behind_the_councils() -> None:
    plain = announced()
    IdeaType.objects.update(redesigns_social_work=True)
    redesign = announced()

    assert found(counted="councils_redesigning") == {redesign.key}
    assert found(counted="projects_funded") == {plain.key, redesign.key}

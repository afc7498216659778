"""One reading of the awards for the page, the CSV and the API; and the awards behind
a public figure.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from bids.models import IdeaType
from funding.domain import announcements
from funding.domain.queries import awards
from funding.models import Award
from funding.policies import awards_for
from innovation.audit import figures
from innovation.core.errors import Invalid
from tests.factories import cases, grants, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
TODAY = grants.MEETING_AT.date()


def matching_keys(**params: str) -> set[str]:
    return {award.key for award in awards.search(awards_for(users.official()), params)}


def announced_award(on: date = TODAY, **facts: Any) -> Award:
    award = grants.active_award(**facts)
    return announcements.announce(
        award, on=on, by=users.grant_manager(), at=grants.MEETING_AT
    )


def test_filters_narrow_the_list() -> None:
    one, other = announced_award(), grants.offered_award()
    council = one.councils.get()

    assert matching_keys() == {one.key, other.key}
    assert matching_keys(state="offered") == {other.key}
    assert matching_keys(round=one.round.key) == {one.key}
    assert matching_keys(council=council.dfe_number) == {one.key}
    assert matching_keys(announced="yes") == {one.key}
    assert matching_keys(announced="no") == {other.key}
    assert matching_keys(q=other.key.lower().replace("-", " ")) == {other.key}
    assert matching_keys(q=not_none(one.lead).name) == {one.key}


def test_an_award_is_found_however_its_title_is_written() -> None:
    award = grants.active_award(cases.assessed_bid(title="Zoë’s boats & trains"))
    grants.offered_award()
    for q in ("zoe's boats and", "ZOËS BOATS", "boats  &\u00a0trains"):
        assert matching_keys(q=q) == {award.key}, q
    assert matching_keys(q="’") == set()


def test_a_filter_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Invalid) as raised:
        matching_keys(state="nonsense", as_at="2015-02-30", q="\x00")
    assert set(raised.value.problems) == {"state", "as_at", "q"}


def test_a_search_stays_within_the_users_scope() -> None:
    award = grants.offered_award()

    assert awards.search(awards_for(grants.recipient_of(award)), {}).get() == award
    assert not awards.search(awards_for(users.outsider()), {}).exists()
    assert not awards.search(awards_for(users.member()), {}).exists()


def test_the_awards_behind_a_figure_are_as_many_as_it_says() -> None:
    tomorrow = TODAY + timedelta(days=1)
    first, second = announced_award(), announced_award(on=tomorrow)
    grants.active_award()

    for day, expected in [(TODAY, {first.key}), (tomorrow, {first.key, second.key})]:
        keys = matching_keys(counted="projects_funded", as_at=day.isoformat())
        assert keys == expected
        assert figures.as_at(day)["projects_funded"] == len(expected)


def test_an_award_whose_announcement_was_called_off_is_in_no_figure() -> None:
    tomorrow = TODAY + timedelta(days=1)
    award = announced_award(on=tomorrow)
    announcements.call_off(award, by=users.grant_manager(), at=grants.MEETING_AT)

    assert matching_keys(counted="projects_funded") == set()

    announcements.announce(
        award, on=TODAY, by=users.grant_manager(), at=grants.MEETING_AT
    )
    assert matching_keys(counted="projects_funded", as_at=TODAY.isoformat()) == {
        award.key
    }


def test_the_awards_behind_the_councils() -> None:
    plain = announced_award()
    IdeaType.objects.update(redesigns_social_work=True)
    redesign = announced_award()

    assert matching_keys(counted="councils_redesigning") == {redesign.key}
    assert matching_keys(counted="projects_funded") == {plain.key, redesign.key}

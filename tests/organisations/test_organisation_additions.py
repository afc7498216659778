"""Organisations that applicants add, until an official confirms or merges them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from innovation.accounts.domain import organisation_merges
from innovation.audit import rows
from innovation.core import limits
from innovation.core.errors import Invalid, TooLate, TooMuch
from innovation.organisations.domain import organisation_additions as additions
from innovation.organisations.domain import organisations
from innovation.organisations.models import Organisation, OrganisationState
from tests.factories import users

pytestmark = pytest.mark.django_db
Add = Callable[..., Organisation]


@pytest.fixture
def lead() -> Organisation:
    return users.organisation("Lead")


@pytest.fixture
def add(lead: Organisation, at: datetime) -> Add:
    def add_one(name: str = "Open Doors", **facts: Any) -> Organisation:
        values = {"applicant_type": "charity", "added_for": lead, **facts}
        return additions.add(name=name, by=users.applicant(lead), at=at, **values)

    return add_one


def test_one_that_is_added_is_unconfirmed_with_its_number_claimed(
    add: Add, lead: Organisation
) -> None:
    added = add(scheme="GB-CHC", number=" 1 090 095")
    assert added.state == OrganisationState.UNCONFIRMED
    assert (added.added_for, added.claimed_org_id) == (lead, "GB-CHC-1090095")
    assert not added.identifiers.exists()
    event = added.chain.events.get()
    assert (event.name, event.data["added_for"]) == ("organisation.added", lead.key)
    assert not Organisation.objects.registered().filter(pk=added.pk).exists()
    assert rows.differences() == ([], 0)


@pytest.mark.parametrize("again", ["open doors", "Open  Doors", "Open\u00a0Doors"])
def test_the_same_one_is_recognised_and_not_made_twice(add: Add, again: str) -> None:
    assert add(again) == add("Open Doors")


def test_a_number_that_was_added_under_another_name_is_asked_about(add: Add) -> None:
    add(scheme="GB-CHC", number="1090095")
    with pytest.raises(Invalid, match="You have added “Open Doors” with this number"):
        add("Closed Doors", scheme="GB-CHC", number="1090095")
    with pytest.raises(Invalid, match="has another number in this register"):
        add("Open Doors", scheme="GB-CHC", number="1090096")
    assert Organisation.objects.filter(added_for__isnull=False).count() == 1


def test_a_registered_one_is_returned_in_its_place(add: Add) -> None:
    registered = users.organisation("Open Doors")
    assert add(registered.name.upper()) == registered


def test_another_lead_organisation_adds_one_of_its_own_and_learns_nothing(
    add: Add,
) -> None:
    elsewhere = users.organisation("Elsewhere")
    number = {"scheme": "GB-CHC", "number": "1090095"}
    first, second = add(**number), add(**number, added_for=elsewhere)
    assert first != second
    assert first.claimed_org_id == second.claimed_org_id


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " – "}, "name"),
        ({"applicant_type": "guild"}, "applicant_type"),
        ({"scheme": "GB-CHC", "number": "12"}, "identifiers"),
        ({"scheme": "XX", "number": "12"}, "identifiers"),
    ],
)
def test_what_cannot_be_is_refused(add: Add, facts: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        add(**{"name": "Open Doors", **facts})
    assert list(refused.value.problems) == [field]


def test_there_is_an_end_to_how_many_are_added(
    add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ADDED_ORGANISATIONS", 2)
    add("One")
    add("Two")
    with pytest.raises(TooMuch, match="has added 2 organisations"):
        add("Three")
    assert add("two").name == "Two"


def test_a_confirmed_one_is_registered_with_its_number(add: Add, at: datetime) -> None:
    added = add(scheme="GB-CHC", number="1090095")
    confirmed = additions.confirm(added, by=users.official(), at=at)
    assert confirmed.state == OrganisationState.REGISTERED
    assert [str(i) for i in confirmed.identifiers.all()] == ["GB-CHC-1090095"]
    assert organisations.registered_as("open doors") == confirmed
    with pytest.raises(TooLate, match="already been confirmed"):
        additions.confirm(added, by=users.official(), at=at)
    assert rows.differences() == ([], 0)


def test_one_whose_name_or_number_is_taken_is_not_confirmed(
    add: Add, at: datetime
) -> None:
    number = {"scheme": "GB-CHC", "number": "1090095"}
    added = add(**number)
    official = users.official()
    other = organisations.register(
        name="Other Doors",
        applicant_type="charity",
        identifiers={"GB-CHC": "1090095"},
        by=official,
        at=at,
    )
    with pytest.raises(Invalid, match=f"the number of Other Doors .{other.key}."):
        additions.confirm(added, by=official, at=at)
    organisations.register(
        name="Open doors", applicant_type="charity", by=official, at=at
    )
    with pytest.raises(Invalid, match="is already registered"):
        additions.confirm(added, by=official, at=at)


def test_a_correction_keeps_what_was_written(add: Add, at: datetime) -> None:
    added = add("Opn Doors")
    corrected = additions.correct(
        added,
        name="Open Doors",
        applicant_type="company",
        scheme="GB-COH",
        number="1234567",
        by=users.official(),
        at=at,
    )
    assert (corrected.name, corrected.claimed_org_id) == (
        "Open Doors",
        "GB-COH-01234567",
    )
    event = added.chain.events.latest("seq")
    assert event.name == "organisation.corrected"
    assert event.data["before"] == {
        "name": "Opn Doors",
        "applicant_type": "charity",
        "org_id": "",
    }


def test_what_was_merged_leads_on_to_the_last_one_that_is_kept(
    add: Add, at: datetime
) -> None:
    official = users.official()
    first, second = add("One"), add("Two")
    target = users.organisation("Target")
    with pytest.raises(Invalid, match="Nobody has confirmed Two yet"):
        additions.merge(first, into=second, by=official, at=at)
    additions.confirm(second, by=official, at=at)
    additions.merge(first, into=second, by=official, at=at)
    first.refresh_from_db()
    assert (first.state, first.current) == (OrganisationState.MERGED, second)
    organisation_merges.merge(second, into=target, by=official, at=at)
    for row in (first, second):
        row.refresh_from_db()
        assert row.current == target
    assert first.chain.events.latest("seq").data == {"into": target.key}
    assert target.chain.events.latest("seq").data == {"from": second.key}
    assert rows.differences() == ([], 0)


def test_what_cannot_be_merged_is_refused(add: Add, at: datetime) -> None:
    official, added = users.official(), add()
    with pytest.raises(Invalid, match="Select another"):
        additions.merge(added, into=added, by=official, at=at)
    kept = users.organisation("Kept")
    additions.merge(added, into=kept, by=official, at=at)
    with pytest.raises(TooLate, match="already been merged"):
        additions.merge(added, into=kept, by=official, at=at)
    other = add("Other")
    with pytest.raises(TooLate, match="has been merged into another"):
        additions.merge(other, into=added, by=official, at=at)
    with pytest.raises(TooLate, match="already been confirmed"):
        additions.merge(kept, into=users.organisation(), by=official, at=at)

"""Unassigned cases of the list are shared out by load, after a proposal for each."""

import pytest
from django.test import Client

from bids.domain import sharing
from bids.models import Assignment, Expression
from innovation.accounts.models import User
from innovation.core.errors import Invalid
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def chosen(*selected: Expression) -> str:
    return "&".join(f"case={case.key}" for case in selected)


def proposal(
    *selected: Expression, people: list[User], places: dict[str, int] | None = None
) -> str:
    persons = "".join(f"&person={user.key}" for user in people)
    limits = "".join(f"&places_{key}={most}" for key, most in (places or {}).items())
    return f"/batches/new/share/proposal?{chosen(*selected)}{persons}{limits}"


def assigned_to(user: User) -> set[str]:
    current = Assignment.objects.filter(user=user, ended_at=None)
    return set(current.values_list("expression__title", flat=True))


def test_cases_are_shared_evenly_and_changed_by_hand(client: Client) -> None:
    busy, free, coach = users.official(), users.official(), users.coach()
    for _ in range(2):
        users.assign(busy, cases.submitted_expression())
    users.assign(busy, cases.declined_expression())
    selected = [cases.submitted_expression(title=title) for title in "ABCD"]
    theirs = cases.submitted_expression(title="Theirs")
    users.assign(busy, theirs)
    client.force_login(users.official())
    assert 'formaction="/batches/new/share"' in client.get("/cases/").content.decode()
    address = f"/batches/new/share?{chosen(*selected, theirs)}"
    page = client.get(address).content.decode()
    assert f"{busy.name} (3 cases)" in page
    assert f"How many cases can {coach.name} look after in all?" in page
    assert f"How many cases can {free.name}" not in page
    people = [busy, free, coach]
    data = {"people": [user.key for user in people], f"places_{coach.key}": "1"}
    answer = client.post(address, data)
    assert answer["Location"] == proposal(
        *selected, theirs, people=people, places={coach.key: 1}
    )
    page = client.get(answer["Location"]).content.decode()
    assert f"{busy.name} already looks after it" in page
    assert f"{free.name}, who has 0 cases now and would have 3" in page
    assert f"{coach.name}, who has 0 cases now and would have 1, of 1" in page
    assert f"No places left: {coach.name}" in page
    keys = {case.key: free.key for case in selected[:3]}
    keys[selected[3].key] = busy.key
    batch = client.post(answer["Location"], keys)["Location"]
    assert (assigned_to(free), assigned_to(coach)) == ({"A", "B", "C"}, set())
    assert f"to {busy.name}" in client.get(batch).content.decode()
    client.post(f"{batch}/undo")
    assert assigned_to(free) == set()


def test_too_few_places_are_named(client: Client) -> None:
    coach = users.coach()
    selected = [cases.submitted_expression(title=title) for title in "AB"]
    client.force_login(users.official())
    address = proposal(*selected, people=[coach], places={coach.key: 1})
    page = client.get(address).content.decode()
    assert f"“A” and “B” can only be given to {coach.name}, who has 1 place" in page
    assert client.post(address, {}).status_code == 422
    assert not Assignment.objects.exists()
    page = client.get(proposal(*selected, people=[])).content.decode()
    assert "Nobody whom you chose can be given “A”. Choose more people" in page
    answer = client.post(f"/batches/new/share?{chosen(*selected)}", {})
    assert "Select at least one person" in answer.content.decode()


def test_nobody_is_given_a_case_in_which_they_have_an_interest(
    client: Client,
) -> None:
    conflicted, other = users.person("board_member", "official"), users.official()
    bid = cases.bid_at_board(title="Closed")
    grants.interest(bid, conflicted)
    case = bid.expression
    conflicted.refresh_from_db()
    client.force_login(users.official())
    page = client.get(proposal(case, people=[conflicted, other])).content.decode()
    assert f"Cannot be given this case: {conflicted.name}" in page
    assert "interest" not in page.lower()
    answer = client.post(
        proposal(case, people=[conflicted, other]), {case.key: conflicted.key}
    )
    assert answer.status_code == 422
    alone = sharing.candidates([conflicted], {}, other)
    with pytest.raises(Invalid, match="Nobody whom you chose can be given “Closed”"):
        sharing.propose([case], alone)


def test_loads_count_only_cases_that_the_reader_can_open() -> None:
    conflicted, colleague = users.person("board_member", "official"), users.official()
    bid = cases.bid_at_board()
    users.assign(colleague, bid.expression)
    grants.interest(bid, conflicted)
    conflicted.refresh_from_db()
    for reader, load in ((conflicted, 0), (users.official(), 1)):
        [one] = sharing.candidates([colleague], {}, reader)
        assert one.load == load


def test_coaches_and_analysts_share_nothing_out(client: Client) -> None:
    case = cases.submitted_expression()
    for user in (users.assign(users.coach(), case), users.analyst()):
        client.force_login(user)
        for address in (
            f"/batches/new/share?{chosen(case)}",
            proposal(case, people=[]),
        ):
            assert client.get(address).status_code == 403
            assert client.post(address, {}).status_code == 403


def test_a_draft_cannot_be_shared_out(client: Client) -> None:
    draft, official = cases.draft(title="Secret"), users.official()
    client.force_login(official)
    page = client.get(proposal(draft, people=[official])).content.decode()
    assert "Secret" not in page
    assert "You have selected no cases" in page

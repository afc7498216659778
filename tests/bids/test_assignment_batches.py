"""Several cases of the list are assigned at once, after a page that names each."""

import re

import pytest
from django.test import Client

from bids.domain import assignments
from bids.models import Assignment, Expression
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import NotAllowed
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def address(name: str, chosen: list[Expression], user: User | None = None) -> str:
    page = f"{user.key}/{name}" if user else name
    query = "&".join(f"case={case.key}" for case in chosen)
    return f"/assignments/{page}?{query}"


def assigned_to(user: User) -> set[str]:
    current = Assignment.objects.filter(user=user, ended_at=None)
    return set(current.values_list("expression__title", flat=True))


def section(page: str, heading: str) -> str:
    """What stands between this heading and the next, or the form."""
    match = re.search(rf"{heading}</h2>(.*?)(<h2|<form|$)", page, re.DOTALL)
    return match[1] if match else ""


def test_selected_cases_are_assigned_after_a_page_that_names_each(
    client: Client,
) -> None:
    official, colleague = users.official(), users.official()
    one, two, three = (cases.submitted_expression(title=title) for title in "ABC")
    users.assign(colleague, two)
    client.force_login(official)
    page = client.get("/cases/").content.decode()
    assert f'name="case" type="checkbox" value="{one.key}"' in page
    chosen = [one, two]
    answer = client.post(address("new", chosen), {"user": colleague.key})
    confirm = address("confirm", chosen, colleague)
    assert answer["Location"] == confirm
    page = client.get(confirm).content.decode()
    assert one.key in section(page, f"{colleague.name} will look after")
    assert two.key in section(page, f"{colleague.name} already looks after")
    assert three.key not in page
    assert "Assign 1 case<" in page
    assert assigned_to(colleague) == {"B"}
    answer = client.post(confirm)
    assert answer["Location"] == address("done", [one], colleague)
    assert assigned_to(colleague) == {"A", "B"}
    page = client.get(answer["Location"]).content.decode()
    assert f"You assigned 1 case to {colleague.name}" in page
    undo = address("end", [one], colleague)
    assert undo in page.replace("&amp;", "&")
    page = client.get(undo).content.decode()
    assert one.key in section(page, f"{colleague.name} will no longer look after")
    assert client.post(undo)["Location"] == "/cases/"
    assert assigned_to(colleague) == {"B"}
    names = Event.objects.filter(subject=one.key).order_by("seq")
    assert [*names.values_list("name", flat=True)][-2:] == [
        "expression.assigned",
        "expression.unassigned",
    ]


def test_without_a_selection_nothing_is_assigned(client: Client) -> None:
    official = users.official()
    client.force_login(official)
    assert (
        "You have selected no cases" in client.get("/assignments/new").content.decode()
    )
    answer = client.post("/assignments/new", {"user": official.key})
    assert answer.status_code == 422
    assert "Select at least one case" in answer.content.decode()
    case = cases.submitted_expression()
    answer = client.post(address("new", [case]), {"user": ""})
    assert "Select a person" in answer.content.decode()


def test_a_case_that_the_reader_may_not_see_is_left_out(client: Client) -> None:
    official = users.official()
    draft, sent = cases.draft(title="Secret"), cases.submitted_expression()
    client.force_login(official)
    for name in ("new", "confirm", "done", "end"):
        person = None if name == "new" else official
        page = client.get(address(name, [draft, sent], person))
        assert sent.title in page.content.decode()
        assert "Secret" not in page.content.decode()
    client.post(address("confirm", [draft, sent], official))
    assert assigned_to(official) == {sent.title}


def test_only_somebody_who_develops_cases_can_be_chosen(client: Client) -> None:
    client.force_login(users.official())
    case, analyst = cases.submitted_expression(), users.analyst()
    assert client.get(address("confirm", [case], analyst)).status_code == 404
    assert client.post(address("end", [case], analyst)).status_code == 404


def test_coaches_and_analysts_assign_nothing(client: Client) -> None:
    case = cases.submitted_expression()
    for user in (users.coach(), users.analyst()):
        client.force_login(user)
        assert client.get(address("new", [case])).status_code == 403
        assert 'name="case"' not in client.get("/cases/").content.decode()
        with pytest.raises(NotAllowed):
            assignments.assign_all([case], user=users.official(), by=user, at=MOMENT)

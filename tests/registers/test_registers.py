"""Every register, by its definition alone: who reaches it, and what its pages, its CSV
and its resource of the API say of one row.
"""

import csv
import io
from datetime import date, time
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from innovation.audit.models import Event
from innovation.core import clock
from innovation.core.errors import NotAllowed
from innovation.core.lines import single_line
from innovation.registers import domain
from innovation.registers.definitions import REGISTERS
from innovation.registers.models import RegisterRow
from innovation.registers.register import Register
from tests import edit_forms
from tests.factories import registers, users
from tests.funding.page_requests import date_fields

AWKWARD = '=1+1 <b>“Zoë”</b> \u202e & {{ 7 }}\n{% x %}, "quoted"'
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name),
]


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(users.administrator())
    return client


def address(register: Register[Any], page: str = "", *params: str) -> str:
    return reverse(f"registers:{register.name}{page}", args=params)


def addresses(register: Register[Any], row: RegisterRow) -> list[str]:
    inside = [address(register, page, row.key) for page in ("-row", "-change")]
    return [address(register, page) for page in ("", "-add", "-csv")] + inside


def as_typed(register: Register[Any]) -> dict[str, str]:
    """The form of a row, as somebody types it."""
    row = register.model(**registers.example_values(register))
    values: dict[str, str] = {}
    for name, value in register.form.initial_values(row).items():
        if isinstance(value, date):
            values |= {k: str(part) for k, part in date_fields(name, value).items()}
        else:
            values[name] = f"{value:%H:%M}" if isinstance(value, time) else str(value)
    return values


def csv_rows(client: Client, register: Register[Any]) -> list[list[str]]:
    answer: Any = client.get(address(register, "-csv"))
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def test_a_row_that_was_typed_is_on_its_pages_in_the_csv_and_in_the_api(
    register: Register[Any], administrator: Client
) -> None:
    answer = administrator.post(address(register, "-add"), as_typed(register))
    row = register.model._default_manager.get()
    assert answer["Location"] == row.get_absolute_url()
    for page in (address(register), row.get_absolute_url()):
        page_text = administrator.get(page).content.decode()
        assert row.key in page_text
        assert all(cell in page_text for cell in register.cells(row))
    [header, line] = csv_rows(administrator, register)
    assert header == ["Reference", *register.headings]
    assert line[0] == row.key
    [row_read] = Client().get(f"/api/v1/{register.name}/").json()["results"]
    assert row_read.keys() == {"key", *register.columns} == register.example.keys()
    one = Client().get(f"/api/v1/{register.name}/{row.key}/")
    assert one.json() == row_read


def test_only_an_administrator_reaches_its_pages(register: Register[Any]) -> None:
    row = registers.row(register)
    for page in addresses(register, row):
        assert Client().get(page)["Location"].startswith("/accounts/login/")
        for outsider in (users.outsider(), users.official(), users.grant_manager()):
            client = Client()
            client.force_login(outsider)
            assert client.get(page).status_code == 403
            assert client.post(page, as_typed(register)).status_code in {403, 405}
    assert register.model._default_manager.count() == 1
    assert Event.objects.filter(subject=row.key).count() == 1


def test_nobody_else_adds_or_changes_a_row(register: Register[Any]) -> None:
    row, now = registers.row(register), clock.now()
    values = registers.example_values(register)
    for outsider in (users.outsider(), users.official()):
        with pytest.raises(NotAllowed):
            domain.add(register.model, values=values, by=outsider, at=now)
        with pytest.raises(NotAllowed):
            domain.change(row, values=values, by=outsider, at=now)


def test_awkward_text_is_shown_as_text(
    register: Register[Any], administrator: Client
) -> None:
    name = register.columns[0]
    row = registers.row(register, **{name: AWKWARD})
    for page in (address(register), row.get_absolute_url()):
        page_text = administrator.get(page).content.decode()
        assert "<b>“Zoë”" not in page_text
        assert "&lt;b&gt;“Zoë”" in page_text
    text = getattr(row, name)
    assert text in {AWKWARD, single_line(AWKWARD)}
    assert csv_rows(administrator, register)[1][1] == f"'{text}"
    [row_read] = Client().get(f"/api/v1/{register.name}/").json()["results"]
    assert row_read[name] == text
    unprintable = as_typed(register) | {name: "a\ue000b"}
    refused = administrator.post(address(register, "-add"), unprintable)
    assert refused.status_code == 422


def test_a_change_is_an_event_that_names_what_changed(
    register: Register[Any], administrator: Client
) -> None:
    row, name = registers.row(register), register.columns[0]
    page = address(register, "-change", row.key)
    for _ in range(2):
        assert edit_forms.post_edit(
            administrator, page, as_typed(register) | {name: "Otherwise"}
        ).status_code in {302}
    assert getattr(register.model._default_manager.get(), name) == "Otherwise"
    events = Event.objects.filter(chain=row.chain).order_by("seq")
    assert [event.name for event in events] == ["register.added", "register.changed"]
    heading = register.headings[0].lower()
    page_text = administrator.get(row.get_absolute_url()).content.decode()
    assert f"changed this: {heading}" in page_text


def test_a_row_is_never_deleted(register: Register[Any]) -> None:
    row = registers.row(register)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_its_list_costs_the_same_with_three_rows(
    register: Register[Any],
    administrator: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    registers.row(register)
    administrator.get(address(register))
    with django_assert_num_queries(3):
        administrator.get(address(register))
    registers.row(register)
    registers.row(register)
    with django_assert_num_queries(3):
        administrator.get(address(register))

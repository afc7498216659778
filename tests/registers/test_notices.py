"""Service notices: who sees which, from when and until when, on every page."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from innovation.core import clock
from innovation.registers import banner
from innovation.registers.definitions import NOTICES, current_notices
from innovation.registers.models import Notice, NoticeReaders
from tests.factories import registers, users
from tests.funding.page_requests import date_fields

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def nothing_kept(no_service_notices: None) -> None:
    banner.keep((), seconds=0)


def notice(text: str = "We are closed on Saturday.", **more: Any) -> Any:
    now = clock.now()
    times = {"starts_at": now - HOUR, "ends_at": now + HOUR}
    return registers.row(NOTICES, **{"text": text, **times, **more})


def is_shown(client: Client, address: str = "/", text: str = "closed on Sat") -> bool:
    banner.keep((), seconds=0)
    return text in client.get(address).content.decode()


def test_everybody_sees_it_on_every_page(client: Client) -> None:
    notice()
    pages = ("/", "/accounts/login/", "/privacy", "/no-such-page", "/api/")
    assert [page for page in pages if not is_shown(client, page)] == []
    client.force_login(users.applicant())
    assert is_shown(client, "/home")
    assert is_shown(client, "/cases/")  # Which refuses an applicant.


def test_what_is_for_whoever_is_signed_in_no_stranger_sees(client: Client) -> None:
    row = notice(readers=NoticeReaders.SIGNED_IN)
    assert not is_shown(client)
    assert client.get("/api/v1/notices/").json()["results"] == []
    assert client.get(f"/api/v1/notices/{row.key}/").status_code == 404
    client.force_login(users.applicant())
    assert is_shown(client, "/home")


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [(-1, 1, True), (0, 1, True), (1, 2, False), (-2, -1, False), (-1, 0, False)],
)
def test_it_lasts_from_its_first_moment_to_just_before_its_last(
    starts: int, ends: int, shown: bool, at: datetime
) -> None:
    notice(starts_at=at + starts * HOUR, ends_at=at + ends * HOUR)
    assert bool(banner.current(at)) == shown
    assert current_notices(users.applicant(), at).exists() == shown


def test_one_that_is_kept_begins_and_ends_on_time(at: datetime) -> None:
    second = timedelta(seconds=1)
    notice(starts_at=at + second, ends_at=at + 2 * second)
    visibility = [bool(banner.current(at + n * second)) for n in range(4)]
    assert visibility == [False, True, False, False]


def test_a_page_pays_no_query_while_they_are_kept(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    notice()
    with django_assert_num_queries(1):
        client.get("/cookies")
    with django_assert_num_queries(0):
        assert "closed on Saturday" in client.get("/cookies").content.decode()


def test_what_was_read_last_stands_while_the_database_cannot_be_read(
    at: datetime,
) -> None:
    row = notice(starts_at=at, ends_at=at + HOUR)
    banner.keep([row], seconds=0)
    with connection.execute_wrapper(_fail):
        assert banner.current(at) == [row]


def _fail(*_: Any) -> Any:
    raise OperationalError("away")


def test_it_cannot_end_before_it_starts(client: Client) -> None:
    client.force_login(users.administrator())
    day = clock.london_day(clock.now())
    form_data: dict[str, Any] = {
        "text": "Closed",
        "kind": "maintenance",
        "readers": "everybody",
        **date_fields("starts_at", day),
        "starts_time": "5pm",
        **date_fields("ends_at", day),
        "ends_time": "5pm",
    }
    answer = client.post("/registers/notices/add", form_data)
    assert answer.status_code == 422
    assert "It must end after it starts" in answer.content.decode()
    assert not Notice.objects.exists()
    assert client.post("/registers/notices/add", form_data | {"ends_time": "5:01pm"})
    [saved_notice] = Notice.objects.all()
    assert saved_notice.ends_at - saved_notice.starts_at == timedelta(minutes=1)


def test_markup_in_it_is_text(client: Client) -> None:
    notice("<script>x</script>\nOn two lines")
    assert is_shown(client, text="&lt;script&gt;x&lt;/script&gt;<br>On two lines")


def test_the_newest_five_stand_at_once(client: Client) -> None:
    now = clock.now()
    for number in range(7):
        notice(f"Number {number}.", starts_at=now - (7 - number) * HOUR)
    page_text = client.get("/").content.decode()
    assert [n for n in range(7) if f"Number {n}." in page_text] == [2, 3, 4, 5, 6]

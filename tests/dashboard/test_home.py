"""What waits on each role, and what it costs to say so."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from innovation.accounts.models import User
from innovation.accounts.roles import ROLES
from innovation.dashboard import queues
from innovation.notifications.models import Letter
from tests.dates import MOMENT
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def waiting_items(client: Client, user: User) -> list[str]:
    client.force_login(user)
    page = client.get("/home").content.decode()
    main = page[page.index("<h1") : page.index("</main>")].partition("<h2")[0]
    return [unescape(words) for words in re.findall(r"<li><a[^>]*>([^<>]+)</a>", main)]


def test_nobody_signed_in_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get("/home")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_an_official_reads_what_was_sent(client: Client) -> None:
    cases.submitted_expression()
    assert waiting_items(client, users.official()) == [
        "1 expression of interest to read"
    ]
    cases.submitted_expression()
    assert waiting_items(client, users.official()) == [
        "2 expressions of interest to read"
    ]


def test_a_coach_waits_for_assigned_cases_only(client: Client) -> None:
    coach = users.coach()
    bid = cases.bid_in_development()
    assert waiting_items(client, coach) == []
    users.assign(coach, bid.expression)
    assert waiting_items(client, coach) == ["1 bid being worked up"]


def test_the_secretary_lists_and_the_member_reads(client: Client) -> None:
    member = users.member()
    cases.assessed_bid()
    grants.agenda_item(members=[member, *grants.board_members(2)])
    assert waiting_items(client, member) == ["1 paper to read and give a view on"]
    assert waiting_items(client, users.secretary()) == [
        "1 bid to list for a meeting",
        "1 bid to record the Board’s advice on",
    ]


def test_the_ministers_office_decides(client: Client) -> None:
    grants.bid_with_minister()
    assert waiting_items(client, users.minister()) == ["1 bid to decide on"]


def test_an_administrator_meets_letters_in_trouble(client: Client) -> None:
    Letter.objects.create(
        kind="x", address="x@example.org", state="failed", not_before=MOMENT,
        put_at=MOMENT,
    )  # fmt: skip
    assert waiting_items(client, users.administrator()) == [
        "1 letter in doubt or failed"
    ]


@pytest.mark.parametrize("roles", [*([role] for role in ROLES), list(ROLES)])
def test_a_home_takes_few_queries_whatever_hats_are_worn(
    client: Client,
    roles: list[str],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(users.person(*roles))
    with django_assert_max_num_queries(8):
        assert client.get("/home").status_code == 200


@pytest.mark.parametrize("role", list(ROLES))
def test_every_pile_leads_to_a_page_its_reader_may_open(
    client: Client, role: str
) -> None:
    user = users.person(role)
    client.force_login(user)
    for queue in queues.queues_of(user):
        assert client.get(queue.href).status_code == 200, queue.href


def test_bid_to_decide_is_counted_once_for_somebody_with_both_rights(
    client: Client,
) -> None:
    grants.bid_with_minister()
    user = users.person("ministers_office", "seed_approver")
    assert waiting_items(client, user) == ["1 bid to decide on"]

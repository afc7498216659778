"""A query that is kept finds what the query that Django writes anew would find."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.models import QuerySet
from pytest_django import Settings

from bids import policies
from bids.models import Expression
from innovation.accounts.models import User
from innovation.core import clock, statements
from tests.concurrency import run_concurrently
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_statements(db: None) -> Iterator[None]:
    statements.drop_all()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    yield
    statements.drop_all()


def own(reader: User, title: str) -> QuerySet[Expression]:
    return policies.expressions_for(reader).filter(title=title)


def titled(*titles: str) -> QuerySet[Expression]:
    return Expression.objects.filter(title__in=titles).order_by("pk")


def prepared() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements ORDER BY prepare_time")
        return [name for (name,) in cursor.fetchall()]


def test_each_reader_finds_what_is_theirs() -> None:
    first, second = cases.draft(title="Same"), cases.draft(title="Same")
    editors = [cases.editor_of(each.lead) for each in (first, second)]
    for _ in range(2):
        assert [statements.fetch(own, each, "Same") for each in editors] == [
            [first],
            [second],
        ]
        assert statements.fetch(own, users.outsider(), "Same") == []


def test_rights_are_part_of_the_shape() -> None:
    expression = cases.submitted_expression(title="Sent")
    assert statements.fetch(own, users.outsider(), "Sent") == []
    assert statements.fetch(own, users.official(), "Sent") == [expression]
    assert statements.fetch(own, users.finance(), "Sent") == []


def test_rows_come_in_the_form_that_the_query_gives_them() -> None:
    draft = cases.draft(title="a")

    def keys(title: str) -> Any:
        return titled(title).values("key")

    def pairs(title: str) -> Any:
        return titled(title).values_list("key", "title")

    def flat(title: str) -> Any:
        return titled(title).values_list("key", flat=True)

    assert statements.fetch(keys, "a") == [{"key": draft.key}]
    assert statements.fetch(pairs, "a") == [(draft.key, "a")]
    assert statements.fetch(flat, "a") == [draft.key]
    assert statements.values(pairs, "a") == [(draft.key, "a")]


def test_a_query_is_prepared_once_for_a_connection() -> None:
    official, known = users.official(), list[str]()
    for title in ("One", "Two", "50% “more”; DROP TABLE"):
        expression = cases.submitted_expression(title=title)
        assert statements.first(own, official, title) == expression
        known = known or prepared()
    assert prepared() == known


def test_where_a_pooler_stands_in_front_nothing_is_prepared(settings: Settings) -> None:
    settings.PREPARED_STATEMENTS = False
    expression = cases.submitted_expression(title="Sent")
    assert statements.fetch(own, users.official(), "Sent") == [expression]
    assert statements.count(own, users.official(), "Sent") == 1
    assert prepared() == []


def test_the_length_of_a_list_is_part_of_the_shape() -> None:
    drafts = [cases.draft(title=title) for title in "abc"]
    assert statements.fetch(titled, "a", "b") == drafts[:2]

    def listed(titles: tuple[str, ...]) -> QuerySet[Expression]:
        return titled(*titles)

    for number in range(4):
        letters = tuple("abc"[:number])
        assert statements.fetch(listed, letters) == drafts[:number]
        assert statements.count(listed, letters) == number


def test_the_statements_used_last_are_kept_and_a_session_holds_as_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(statements, "MAX_STATEMENTS", 3)
    cases.draft(title="a")

    def numbered(number: int, title: str) -> QuerySet[Expression]:
        return titled(title)

    for number in range(10):
        for each in (0, number):
            assert len(statements.fetch(numbered, "a", variant=(each,))) == 1
    keys: list[Any] = list(statements._statements)
    assert [key[1] for key in keys] == [(8,), (0,), (9,)]
    assert len(prepared()) <= 3


def test_a_value_that_is_not_handed_on_is_refused() -> None:
    def lower(title: str) -> QuerySet[Expression]:
        return titled(title.lower() + "!")

    with pytest.raises(AssertionError, match="not handed on"):
        statements.fetch(lower, "a")


def test_a_value_that_decides_how_the_query_is_written_is_noticed() -> None:
    def branching(title: str) -> QuerySet[Expression]:
        result = titled(title)
        return result.exclude(state="draft") if title == "secret" else result

    assert statements.fetch(branching, "a") == []
    with pytest.raises(AssertionError, match="write another query"):
        statements.fetch(branching, "secret")


def test_a_query_that_asks_the_time_is_not_kept() -> None:
    def started_before_now(title: str) -> QuerySet[Expression]:
        return titled(title).filter(started_at__lt=clock.now())

    with pytest.raises(AssertionError, match="must not know the time"):
        statements.fetch(started_before_now, "a")
    clock.now()


@pytest.mark.parametrize(
    "value", [b"bytes", 1.5, object(), {"a": 1}], ids=lambda each: type(each).__name__
)
def test_a_value_of_another_kind_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="No statement takes"):
        statements.fetch(titled, value)


def test_days_and_moments_are_values(at: datetime) -> None:
    draft = cases.draft()

    def before(moment: datetime, day: date) -> QuerySet[Expression]:
        return Expression.objects.filter(started_at__lt=moment).exclude(
            started_at__date=day
        )

    assert statements.fetch(before, at, date(2016, 1, 1)) == [draft]
    assert statements.fetch(before, draft.started_at, date(2016, 1, 1)) == []


def test_after_a_transaction_is_rolled_back_the_statement_is_there() -> None:
    expression, official = cases.submitted_expression(title="Sent"), users.official()
    with transaction.atomic():
        assert statements.fetch(own, official, "Sent") == [expression]
        transaction.set_rollback(True)
    assert statements.fetch(own, official, "Sent") == [expression]


@pytest.mark.django_db(transaction=True)
def test_threads_and_new_connections_prepare_for_themselves() -> None:
    expression, official = cases.submitted_expression(title="Sent"), users.official()

    def read() -> list[list[Expression]]:
        result = []
        for _ in range(5):
            result.append(statements.fetch(own, official, "Sent"))
            connections.close_all()
        return result

    for result in run_concurrently([read] * 4):
        assert result == [[expression]] * 5


@pytest.mark.django_db(transaction=True)
def test_a_session_that_the_database_ended_is_replaced_by_the_next_request() -> None:
    expression, official = cases.submitted_expression(title="Sent"), users.official()
    assert statements.fetch(own, official, "Sent") == [expression]
    pid = connection.connection.info.backend_pid
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    connection.close_if_unusable_or_obsolete()  # as at the beginning of a request
    assert statements.fetch(own, official, "Sent") == [expression]

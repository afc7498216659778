"""The awards behind the public figures: which they are, and what finding them costs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bids.models import IdeaType
from funding.domain import announcements
from funding.models import Award
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.money import Money
from innovation.dashboard import definitions, figures
from tests.audit import chain_tampering
from tests.dates import MOMENT
from tests.factories import grants, users
from tests.funding.page_requests import client_for

pytestmark = pytest.mark.django_db
TODAY = grants.MEETING_AT.date()
PAGES = {
    "/figures/projects/": lambda: list(figures.projects(TODAY)),
    "/figures/councils/": lambda: figures.councils(TODAY),
}


def announced_award() -> Award:
    award = grants.active_award()
    IdeaType.objects.update(redesigns_social_work=True)
    return announcements.announce(
        Award.objects.get(pk=award.pk),
        on=TODAY,
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )


def test_they_are_those_announced_by_the_day() -> None:
    first, second = announced_award(), announced_award()
    grants.active_award()

    assert list(figures.projects(TODAY)) == [first, second]
    awards_named = {award for _, named in figures.councils(TODAY) for award in named}
    assert awards_named == {first, second}
    assert list(figures.projects(MOMENT.date())) == []
    assert figures.councils(MOMENT.date()) == []


@pytest.mark.parametrize("page", PAGES)
def test_as_many_questions_however_many_awards(page: str) -> None:
    reader = client_for(users.official())

    def call_count() -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = reader.get(page, {"as_at": TODAY.isoformat()})
        assert answer.status_code == 200
        return len(captured)

    announced_award()
    one = call_count()
    announced_award()
    announced_award()
    assert one == call_count()
    assert one <= 7


def test_the_two_counts_are_compared_without_what_is_made_up() -> None:
    IdeaType.objects.create(name="Whole system change", redesigns_social_work=True)
    first, second = users.council("Larkmere"), users.council("Northshire")
    idea = IdeaType.objects.get(redesigns_social_work=True)
    for councils, idea_type, pounds in (
        ([first], idea, 2_000_000),
        ([first, second], None, None),
    ):
        grants.published_award(
            councils=councils,
            idea_type=idea_type,
            amount=Money.pounds(pounds) if pounds else None,
            amount_precision="about" if pounds else "",
        )
    announced_award()
    count = definitions.own_count(TODAY + timedelta(days=30))
    assert (count.projects, count.with_amount, count.amount) == (2, 1, "£2 million")
    assert (count.councils, count.redesigning) == (2, 1)
    assert definitions.own_count(MOMENT.date()).projects == 0


@pytest.mark.parametrize("read_figure", PAGES.values(), ids=PAGES)
def test_the_log_is_read_by_an_index_and_never_whole(
    read_figure: Callable[[], object],
) -> None:
    announced_award()
    add_thousands_of_events()

    with CaptureQueriesContext(connection) as captured:
        read_figure()

    plans = [
        query_plan(query["sql"])
        for query in captured.captured_queries
        if "audit_event" in query["sql"]
    ]
    assert len(plans) == 1
    assert "event_name_at" in plans[0]
    assert "Seq Scan on audit_event" not in plans[0]


def add_thousands_of_events() -> None:
    """Of other cases, as a service of some years holds them."""
    chain = events.open_chain(Chain.Kind.CASE)
    events.record_all(
        events.draft_on_chain(
            chain, "expression.edited", subject="EOI", by=events.SERVICE, at=MOMENT
        )
        for _ in range(5000)
    )
    chain_tampering.execute("ANALYZE audit_event")


def query_plan(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(line for (line,) in cursor.fetchall())

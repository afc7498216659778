"""Officials add dated facts about councils, end them and withdraw wrong ones."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from innovation.accounts.domain import council_facts
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.clock import end_of_day
from innovation.core.dates import WrittenDate
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.organisations.models import Council, CouncilFact, FactKind
from tests.dates import MOMENT, moment_after
from tests.factories import users

pytestmark = pytest.mark.django_db
MARCH = WrittenDate(2015, 3, 2)


def add(council: Council, started: WrittenDate, by: User | None = None) -> CouncilFact:
    return council_facts.add(
        council,
        kind=FactKind.COMMISSIONER,
        what="  commissioner   appointed ",
        started=started,
        source="A letter of 12 November 2014",
        confidence="high",
        by=by or users.official(),
        at=MOMENT,
    )


def kinds_on(day: str, known_on: date | None = None) -> list[str]:
    known_at = end_of_day(known_on) if known_on else None
    rows = CouncilFact.objects.known(known_at).on(day, known_at)
    return sorted(rows.values_list("kind", flat=True))


def test_a_fact_has_the_date_as_its_source_gives_it_and_an_event() -> None:
    by = users.official()
    fact = add(users.council(), WrittenDate(2014, 10), by)
    assert (fact.started, fact.what) == ("2014-10", "commissioner appointed")
    event = Event.objects.get(subject=fact.key)
    assert (event.name, event.actor) == ("council_fact.added", by.key)
    assert event.data == {
        "council": fact.council_id,
        "kind": "commissioner",
        "started": "2014-10",
    }


@pytest.mark.parametrize(
    "role", ["coach", "grant_manager", "analyst", "administrator", "applicant"]
)
def test_nobody_but_an_official_adds_ends_or_withdraws_one(role: str) -> None:
    fact, by = users.council_fact(), users.person(role)
    with pytest.raises(NotAllowed):
        add(fact.council, MARCH, by)
    with pytest.raises(NotAllowed):
        council_facts.end(fact, ended=MARCH, source="A page", by=by, at=MOMENT)
    with pytest.raises(NotAllowed):
        council_facts.withdraw(fact, because="Wrong.", by=by, at=MOMENT)
    fact.refresh_from_db()
    assert (fact.ended, fact.withdrawn_at) == ("", None)
    assert CouncilFact.objects.count() == 1


def test_a_date_to_come_is_refused() -> None:
    tomorrow = MOMENT.date() + timedelta(days=1)
    written = WrittenDate(tomorrow.year, tomorrow.month, tomorrow.day)
    with pytest.raises(Invalid, match="today or in the past"):
        add(users.council(), written)
    # The month of today has come, though it is not over.
    add(users.council(), WrittenDate(MOMENT.year, MOMENT.month))


def test_the_same_fact_stands_once_and_again_after_it_was_withdrawn() -> None:
    council = users.council()
    fact = add(council, WrittenDate(2014))
    with pytest.raises(IntegrityError), transaction.atomic():
        add(council, WrittenDate(2014))
    council_facts.withdraw(fact, because="A slip.", by=users.official(), at=MOMENT)
    add(council, WrittenDate(2014))
    assert CouncilFact.objects.known().count() == 1


def test_it_ends_once_and_not_before_it_began() -> None:
    fact, by = users.council_fact(), users.official()
    with pytest.raises(Invalid, match="on or after the day it began"):
        council_facts.end(
            fact, ended=WrittenDate(2014, 9), source="A page", by=by, at=MOMENT
        )
    later = moment_after(days=300)
    # The year in which it began is not before it.
    council_facts.end(fact, ended=WrittenDate(2014), source="A page", by=by, at=later)
    with pytest.raises(TooLate, match="already recorded when"):
        council_facts.end(fact, ended=MARCH, source="A page", by=by, at=later)
    fact.refresh_from_db()
    assert (fact.ended, fact.end_source) == ("2014", "A page")
    assert fact.period == "From October 2014 until 2014"


def test_a_withdrawn_fact_stays_with_its_reason_and_changes_no_more() -> None:
    fact, by = users.council_fact(), users.official()
    council_facts.withdraw(fact, because="Another council.", by=by, at=MOMENT)
    with pytest.raises(TooLate, match="already been withdrawn"):
        council_facts.withdraw(fact, because="Again.", by=by, at=MOMENT)
    with pytest.raises(TooLate, match="already been withdrawn"):
        council_facts.end(fact, ended=MARCH, source="A page", by=by, at=MOMENT)
    fact.refresh_from_db()
    assert fact.withdrawn_because == "Another council."
    assert fact.what == "named in an announcement"


def test_what_was_so_on_a_day_and_what_was_known_on_a_day_are_two_questions() -> None:
    """In force from October 2014 to 2 March 2015; the end was learned 300 days on."""
    partner = users.council_fact()
    by, learned = users.official(), moment_after(days=300)
    council_facts.end(partner, ended=MARCH, source="A page", by=by, at=learned)
    kind = [FactKind.PARTNER_IN_PRACTICE]
    assert kinds_on("2014-09-30") == []
    assert kinds_on("2014-10-01") == kind
    assert kinds_on("2015-03-01") == kind
    assert kinds_on("2015-03-02") == []
    day = MOMENT.date()
    assert kinds_on("2015-03-02", day) == kind
    assert kinds_on("2015-03-02", learned.date()) == []
    assert kinds_on("2015-03-01", day - timedelta(days=1)) == []


def test_a_withdrawn_fact_was_known_until_then() -> None:
    fact, gone = users.council_fact(), moment_after(days=10)
    council_facts.withdraw(fact, because="Wrong.", by=users.official(), at=gone)
    assert kinds_on("2014-11-01") == []
    assert kinds_on("2014-11-01", MOMENT.date()) == [FactKind.PARTNER_IN_PRACTICE]
    assert kinds_on("2014-11-01", gone.date()) == []

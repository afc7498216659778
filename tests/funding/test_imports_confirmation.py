"""An import of the past is confirmed by a second person, who sees each figure before
and after; the figures then say that they were revised.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from bids.models import Expression
from funding.domain import imports
from funding.models import Award, Import
from innovation.accounts.models import User
from innovation.audit import figures
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core import clock
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.notifications.models import Letter
from innovation.notifications.rendering import render_letter
from tests.drives import drive
from tests.factories import users
from tests.funding import sheets
from tests.funding.historic_cases import (
    IMPORTED_AT,
    apply_import,
    confirm_import,
    receive_import,
)
from tests.funding.sheets import AWARD, EOI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]
TODAY = clock.london_day(IMPORTED_AT)
AWARD_DAY = date(2015, 2, 28)


def send_import(official: User, *rows: Mapping[str, object]) -> Import:
    received = receive_import(official, *rows)
    return imports.apply(received, by=official, at=IMPORTED_AT)


def digest(waiting: Import) -> str:
    return imports.preview(waiting, at=IMPORTED_AT).effect.digest


def event_names(imported: Import) -> list[str]:
    return [event.name for event in imported.chain.events.order_by("seq")]


def test_an_import_of_the_past_waits_and_nothing_is_in_force(official: User) -> None:
    waiting = send_import(official, EOI, AWARD)
    assert (waiting.state, waiting.sent_by, waiting.applied_by) == (
        "waiting",
        official,
        None,
    )
    assert (Expression.objects.count(), Award.objects.count()) == (0, 0)
    assert figures.read(TODAY) == figures.Figures({}, [])
    assert event_names(waiting) == ["import.checked", "import.sent"]


def test_its_sender_cannot_confirm_it_and_somebody_else_can(official: User) -> None:
    waiting = send_import(official, EOI, AWARD)
    with pytest.raises(NotAllowed, match="somebody else must confirm it"):
        imports.confirm(
            waiting, effect_digest=digest(waiting), by=official, at=IMPORTED_AT
        )
    second = users.administrator()
    imports.confirm(waiting, effect_digest=digest(waiting), by=second, at=IMPORTED_AT)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.applied_by) == ("applied", second)
    assert bytes(waiting.content or b"") == sheets.csv_file(EOI, AWARD)
    assert (Expression.objects.count(), Award.objects.count()) == (1, 1)
    [letter] = Letter.objects.filter(kind="import_confirmed")
    assert letter.recipient == official
    assert first_fault() is None


@pytest.mark.parametrize("who", ["outsider", "coach", "finance", "analyst"])
def test_nobody_without_the_permission_confirms_or_refuses(
    official: User, who: str
) -> None:
    waiting, outsider = send_import(official, EOI), getattr(users, who)()
    with pytest.raises(NotAllowed):
        imports.confirm(
            waiting, effect_digest=digest(waiting), by=outsider, at=IMPORTED_AT
        )
    with pytest.raises(NotAllowed):
        imports.decline(waiting, reason="No.", by=outsider, at=IMPORTED_AT)
    assert Expression.objects.count() == 0


def test_it_can_only_be_refused_once_its_sender_may_no_longer_import(
    official: User,
) -> None:
    waiting = send_import(official, EOI)
    User.objects.filter(pk=official.pk).update(is_active=False)
    with pytest.raises(TooLate, match="can no longer import cases"):
        confirm_import(waiting)
    imports.decline(waiting, reason="Left.", by=users.official(), at=IMPORTED_AT)
    assert Expression.objects.count() == 0


def test_the_database_refuses_one_person_for_both(official: User) -> None:
    waiting = send_import(official, EOI)
    for people in (
        {"applied_by": official},
        {"applied_by": users.official(), "sent_by": None, "sent_at": None},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Import.objects.filter(pk=waiting.pk).update(
                state="applied", applied_at=IMPORTED_AT, **people
            )


def test_it_is_refused_with_a_reason_that_its_sender_reads(official: User) -> None:
    waiting, second = send_import(official, AWARD), users.official()
    with pytest.raises(Invalid, match="Enter why"):
        imports.decline(waiting, reason=" ", by=second, at=IMPORTED_AT)
    declined = imports.decline(
        waiting, reason="It is another programme.", by=second, at=IMPORTED_AT
    )
    assert (declined.state, declined.declined_by) == ("declined", second)
    [letter] = Letter.objects.filter(kind="import_declined")
    assert letter.recipient == official
    _, text = render_letter(letter)
    assert "It is another programme." in text
    assert event_names(declined)[-1] == "import.declined"
    for act in (imports.apply, imports.decline):
        more = {"reason": "No."} if act is imports.decline else {}
        with pytest.raises(TooLate):
            act(declined, by=second, at=IMPORTED_AT, **more)
    with pytest.raises(TooLate):
        confirm_import(declined)
    assert Award.objects.count() == 0


def test_its_sender_can_take_it_back(official: User) -> None:
    waiting = send_import(official, AWARD)
    declined = imports.decline(waiting, reason="A slip.", by=official, at=IMPORTED_AT)
    assert declined.state == "declined"
    assert not Letter.objects.filter(kind="import_declined").exists()


def test_a_case_of_today_needs_one_person_and_one_of_yesterday_two(
    official: User,
) -> None:
    for days, state in ((0, "applied"), (1, "waiting")):
        day = TODAY - timedelta(days=days)
        row = EOI | {"ID": f"E{days}", "Date": f"{day:%d/%m/%Y}"}
        assert send_import(official, row | {"Title": f"No {days}"}).state == state
    assert figures.read(TODAY).revisions == []
    decided = {"Outcome": "declined", "Outcome date": f"{TODAY:%d/%m/%Y}"}
    row = EOI | decided | {"ID": "E3", "Title": "3", "Date": f"{TODAY:%d/%m/%Y}"}
    assert send_import(official, row).state == "applied"


def test_what_was_sent_today_and_confirmed_tomorrow_needs_two_people(
    official: User,
) -> None:
    received = receive_import(official, EOI | {"Date": f"{TODAY:%d/%m/%Y}"})
    assert not received.revises_past
    sent = imports.apply(received, by=official, at=IMPORTED_AT + timedelta(days=1))
    assert (sent.state, sent.revises_past) == ("waiting", True)


def test_figures_that_moved_are_shown_again(official: User) -> None:
    waiting = send_import(official, AWARD)
    effect_digest = digest(waiting)
    apply_import(official, {**AWARD, "ID": "Other", "Title": "Another"})
    second = users.official()
    with pytest.raises(Invalid, match="have moved since"):
        imports.confirm(waiting, effect_digest=effect_digest, by=second, at=IMPORTED_AT)
    waiting.refresh_from_db()
    assert (waiting.state, Award.objects.count()) == ("waiting", 1)
    [step, *_] = [
        step
        for step in imports.preview(waiting, at=IMPORTED_AT).effect.steps
        if step.figure == "projects_funded"
    ]
    assert (step.before, step.after) == (1, 2)
    imports.confirm(waiting, effect_digest=digest(waiting), by=second, at=IMPORTED_AT)
    assert Award.objects.count() == 2


def test_what_happens_today_does_not_make_the_figures_move(official: User) -> None:
    waiting = send_import(official, EOI)
    effect_digest = digest(waiting)
    send_import(official, EOI | {"ID": "New", "Date": f"{TODAY:%d/%m/%Y}"})
    imports.confirm(
        waiting, effect_digest=effect_digest, by=users.official(), at=IMPORTED_AT
    )
    assert figures.as_at(TODAY) == {"expressions": 2}


def test_a_file_that_got_problems_meanwhile_is_refused(official: User) -> None:
    first, second = (
        send_import(official, AWARD),
        send_import(official, AWARD | {"ID": "Z"}),
    )
    confirm_import(first)
    assert confirm_import(second).state == "refused"
    assert Award.objects.count() == 1


def test_an_import_that_stops_can_be_sent_again(official: User) -> None:
    waiting = send_import(official, AWARD)
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE funding_moneyline ADD CONSTRAINT full_disk CHECK (false)"
        )
        stopped = confirm_import(waiting)
        cursor.execute("ALTER TABLE funding_moneyline DROP CONSTRAINT full_disk")
    assert (stopped.state, Award.objects.count()) == ("failed", 0)
    with pytest.raises(TooLate):
        confirm_import(stopped)
    sent = imports.apply(stopped, by=users.official(), at=IMPORTED_AT)
    assert sent.state == "waiting"
    assert imports.confirm(
        sent, effect_digest=digest(sent), by=official, at=IMPORTED_AT
    ).state == ("applied")


def test_a_figure_says_when_it_was_revised_and_by_how_much(official: User) -> None:
    send = {**AWARD, "ID": "A2", "Title": "Later", "Date": "1 Mar 2016",
            "Councils": "Leeds; York"}  # fmt: skip
    apply_import(official, AWARD, send)

    def revisions(day: date) -> dict[str, int]:
        return {
            row.figure: row.change
            for row in figures.read(day).revisions
            if row.revised_on == TODAY
        }

    before = AWARD_DAY - timedelta(days=1)
    assert figures.read(before).revisions == []
    assert revisions(AWARD_DAY) == {"projects_funded": 1, "councils_redesigning": 2}
    for day in (date(2016, 3, 1), TODAY, TODAY + timedelta(days=400)):
        assert revisions(day) == {"projects_funded": 2, "councils_redesigning": 3}


def test_a_council_that_counted_later_anyway_is_revised_until_then(
    official: User,
) -> None:
    apply_import(official, AWARD)
    earlier = {**AWARD, "ID": "A0", "Title": "Earlier", "Date": "1 May 2014"}
    with_york = {**earlier, "Councils": "Hull; York"}
    confirm_import(send_import(official, with_york), at=IMPORTED_AT + timedelta(days=1))
    next_day = TODAY + timedelta(days=1)

    def change(day: date) -> int:
        return sum(
            row.change
            for row in figures.read(day).revisions
            if (row.figure, row.revised_on) == ("councils_redesigning", next_day)
        )

    assert change(date(2014, 4, 30)) == 0
    assert change(date(2014, 5, 1)) == 2
    # Hull counts from here without it.
    assert change(AWARD_DAY) == 1


def test_an_award_added_late_says_so(official: User) -> None:
    apply_import(official, AWARD)
    assert Award.objects.get().revised_on == TODAY
    row = AWARD | {"ID": "A2", "Title": "Now", "Date": f"{TODAY:%d/%m/%Y}"}
    send_import(official, row)
    assert Award.objects.get(title="Now").revised_on is None


_PLACES = ["Hull", "Leeds", "York", "Kent"]
_FIRST = date(2014, 1, 1)
_ROWS = st.lists(
    st.tuples(
        st.booleans(),
        st.integers(min_value=0, max_value=9),
        st.sets(st.sampled_from(_PLACES), max_size=3),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


def _rows(drawn: list[Any], name: str) -> list[dict[str, object]]:
    rows = []
    for number, (is_award, days, places, redesigns) in enumerate(drawn):
        base = AWARD if is_award else EOI
        row: dict[str, object] = {
            **base,
            "ID": f"{name}{number}",
            "Title": f"{name} {number}",
            "Date": f"{_FIRST + timedelta(days=days):%d/%m/%Y}",
        }
        if is_award:
            row["Councils"] = "; ".join(sorted(places))
            row["Idea type"] = "whole system change" if redesigns else ""
        rows.append(row)
    return rows


@drive(5, all=20)
@given(st.lists(_ROWS, min_size=1, max_size=2))
def test_figures_before_and_change_are_figures_after_and_a_recount(
    files: list[list[Any]],
) -> None:
    days = [_FIRST + timedelta(days=number) for number in range(-1, 12)]
    with transaction.atomic():
        official = users.official()
        for number, drawn in enumerate(files):
            before = {day: figures.as_at(day) for day in days}
            waiting = send_import(official, *_rows(drawn, f"f{number}"))
            steps = imports.preview(waiting, at=IMPORTED_AT).effect.comparison.steps
            confirm_import(waiting, at=IMPORTED_AT + timedelta(days=number))
            for day in days:
                after = figures.as_at(day)
                changes = dict[str, int]()
                for step in steps:
                    if step.day <= day:
                        changes[step.figure] = step.change
                expected = Counter(before[day])
                expected.update(changes)
                assert +expected == after
                assert _recount(day) == after
                revised_on = TODAY + timedelta(days=number)
                assert {
                    row.figure: row.change
                    for row in figures.read(day).revisions
                    if row.revised_on == revised_on
                } == {name: change for name, change in changes.items() if change}
        transaction.set_rollback(True)


def _recount(day: date) -> dict[str, int]:
    """The figures from the cases and not from the tallies."""
    end = clock.end_of_day(day)
    awards = Award.objects.filter(dated_on__lte=day)
    redesigning = awards.filter(idea_type__redesigns_social_work=True)
    counts = {
        "expressions": Expression.objects.filter(submitted_at__lte=end).count(),
        "projects_funded": awards.count(),
        "councils_redesigning": redesigning.filter(councils__isnull=False)
        .values("councils")
        .distinct()
        .count(),
    }
    return {name: count for name, count in counts.items() if count}


def test_revisions_are_in_the_log(official: User) -> None:
    imported = apply_import(official, AWARD)
    [event] = Event.objects.filter(name="figures.revised")
    assert (event.chain, event.subject) == (imported.chain, imported.key)
    assert event.at == clock.end_of_day(AWARD_DAY)
    assert event.tally == {
        f"councils_redesigning@{TODAY}": 2,
        f"projects_funded@{TODAY}": 1,
    }

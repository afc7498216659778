"""Which facts of a round can change once it has cases: by page, by call, by raw SQL."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from bids.domain import round_changes, rounds
from bids.models import Round
from funding.models import Meeting
from innovation.audit.models import Event
from innovation.core import clock
from innovation.core.clock import LONDON
from innovation.core.errors import Invalid, TooLate
from innovation.core.money import Money
from innovation.notifications.models import Letter
from innovation.registers.definitions import PROGRAMMES
from tests.dates import CLOSES_AT, MOMENT, OPENS_AT, moment_after
from tests.edit_forms import form_version, post_edit
from tests.factories import cases, grants, registers, users
from tests.funding.page_requests import date_fields
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
SOON = clock.now() + timedelta(days=30)


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(users.administrator())
    return client


def address(round: Round) -> str:
    return reverse("bids:manage-round-change", args=[round.key])


def change(round: Round, **facts: Any) -> Round:
    return rounds.change(round, facts=facts, by=users.administrator(), at=MOMENT)


def test_a_summary_and_a_closing_time_changed_at_once_both_stand(
    admin: Client,
) -> None:
    round, other = cases.round_(closes_at=SOON), Client()
    other.force_login(users.administrator())
    version = form_version(admin, address(round))
    closing = {**date_fields("closes_at", SOON.date()), "closes_time": "12:15"}
    assert post_edit(other, address(round), closing).status_code == 302
    answer = admin.post(address(round), {"summary": "A better one"} | version)
    assert answer.status_code == 302
    round.refresh_from_db()
    assert round.summary == "A better one"
    assert f"{not_none(round.closes_at).astimezone(LONDON):%H:%M}" == "12:15"


@pytest.mark.parametrize("month", [1, 7])
def test_an_edit_leaves_the_times_to_the_microsecond(admin: Client, month: int) -> None:
    opens = datetime(2031, month, 2, 9, 30, 15, 123456, tzinfo=LONDON)
    closes = datetime(2031, month, 20, 0, 5, 59, tzinfo=LONDON)
    round = cases.round_(opens_at=opens, closes_at=closes, published=False)
    page = admin.get(address(round)).content.decode()
    assert 'value="09:30"' in page
    assert 'value="00:05"' in page
    assert post_edit(admin, address(round), {"summary": "New"}).status_code == 302
    round.refresh_from_db()
    assert (round.opens_at, round.closes_at, round.summary) == (opens, closes, "New")
    page_text = admin.get(
        reverse("bids:manage-round", args=[round.key])
    ).content.decode()
    assert f"9:30am (UK time) on 2 {opens:%B} 2031" in page_text


@pytest.mark.parametrize(
    ("text", "saved"),
    [("5pm", "17:00"), ("5:30 pm", "17:30"), ("09.15", "09:15"), ("midday", "12:00"),
     ("12am", "00:00"), ("midnight", "00:00"), ("23:59", "23:59")],
)  # fmt: skip
def test_a_time_is_read_on_either_clock(admin: Client, text: str, saved: str) -> None:
    round = cases.round_(closes_at=None)
    closing = {**date_fields("closes_at", SOON.date()), "closes_time": text}
    assert post_edit(admin, address(round), closing).status_code == 302
    round.refresh_from_db()
    assert f"{not_none(round.closes_at).astimezone(LONDON):%H:%M}" == saved


@pytest.mark.parametrize("text", ["25:00", "17", "5", "13pm", "0am", "noonish", ""])
def test_a_time_that_cannot_be_read_is_said(admin: Client, text: str) -> None:
    round = cases.round_(closes_at=None)
    closing = {**date_fields("closes_at", SOON.date()), "closes_time": text}
    answer = post_edit(admin, address(round), closing)
    assert answer.status_code == 422
    assert "Enter a time" in answer.content.decode()


def test_a_time_that_the_clocks_leave_out_is_said(admin: Client) -> None:
    round = cases.round_(published=False, opens_at=None, closes_at=None)
    night = {**date_fields("opens_at", date(2031, 3, 30)), "opens_time": "01:30"}
    answer = post_edit(admin, address(round), night)
    assert answer.status_code == 422
    assert "the clocks go forward" in answer.content.decode()


def test_the_route_follows_the_first_case(admin: Client) -> None:
    round = cases.round_()
    change(round, route="follow_on")
    cases.draft(round=round, complete=False)
    with pytest.raises(Invalid) as refused:
        change(round, route="seed", opens_at=moment_after(days=1))
    assert refused.value.problems.keys() == {"route", "opens_at"}
    round.refresh_from_db()
    assert (round.route, round.opens_at) == ("follow_on", OPENS_AT)


def test_the_page_says_what_can_no_longer_change_and_does_not_ask_it(
    admin: Client,
) -> None:
    round = cases.assessed_bid().round
    page = admin.get(address(round)).content.decode()
    assert "What can no longer change" in page
    for words in (
        "People have started cases in this round, and these follow its route.",
        "People have started cases in this round, so it has opened.",
        "People have scored bids in this round, so its criteria only change as new "
        "versions, with a reason.",
        "the smallest award, which you can only lower",
        "the largest, which you can only raise",
        "9am (UK time) on 1 October 2014",
    ):
        assert words in page
    for name in ("route", "opens_at_day", "opens_time"):
        assert f'name="{name}"' not in page
    page_text = admin.get(
        reverse("bids:manage-round", args=[round.key])
    ).content.decode()
    assert "Add a criterion" not in page_text
    assert post_edit(admin, address(round), {"summary": "New"}).status_code == 302
    round.refresh_from_db()
    assert (round.route, round.opens_at, round.summary) == ("full", OPENS_AT, "New")


def test_before_the_first_case_the_page_asks_everything(admin: Client) -> None:
    round = cases.round_(published=False)
    page = admin.get(address(round)).content.decode()
    assert "What can no longer change" not in page
    for name in ("route", "opens_at_day", "opens_time"):
        assert f'name="{name}"' in page


def test_a_page_from_before_the_first_case_is_told_why_its_route_comes_too_late(
    admin: Client,
) -> None:
    round = cases.round_()
    version = form_version(admin, address(round))
    cases.draft(round=round, complete=False)
    form_data = {"route": "seed", "summary": "Kept"} | version
    answer = admin.post(address(round), form_data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert (
        "People have started cases in this round, and these follow its route." in page
    )
    assert "Kept" in page
    answer = admin.post(address(round), {**form_data, "route": "full"})
    assert answer.status_code == 302
    round.refresh_from_db()
    assert (round.route, round.summary) == ("full", "Kept")


def test_a_closing_moves_to_what_is_still_to_come_and_drafts_are_written_to() -> None:
    round, silent = cases.round_(), cases.round_()
    one = cases.draft(round=round)
    cases.draft(round=silent)
    expression = cases.submitted_expression(round=round)
    for past in (MOMENT, MOMENT - timedelta(days=1)):
        with pytest.raises(Invalid, match="in the future"):
            change(round, closes_at=past)
    assert Letter.objects.filter(kind="round_closing_moved").count() == 0
    changed = change(round, closes_at=moment_after(hours=1))
    assert changed.closes_at == moment_after(hours=1)
    letters = Letter.objects.filter(kind="round_closing_moved")
    assert [letter.recipient for letter in letters] == [cases.editor_of(one.lead)]
    assert letters.get().facts["now"] == "11:30am (UK time) on 12 November 2014"
    event = Event.objects.get(chain=round.chain, name="round.changed")
    assert event.data == {
        "changed": ["closes_at"],
        "before": {"closes_at": CLOSES_AT.isoformat()},
        "after": {"closes_at": moment_after(hours=1).isoformat()},
    }
    change(round, closes_at=None)
    assert letters.all().count() == 2
    expression.refresh_from_db()
    assert expression.submitted_at == MOMENT


def test_limits_that_were_kept_to_are_only_widened() -> None:
    round = cases.round_(min_award=Money.pounds(1_000), max_award=Money.pounds(50_000))
    cases.draft(round=round)
    change(round, max_award=Money.pounds(40_000))
    cases.submitted_expression(round=round)
    for facts in (
        {"max_award": Money.pounds(39_999)},
        {"min_award": Money.pounds(1_001)},
    ):
        with pytest.raises(Invalid, match="people have sent forms"):
            change(round, **facts)
    change(round, min_award=Money.pounds(999), max_award=Money.pounds(40_001))
    change(round, min_award=None, max_award=None)
    with pytest.raises(Invalid, match="people have sent forms"):
        change(round, max_award=Money.pounds(10_000_000))


def test_criteria_stay_once_somebody_had_feedback() -> None:
    round = cases.declined_expression().round
    facts = {"name": "New", "weight": 1, "min_score": 0, "max_score": 4}
    with pytest.raises(TooLate, match="had feedback"):
        rounds.add_criterion(round, facts=facts, by=users.administrator(), at=MOMENT)


def test_facts_not_given_stay_as_they_are() -> None:
    round = cases.round_(summary="Stays")
    change(round, name="Another name")
    round.refresh_from_db()
    assert (round.name, round.summary, round.opens_at) == (
        "Another name",
        "Stays",
        OPENS_AT,
    )


ILLEGAL = {
    "route": "UPDATE bids_round SET route = 'seed', max_award = 1000000",
    "programme": "UPDATE bids_round SET programme_id = "
    "(SELECT id FROM registers_programme WHERE NOT main)",
    "opening": "UPDATE bids_round SET opens_at = opens_at + interval '1 day'",
    "opening forgotten": "UPDATE bids_round SET opens_at = NULL",
    "unpublished": "UPDATE bids_round SET published = false",
    "made up": "UPDATE bids_round SET demonstration = NOT demonstration",
    "closing": "UPDATE bids_round SET closes_at = '2014-11-12T10:29:00Z'",
    "most": "UPDATE bids_round SET max_award = 100",
    "least": "UPDATE bids_round SET min_award = 100",
    "strand": "UPDATE bids_strand SET name = 'Other' WHERE NOT anything_else",
    "strand gone": "DELETE FROM bids_strand WHERE NOT anything_else",
    "weight": "UPDATE bids_criterion SET weight = 9",
    "scale": "UPDATE bids_criterion SET max_score = 9",
    "criterion": "INSERT INTO bids_criterion (round_id, name, description, weight, "
    "min_score, max_score, position) SELECT id, 'New', '', 1, 0, 4, 9 "
    "FROM bids_round",
    "criterion gone": "DELETE FROM bids_criterion",
    "envelope": "UPDATE bids_envelope SET financial_year = 2030",
    "quorum": "UPDATE funding_meeting SET quorum = 1",
    "day": "UPDATE funding_meeting SET starts_at = starts_at - interval '1 day'",
}
LEGAL = {
    "name": "UPDATE bids_round SET name = 'New', summary = 'New'",
    "replies": "UPDATE bids_round SET replies_by = '2031-01-01'",
    "later": "UPDATE bids_round SET closes_at = closes_at + interval '1 day'",
    "never": "UPDATE bids_round SET closes_at = NULL",
    "order": "UPDATE bids_strand SET position = position + 1",
}


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def round_in_use() -> None:
    """A case that was sent, scored and advised on, in a round of its own."""
    registers.row(PROGRAMMES, name="Another programme")
    grants.recommendation()


@pytest.mark.usefixtures("round_in_use")
def test_the_database_refuses_what_would_change_the_process() -> None:
    passed = []
    for name, statement in ILLEGAL.items():
        try:
            execute(statement)
            passed.append(name)
        except DatabaseError:
            pass
    assert passed == []


@pytest.mark.usefixtures("round_in_use")
@pytest.mark.parametrize("name", LEGAL)
def test_the_database_takes_what_changes_nothing_of_it(name: str) -> None:
    execute(LEGAL[name])


@pytest.mark.parametrize("name", ["route", "opening", "most"])
def test_the_database_takes_anything_before_the_first_case(name: str) -> None:
    Meeting.objects.all().delete()
    cases.round_(published=True)
    execute(ILLEGAL[name])


def test_a_round_that_nobody_uses_has_nothing_fixed_before_it_opens() -> None:
    future_round = cases.round_(opens_at=moment_after(days=1), closes_at=None)
    assert round_changes.frozen_fact_reasons(future_round, MOMENT) == {}
    assert round_changes.frozen_fact_reasons(future_round, moment_after(days=2)) == {
        "opens_at": "This round has opened."
    }
    assert round_changes.used_criteria_reason(future_round) == ""

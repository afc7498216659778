"""The summary of a case, its people and its documents, as the department reads them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import assignments, comments, messages
from bids.models import Expression, Round
from bids.states import BID, EXPRESSION, BidState, ExpressionState
from bids.turns import turn_words, turns
from innovation.accounts.models import User
from innovation.audit.presenters import stages
from innovation.core import clock
from innovation.core.formatting import format_date
from tests.database_guards import force_update
from tests.dates import MOMENT
from tests.factories import cases, partners, users

pytestmark = pytest.mark.django_db


def shown(client: Client, reader: User, tab: str, case: Expression) -> Any:
    client.force_login(reader)
    return client.get(reverse(f"bids:{tab}", args=[case.key])).context


def rows(client: Client, reader: User, case: Expression, part: str) -> dict[str, str]:
    """A summary list of the summary: values by label."""
    context = shown(client, reader, "case", case)
    return {row["label"]: row["value"] for row in context[part]}


def labels(client: Client, reader: User, case: Expression, part: str) -> list[str]:
    context = shown(client, reader, "case", case)
    return [action.label for action in context[part]]


def test_every_stage_says_whose_turn_it_is_or_waits_for_nobody() -> None:
    ended = {
        *(f"expression.{state}" for state in ExpressionState),
        *(f"bid.{state}" for state in BidState),
    } - {turn.stage for turn in turns}
    assert ended == {
        *(f"expression.{state}" for state in ("draft", "taken_forward", "declined")),
        *(f"expression.{state}" for state in ("withdrawn", "merged", "retracted")),
        *(f"bid.{state}" for state in ("declined", "withdrawn")),
    }
    assert {turn.stage for turn in turns} <= {stage.name for stage in stages}
    assert EXPRESSION.allows("take_forward", "submitted")
    assert BID.allows("assess", "submitted")


def test_a_seed_grant_waits_for_its_approver() -> None:
    stage = "bid.with_minister"
    assert turn_words(stage) == "The minister, to decide"
    assert turn_words(stage, is_seed=True) == "The approver of seed grants, to decide"
    assert turn_words("bid.submitted", is_seed=True) == turn_words("bid.submitted")


def test_it_says_for_whom_a_case_waits_and_since_when(client: Client) -> None:
    official = users.official()
    expression = cases.submitted_expression()
    standing = rows(client, official, expression, "standing")
    days = (clock.london_day(clock.now()) - clock.london_day(MOMENT)).days
    assert standing == {
        "Waiting for": "The department, to read it and decide",
        "Since": f"{format_date(MOMENT)} ({days:d} days)",
    }
    bid = cases.returned_bid()
    standing = rows(client, official, bid.expression, "standing")
    assert standing["Waiting for"] == "The applicant, to change the bid"
    declined = cases.declined_expression()
    standing = rows(client, official, declined, "standing")
    assert standing["Waiting for"] == "Nobody"


def test_it_names_the_next_day_and_says_when_that_is_over(client: Client) -> None:
    official, question = users.official(), cases.open_clarification()
    standing = rows(client, official, question.expression, "standing")
    assert standing["The applicant answers by"].endswith("(overdue)")
    expression = cases.submitted_expression()
    day = clock.london_day(clock.now()) + timedelta(days=3)
    force_update(Round.objects.filter(pk=expression.round_id), replies_by=day)
    standing = rows(client, official, expression, "standing")
    assert standing["We reply to applicants by"] == (
        f"11:59pm (UK time) on {format_date(day)}"
    )


def test_it_has_the_facts_of_expression_and_bid(client: Client) -> None:
    bid = cases.submitted_bid(pounds=9_000)
    council, official = bid.lead.council, users.official()
    assert council is not None
    users.assign(official, bid.expression)
    facts = rows(client, official, bid.expression, "facts")
    assert facts["Asked for"].startswith("£9,000 in the expression of interest\n")
    assert facts["Councils"] == council.name
    assert facts["Who looks after it"] == str(official)
    assert facts["Sent"].count(format_date(MOMENT)) == 2


def test_what_should_be_noticed_is_named_until_it_is_done(client: Client) -> None:
    round = cases.round_()
    cases.question_set(round, "bid")
    bid, official = cases.bid_in_development(round=round), users.official()
    expression, editor = bid.expression, cases.editor_of(bid.lead)
    assert labels(client, official, expression, "flags") == []
    messages.send(expression, text="May we?", by=editor, at=MOMENT)
    comments.add(bid, code="why", text="Say more.", by=official, at=MOMENT)
    assert labels(client, official, expression, "flags") == [
        "1 message not answered yet",
        "1 comment not done yet",
    ]
    case = partners.to_check("Opn Dors").partner_expressions.get()
    [flag] = labels(client, official, case, "flags")
    assert flag == "Nobody has confirmed the partner Opn Dors"
    assert "Write a message" in labels(client, official, expression, "actions")
    analyst = users.analyst()
    assert labels(client, analyst, expression, "actions") == []


def test_people_are_one_list_by_side(client: Client) -> None:
    bid, official, coach = cases.submitted_bid(), users.official(), users.coach()
    expression, editor = bid.expression, cases.editor_of(bid.lead)
    users.assign(coach, expression)
    users.assign(official, expression)
    assignments.end(
        expression.assignments.get(user=official), by=users.official(), at=MOMENT
    )
    cases.assessment(bid, by=official)
    context = shown(client, users.analyst(), "case-people", expression)
    sides = {
        name: {row["label"]: row["value"] for row in people}
        for name, people in context["sides"]
    }
    applicant, department = sides["For the applicant"], sides["For the department"]
    day = format_date(MOMENT)
    assert applicant[bid.lead.name] == "Lead organisation"
    assert applicant[str(editor)].splitlines()[:2] == [
        f"Sent the expression of interest on {day}",
        f"Sent the bid on {day}",
    ]
    assert department[str(coach)] == f"Coach. Looks after the case since {day}"
    assert department[str(official)] == (
        f"Official. Looked after the case from {day} to {day}\n"
        f"Assessor: finished on {day}"
    )
    assert len(sides) == 2


def test_two_people_of_one_name_are_two(client: Client) -> None:
    expression = cases.submitted_expression()
    for _ in range(2):
        users.assign(users.person("official", name="Kim Lee"), expression)
    context = shown(client, users.analyst(), "case-people", expression)
    [(_, _), (_, department)] = context["sides"]
    assert [row["label"] for row in department] == ["Kim Lee", "Kim Lee"]


def test_comments_stand_below_their_questions(client: Client) -> None:
    round = cases.round_()
    cases.question_set(round, "bid")
    bid, official = cases.bid_in_development(round=round), users.official()
    comments.add(bid, code="why", text="Say <more>.", by=official, at=MOMENT)
    client.force_login(official)
    address = reverse("bids:case-messages", args=[bid.expression.key])
    page = client.get(address).content.decode()
    assert "Say &lt;more&gt;." in page
    assert "Mark as done" in page
    client.force_login(users.analyst())
    page = client.get(address).content.decode()
    assert "Say &lt;more&gt;." in page
    assert "Mark as done" not in page


@pytest.mark.parametrize(
    "tab", ["case-answers", "case-messages", "case-documents", "case-people"]
)
def test_a_case_that_is_not_theirs_does_not_exist_for_a_coach(
    client: Client, tab: str
) -> None:
    expression = cases.submitted_expression()
    address = reverse(f"bids:{tab}", args=[expression.key])
    for reader, status in (
        (users.coach(), 404),
        (users.assign(users.coach(), expression), 200),
        (users.outsider(), 403),
        (cases.editor_of(expression.lead), 403),
    ):
        client.force_login(reader)
        assert client.get(address).status_code == status

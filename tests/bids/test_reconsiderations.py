"""A decline is looked at again once, by somebody who did not take it."""

from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from bids.domain import expressions, reconsiderations
from bids.domain.applications import Case
from bids.models import Bid, Reconsideration
from bids.policies import reconsiderations_to_answer
from funding.domain import decisions
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core import clock, limits
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.formatting import format_deadline
from innovation.notifications import rendering
from innovation.notifications.models import Letter
from tests.api.api_client import ApiClient
from tests.dates import MOMENT
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db
GROUNDS = "You read last year’s figures."
LAST_MOMENT = MOMENT + limits.RECONSIDERATION_LIFE


def declined_bid() -> Bid:
    bid = grants.bid_with_minister()
    decline(bid, at=grants.MEETING_AT)
    bid.refresh_from_db()
    return bid


def decline(bid: Bid, *, at: datetime) -> None:
    decisions.decline(
        bid,
        feedback=cases.feedback(bid.round),
        reason="No money is left.",
        by=users.minister(),
        at=at,
    )


def ask(case: Case, at: datetime = grants.MEETING_AT) -> Reconsideration:
    by = cases.editor_of(case.lead)
    return reconsiderations.ask(case, grounds=GROUNDS, by=by, at=at)


def overturn(asked: Reconsideration, by: User | None = None) -> Reconsideration:
    return reconsiderations.overturn(
        asked, reasons="We misread it.", by=by or users.official(), at=LAST_MOMENT
    )


def status_of(person: User, name: str, key: str) -> int:
    client = Client()
    client.force_login(person)
    return client.get(reverse(f"bids:{name}", args=[key])).status_code


def page_of(person: User, name: str, key: str) -> str:
    client = Client()
    client.force_login(person)
    response = client.get(reverse(f"bids:{name}", args=[key]))
    assert response.status_code == 200
    return response.content.decode()


def test_an_overturned_expression_is_read_again_and_can_be_declined_again() -> None:
    decliner = users.official()
    expression = cases.declined_expression(official=decliner)
    editor = cases.editor_of(expression.lead)
    reconsideration = overturn(ask(expression))

    expression.refresh_from_db()
    assert (expression.state, reconsideration.state) == ("submitted", "overturned")
    assert expression.chain.stage == "expression.submitted"
    page = page_of(editor, "expression", expression.key)
    for words in (GROUNDS, "We misread it.", "Feedback on the decision that was set"):
        assert words in page
    again = dict.fromkeys(cases.feedback(expression.round), "Still too little.")
    expressions.decline(expression, feedback=again, by=decliner, at=LAST_MOMENT)
    page = page_of(users.official(), "case-answers", expression.key)
    assert page.index("Still too little.") < page.index("Too little on Impact.")
    with pytest.raises(TooLate):
        ask(expression, LAST_MOMENT)


def test_an_overturned_bid_is_decided_again_and_both_decisions_stay() -> None:
    bid = declined_bid()
    overturn(ask(bid))

    bid.refresh_from_db()
    assert bid.state == "with_minister"
    decisions.approve(
        bid, amounts=grants.amounts(), by=users.minister(), at=LAST_MOMENT
    )
    assert [d.verdict for d in bid.decisions.all()] == ["decline", "approve"]
    minister, client = users.minister(), Client()
    client.force_login(minister)
    page = client.get(reverse("funding:decision", args=[bid.key])).content.decode()
    for words in (
        GROUNDS,
        "We misread it.",
        "Decision: declined",
        "Decision: approved",
    ):
        assert words in page


def test_an_upheld_decline_stays_and_both_sides_get_letters() -> None:
    official = users.official()
    expression = cases.declined_expression()
    users.assign(official, expression)
    asked = ask(expression)
    reconsiderations.uphold(
        asked, reasons="The figures are the same.", by=official, at=LAST_MOMENT
    )

    expression.refresh_from_db()
    assert expression.state == "declined"
    assert expression.chain.stage == "expression.declined"
    letters = {
        letter.kind: rendering.render_letter(letter)[1]
        for letter in Letter.objects.filter(kind__startswith="reconsideration")
    }
    assert set(letters) == {
        "reconsideration_asked",
        "reconsideration_received",
        "reconsideration_upheld",
    }
    assert "> The figures are the same." in letters["reconsideration_upheld"]
    assert f"/cases/{expression.key}" in letters["reconsideration_asked"]
    names = Event.objects.filter(chain=expression.chain).values_list("name", flat=True)
    assert list(names.order_by("-seq"))[:2] == [
        "expression.upheld",
        "expression.reconsideration_asked",
    ]


def test_the_api_says_what_became_of_the_request() -> None:
    expression, bid = cases.declined_expression(), declined_bid()
    outsider = users.applicant(users.organisation("Elsewhere"))
    asked = {case: ask(case) for case in (expression, bid)}
    for case, resource in ((expression, "expressions"), (bid, "bids")):
        assert ApiClient(outsider).get(f"{resource}/{case.key}/").status_code == 404
        for reader in (cases.editor_of(case.lead), users.official()):
            caller = ApiClient(reader)
            assert api_values(caller, resource, case) == ["asked"] * 2
        overturn(asked[case])
        assert api_values(caller, resource, case) == ["overturned"] * 2
    assert api_values(caller, "expressions", bid.expression) == [None] * 2


def api_values(caller: ApiClient, resource: str, case: Case) -> list[str | None]:
    """In the list, and of the case alone."""
    listed = caller.get(f"{resource}/").json()["results"]
    rows = [row for row in listed if row["key"] == case.key]
    rows.append(caller.get(f"{resource}/{case.key}/").json())
    return [row["reconsideration"] for row in rows]


def test_one_may_ask_once_with_grounds_until_the_last_day() -> None:
    expression = cases.declined_expression()
    editor = cases.editor_of(expression.lead)
    for grounds, at, refusal in (
        (" ", MOMENT, Invalid),
        (GROUNDS, LAST_MOMENT + timedelta(days=1), TooLate),
    ):
        with pytest.raises(refusal):
            reconsiderations.ask(expression, grounds=grounds, by=editor, at=at)
    for person in (
        users.viewer(expression.lead),
        users.applicant(users.organisation("Elsewhere")),
        users.official(),
    ):
        with pytest.raises(NotAllowed):
            reconsiderations.ask(expression, grounds=GROUNDS, by=person, at=MOMENT)
    ask(expression, LAST_MOMENT)
    with pytest.raises(TooLate):
        ask(expression, LAST_MOMENT)
    with pytest.raises(TooLate):
        ask(cases.submitted_expression())


def test_whoever_declined_or_is_of_the_organisation_cannot_answer() -> None:
    decliner = users.official()
    expression = cases.declined_expression(official=decliner)
    member = users.person("official", "applicant")
    users.join(member, expression.lead)
    outsider = users.applicant(users.organisation("Elsewhere"))
    asked = ask(expression)
    for person in (decliner, member, users.coach(), outsider, users.analyst()):
        with pytest.raises(NotAllowed):
            overturn(asked, person)
    other = users.official()
    assert list(reconsiderations_to_answer(other)) == [asked]
    assert list(reconsiderations_to_answer(decliner)) == []
    for tab, words in (
        ("case", "Answer the request to look again"),
        ("case-answers", "Answer this request"),
    ):
        assert words in page_of(other, tab, expression.key)
        assert words not in page_of(decliner, tab, expression.key)
    with pytest.raises(Invalid):
        reconsiderations.uphold(asked, reasons=" ", by=other, at=LAST_MOMENT)


def test_it_is_asked_and_answered_on_pages() -> None:
    late, bid = declined_bid(), grants.bid_with_minister()
    decline(bid, at=clock.now())
    editor, last_day = cases.editor_of(bid.lead), clock.london_day(clock.now())
    last_day += limits.RECONSIDERATION_LIFE
    page = page_of(editor, "own-bid", bid.key)
    assert f"until {format_deadline(last_day)}" in page
    for case, status in ((late, 404), (bid, 200)):
        assert status_of(editor, "own-bid-reconsider", case.key) == status
    late_page = page_of(cases.editor_of(late.lead), "own-bid", late.key)
    assert reverse("bids:own-bid-reconsider", args=[late.key]) not in late_page
    editor_of_late = cases.editor_of(late.lead)
    assert status_of(editor_of_late, "own-bid-reconsider", late.key) == 409
    client = Client()
    client.force_login(editor)
    form = reverse("bids:own-bid-reconsider", args=[bid.key])
    assert client.post(form, {"grounds": ""}).status_code == 422
    assert client.post(form, {"grounds": GROUNDS}).status_code == 302
    page = page_of(editor, "own-bid", bid.key)
    assert "We are looking at the decision again" in page
    assert form not in page
    asked = Reconsideration.objects.get()
    client.force_login(users.official())
    waiting = client.get(reverse("bids:reconsiderations")).content.decode()
    assert bid.title in waiting
    address = reverse("bids:reconsideration-answer", args=[asked.key])
    assert GROUNDS in client.get(address).content.decode()
    assert client.post(address, {"answer": "overturn"}).status_code == 422
    answer = {"answer": "overturn", "reasons": "We misread it."}
    assert client.post(address, answer).status_code == 302
    assert client.get(address).status_code == 409
    bid.refresh_from_db()
    assert bid.state == "with_minister"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bids_reconsideration SET grounds = 'Forged'",
        "UPDATE bids_reconsideration SET reasons = 'Forged'",
        "DELETE FROM bids_reconsideration",
    ],
)
def test_the_database_keeps_what_was_asked_and_answered(statement: str) -> None:
    overturn(ask(cases.declined_expression()))
    with (
        pytest.raises(ProgrammingError, match="is evidence"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

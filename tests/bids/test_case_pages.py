"""The department's pages: the list, a case, and its actions."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import assessments, assignments
from bids.models import Bid, Expression
from innovation.accounts.models import User
from innovation.core import clock
from tests import edit_forms
from tests.dates import MOMENT
from tests.factories import cases, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
PARTS = ("day", "month", "year")
TABS = (
    *("case", "case-answers", "case-messages", "case-documents"),
    *("case-people", "case-related", "case-history"),
)


@pytest.fixture
def official() -> User:
    return users.official()


@pytest.fixture
def official_client(client: Client, official: User) -> Client:
    client.force_login(official)
    return client


def post(client: Client, page: str, key: str, **data: Any) -> None:
    response = client.post(reverse(f"bids:{page}", args=[key]), data)
    assert response.status_code == 302, response.content.decode()[:3000]


def edit(client: Client, page: str, key: str, **data: Any) -> None:
    """As `post`, on a page that shows what is saved."""
    response = edit_forms.post_edit(client, reverse(f"bids:{page}", args=[key]), data)
    assert response.status_code == 302, response.content.decode()[:3000]


def state(case: Expression | Bid) -> str:
    case.refresh_from_db()
    return str(case.state)


def due_in(days: int) -> dict[str, str]:
    day = clock.london_day(clock.now()) + timedelta(days=days)
    return {f"due_on_{part}": str(getattr(day, part)) for part in PARTS}


def test_an_official_asks_and_takes_forward(official_client: Client) -> None:
    expression = cases.submitted_expression()
    post(
        official_client, "case-ask", expression.key, question="Which?", **due_in(days=7)
    )
    assert state(expression) == "clarification"
    other = cases.submitted_expression()
    post(official_client, "case-take-forward", other.key)
    assert state(other) == "taken_forward"


def test_an_official_gives_more_time_and_then_takes_the_question_back(
    official_client: Client,
) -> None:
    expression = cases.submitted_expression()
    post(
        official_client, "case-ask", expression.key, question="Which?", **due_in(days=7)
    )
    case = official_client.get(
        reverse("bids:case", args=[expression.key])
    ).content.decode()
    assert reverse("bids:case-redate", args=[expression.key]) in case
    assert reverse("bids:case-take-back", args=[expression.key]) in case
    for page in ("case-redate", "case-take-back"):
        answer = official_client.get(reverse(f"bids:{page}", args=[expression.key]))
        assert "Which?" in answer.content.decode()
    edit(official_client, "case-redate", expression.key, **due_in(days=21))
    clarification = expression.clarifications.get()
    assert clarification.due_on == clock.london_day(clock.now()) + timedelta(days=21)
    post(official_client, "case-take-back", expression.key)
    assert state(expression) == "submitted"
    messages = official_client.get(reverse("bids:case-messages", args=[expression.key]))
    assert "Taken back on" in messages.content.decode()
    case = official_client.get(
        reverse("bids:case", args=[expression.key])
    ).content.decode()
    assert reverse("bids:case-redate", args=[expression.key]) not in case


def test_an_official_declines_with_words_on_every_criterion(
    official_client: Client,
) -> None:
    expression = cases.submitted_expression()
    names = [f"criterion_{each.pk}" for each in expression.round.criteria.all()]
    address = reverse("bids:case-decline", args=[expression.key])
    refused = official_client.post(address, {names[0]: "Small."})
    assert refused.status_code == 422
    assert "Enter feedback on “Value for money”" in refused.content.decode()
    post(
        official_client,
        "case-decline",
        expression.key,
        **dict.fromkeys(names, "Small."),
    )
    assert state(expression) == "declined"


def test_an_official_merges_by_reference(official_client: Client) -> None:
    one, other = cases.submitted_expression(), cases.submitted_expression()
    address = reverse("bids:case-merge", args=[one.key])
    assert official_client.post(address, {"into": "EOI-00000-00000"}).status_code == 422
    assert official_client.post(address, {"into": one.key}).status_code == 422
    post(official_client, "case-merge", one.key, into=other.key.lower())
    assert state(one) == "merged"


def test_the_case_that_goes_on_names_those_merged_into_it(
    official_client: Client,
) -> None:
    merged, survivor = cases.submitted_expression(), cases.submitted_expression()
    page, link = reverse("bids:case", args=[survivor.key]), f"({merged.key})"
    assert "Merged into this case" not in official_client.get(page).content.decode()
    post(official_client, "case-merge", merged.key, into=survivor.key)
    assert link in official_client.get(page).content.decode()
    coach = Client()
    coach.force_login(users.assign(users.coach(), survivor))
    assert link not in coach.get(page).content.decode()


def test_an_official_gives_a_case_to_a_coach_and_takes_it_back(
    official_client: Client,
) -> None:
    expression, coach = cases.submitted_expression(), users.coach()
    post(official_client, "case-assign", expression.key, user=coach.key)
    row = expression.assignments.get()
    assert row.user == coach
    post(official_client, "case-unassign", expression.key, assignment=row.pk)
    row.refresh_from_db()
    assert row.ended_at is not None


def test_a_bid_is_returned_assessed_and_moderated(
    official_client: Client, official: User
) -> None:
    returned = cases.submitted_bid()
    post(official_client, "bid-return", returned.key, reason="Say more.")
    assert state(returned) == "returned"

    bid = cases.submitted_bid()
    for one in (official, other := users.official()):
        assessments.assign(bid, assessor=one, by=users.official(), at=MOMENT)
    post(official_client, "bid-assess", bid.key)
    own = bid.assessments.get(assessor=official)
    cases.assessment(bid, by=other, values=(0, 3))
    page = reverse("bids:bid-assessments", args=[bid.key])
    assert "As the bid says." not in official_client.get(page).content.decode()
    impact, value = bid.round.criteria.all()
    filters = {
        f"value_{impact.pk}": "4",
        f"justification_{impact.pk}": "Strong.",
        f"value_{value.pk}": "n/a",
        f"justification_{value.pk}": "No costs yet.",
    }
    incomplete = edit_forms.post_edit(
        official_client,
        reverse("bids:assessment", args=[own.key]),
        {f"value_{impact.pk}": "4"},
    )
    assert incomplete.status_code == 422
    edit(official_client, "assessment", own.key, **filters)
    post(official_client, "assessment-finish", own.key, sure="on")
    assert state(bid) == "submitted"
    assert "As the bid says." in official_client.get(page).content.decode()
    post(
        official_client,
        "bid-moderate",
        bid.key,
        criterion=impact.pk,
        value="2",
        reason="Both.",
    )
    assert state(bid) == "assessed"
    moderate = reverse("bids:bid-moderate", args=[bid.key])
    assert moderate not in official_client.get(page).content.decode()

    post(official_client, "bid-reopen", bid.key, reason="A cost was misread.")
    page_text = official_client.get(page).content.decode()
    assert "Agreed: 2. Both." in page_text
    assert f'href="{moderate}">Moderate this score again</a>' in page_text
    post(
        official_client,
        "bid-moderate",
        bid.key,
        criterion=impact.pk,
        value="3",
        reason="More.",
    )
    assert state(bid) == "assessed"
    page_text = official_client.get(page).content.decode()
    assert "Agreed: 3. More." in page_text
    assert moderate not in page_text


def test_who_assigns_people_sets_another_assessment_aside(
    official_client: Client,
) -> None:
    bid, former_coach = cases.submitted_bid(), users.coach()
    users.assign(former_coach, bid.expression)
    unfinished = cases.assessment(bid, by=former_coach, finish=False)
    page = official_client.get(
        reverse("bids:bid-assessments", args=[bid.key])
    ).content.decode()
    assert f"{former_coach}: scoring since" in page
    post(official_client, "assessment-set-aside", unfinished.key)
    assert bid.assessments.count() == 0


def test_acts_that_come_too_late_are_a_409(official_client: Client) -> None:
    declined, assessed = cases.declined_expression(), cases.assessed_bid()
    pages = [
        *("case-ask", "case-take-forward", "case-decline", "case-merge"),
        *("bid-return", "bid-assess", "bid-moderate"),
    ]
    for page in pages:
        key = declined.key if page.startswith("case") else assessed.key
        assert (
            official_client.get(reverse(f"bids:{page}", args=[key])).status_code == 409
        ), page


def test_each_reader_opens_what_is_theirs(client: Client) -> None:
    draft, bid = cases.draft(), cases.submitted_bid()
    expression = bid.expression
    coach = users.coach()
    assignments.assign(expression, user=coach, by=users.official(), at=MOMENT)
    assessments.assign(bid, assessor=coach, by=users.official(), at=MOMENT)
    routes = [
        reverse("bids:cases"),
        reverse("bids:case", args=[expression.key]),
        reverse("bids:case", args=[draft.key]),
        reverse("bids:bid", args=[bid.key]),
        reverse("bids:case-merge", args=[expression.key]),
        reverse("bids:bid-assess", args=[bid.key]),
    ]
    for person, expected in (
        (users.official(), [200, 200, 404, 200, 409, 403]),
        (coach, [200, 200, 404, 200, 403, 200]),
        (users.coach(), [200, 404, 404, 404, 403, 404]),
        (users.analyst(), [200, 200, 404, 200, 403, 403]),
        (users.outsider(), [403] * 6),
        (cases.editor_of(expression.lead), [403] * 6),
        (users.member(), [403] * 6),
        (users.minister(), [403] * 6),
    ):
        client.force_login(person)
        statuses = [client.get(route).status_code for route in routes]
        assert statuses == expected, person.roles
    client.logout()
    assert {client.get(route).status_code for route in routes} == {302}


def test_the_list_filters_and_keeps_its_filters_from_page_to_page(
    official_client: Client,
) -> None:
    round = cases.round_()
    lead = users.council_organisation()
    for number in range(27):
        cases.submitted_expression(round=round, lead=lead, title=f"Homes {number}")
    cases.submitted_expression(round=round, lead=lead, title="Other")
    first = official_client.get(reverse("bids:cases"), {"q": "homes", "stage": ""})
    page = first.content.decode()
    assert "27 cases" in page
    assert page.count(">Homes ") == 25
    next_query = first.context["pagination"].next_query
    assert "q=homes" in next_query
    page = official_client.get(reverse("bids:cases") + next_query).content.decode()
    assert page.count(">Homes ") == 2
    bid = cases.bid_in_development(round=round, lead=lead, title="Worked up")
    assert "Expression: Withdrawn<" in first.content.decode()
    assert "Bid: Withdrawn<" in first.content.decode()
    by_stage = official_client.get(
        reverse("bids:cases"), {"stage": "bid.in_development"}
    )
    assert bid.expression.key in by_stage.content.decode()
    assert "1 case<" in by_stage.content.decode()


def _rows(rows: int) -> list[str]:
    round = cases.round_()
    cases.question_set(round)
    for _ in range(rows):
        cases.submitted_expression(round=round)
    expression = cases.declined_expression(round=round)
    council = not_none(expression.lead.council).dfe_number
    for _ in range(rows):
        users.assign(users.official(), expression)
    bid = cases.submitted_bid(round=round)
    for _ in range(rows):
        cases.assessment(bid, by=users.official(), finish=False)
    assessed = cases.assessed_bid(round=round)
    return [
        reverse("bids:cases"),
        reverse("bids:cases") + "?q=front&stage=expression.submitted&assigned=me",
        reverse("bids:cases") + "?stage=bid.submitted&counted=bids_in_development",
        reverse("bids:cases") + f"?council={council}&round={round.key}",
        *(reverse(f"bids:{tab}", args=[expression.key]) for tab in TABS),
        *(reverse(f"bids:{tab}", args=[bid.expression.key]) for tab in TABS),
        reverse(
            "bids:case-decline", args=[cases.submitted_expression(round=round).key]
        ),
        reverse("bids:case-assign", args=[expression.key]),
        reverse("bids:bid", args=[bid.key]),
        reverse("bids:bid-assessments", args=[bid.key]),
        reverse("bids:bid-assessments", args=[assessed.key]),
        reverse("bids:rounds"),
        reverse("bids:round", args=[round.key]),
    ]


def test_no_page_makes_more_queries_for_three_rows_than_for_one(
    official_client: Client, count_queries: Any
) -> None:
    one = [count_queries(official_client, page) for page in _rows(1)]
    _rows(3)
    three = [count_queries(official_client, page) for page in _rows(3)]
    assert one == three
    assert max(one) <= 12, one

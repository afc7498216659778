"""An applicant's own pages, used as by a browser without JavaScript."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import bids, expressions
from bids.domain.queries import history
from bids.models import Bid, Expression, Round
from innovation.accounts.models import User
from innovation.core.money import Money
from tests import edit_forms
from tests.dates import MOMENT, OPENS_AT, moment_after
from tests.factories import cases, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant() -> User:
    return users.applicant()


@pytest.fixture
def web(client: Client, applicant: User) -> Client:
    client.force_login(applicant)
    return client


def open_round(**fields: Any) -> Round:
    """A round that is open by the real clock too."""
    return cases.round_(opens_at=OPENS_AT, closes_at=None, **fields)


def post(client: Client, name: str, *parts: str, **data: object) -> str:
    """Post a form that must be right; where it led."""
    response = client.post(reverse(f"bids:{name}", args=parts), data)
    assert response.status_code == 302, response.content.decode()[:4000]
    return response["Location"]


def test_from_nothing_to_a_sent_expression(web: Client, applicant: User) -> None:
    round = open_round()
    cases.question_set(round)
    lead = users.organisation_of(applicant)
    answer = web.post(
        reverse("bids:start"),
        {"round": round.key, "lead": lead.key, "title": "Mockingbird"},
    )
    expression = Expression.objects.get()
    assert answer["Location"] == reverse("bids:expression", args=[expression.key])
    page = web.get(answer["Location"]).content.decode()
    assert (page.count("Incomplete"), page.count("Not started")) == (1, 3)
    key = expression.key
    section = "expression-section"
    post(
        web,
        section,
        key,
        "the-idea",
        title="Mockingbird homes",
        summary="Homes near a hub.",
    )
    kind = "strand-maturity-and-practice-model"
    post(web, section, key, kind, strand=not_none(expression.round.strands.first()).pk)
    post(
        web,
        section,
        key,
        "organisation-and-partners",
        councils=f"{not_none(lead.council).name.upper()} council\n",
        partners="",
    )
    post(web, section, key, "money", money__2026="1,234.50")
    post(
        web,
        section,
        key,
        "difference-to-children",
        outcomes__description_1="Fewer moves",
        outcomes__measure_1="Moves a year",
    )
    post(
        web,
        section,
        key,
        "support-and-barriers",
        support=["barrier", "other"],
        support__detail_other="A quiet room",
        barriers__law_or_rule_1="Regulation 9",
        barriers__what_it_stops_1="Sharing a home",
    )
    post(web, section, key, "your-idea", why="Families wait.")
    page = web.get(answer["Location"]).content.decode()
    assert "Incomplete" not in page
    assert "Not started" not in page
    sent = post(web, "expression-check", key, agreed="on")
    assert key in web.get(sent).content.decode()
    expression.refresh_from_db()
    assert (expression.state, expression.title) == ("submitted", "Mockingbird homes")
    assert list(expression.councils.all()) == [lead.council]
    assert [row.amount for row in expression.money.all()] == [Money(123450)]
    assert [row.law_or_rule for row in expression.barriers.all()] == ["Regulation 9"]
    assert [row.measure for row in expression.outcomes.all()] == ["Moves a year"]


def test_who_acts_for_one_organisation_finds_it_chosen(
    web: Client, applicant: User
) -> None:
    open_round()
    lead = users.organisation_of(applicant)
    checked = re.compile(f'value="{lead.key}"[^>]* checked')
    assert checked.search(web.get(reverse("bids:start")).content.decode())
    users.join(applicant, users.organisation())
    page = web.get(reverse("bids:start")).content.decode()
    assert lead.key in page
    assert not checked.search(page)


def test_a_section_over_a_limit_is_saved_and_stays_on_its_page(
    web: Client, applicant: User
) -> None:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    cases.question_set(round)
    draft = cases.draft(by=applicant, round=round, complete=False)
    section = reverse("bids:expression-section", args=[draft.key, "your-idea"])
    page = web.post(section, {"why": "word " * 301})
    text = page.content.decode()
    assert page.status_code == 422
    assert text.count("has 301 words: shorten it to 300") == 2
    assert '<a href="#id_why">' in text
    assert "word " * 300 + "word" in text
    assert "Your answers are saved, but you cannot send them like this" in text
    assert draft.answers.get().value == "word " * 300 + "word"
    page = web.post(section, {"why": "word " * 300})
    assert page["Location"] == reverse("bids:expression", args=[draft.key])


def test_a_day_of_saving_is_one_line_of_the_timeline(
    web: Client, applicant: User
) -> None:
    draft = cases.draft(by=applicant, complete=False)
    moments = [MOMENT, *(moment_after(hours=n) for n in (1, 2, 24))]
    for number, at in enumerate(moments):
        facts = {"summary": f"Homes {number}"}
        expressions.save(draft, facts=facts, by=applicant, at=at)
    lines = history.timeline(draft, applicant)
    times = [line.at for line in lines if line.name == "expression.saved"]
    assert times == [moment_after(days=1), moment_after(hours=2)]


def test_what_is_missing_is_listed_and_nothing_is_sent(
    web: Client, applicant: User
) -> None:
    expression = cases.draft(by=applicant, round=open_round(), complete=False)
    response = web.post(
        reverse("bids:expression-check", args=[expression.key]), {"agreed": "on"}
    )
    assert response.status_code == 422
    assert "Answer “What is the idea?”" in response.content.decode()
    expression.refresh_from_db()
    assert expression.state == "draft"


def test_an_unknown_council_is_named_with_the_nearest(
    web: Client, applicant: User
) -> None:
    expression = cases.draft(by=applicant)
    name = not_none(expression.lead.council).name
    response = web.post(
        reverse(
            "bids:expression-section",
            args=[expression.key, "organisation-and-partners"],
        ),
        {"councils": f"{name}x\nNorthshirre", "partners": "Nobody"},
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert f"did you mean {name}?" in page
    assert "There is no registered organisation called “Nobody”" in page


def test_a_question_is_answered(web: Client, applicant: User) -> None:
    clarification = cases.open_clarification(by=applicant, round=open_round())
    key = clarification.expression.key
    page = web.get(reverse("bids:expression", args=[key])).content.decode()
    assert "Answer our question" in page
    address = reverse("bids:expression-answer", args=[key])
    answer = edit_forms.post_edit(web, address, {"answer_1": "All families."})
    assert answer.status_code == 302
    page = web.get(reverse("bids:expression", args=[key])).content.decode()
    assert "All families." in page
    assert "Answer our question" not in page


def test_a_bid_is_filled_in_and_sent(web: Client, applicant: User) -> None:
    bid = cases.bid_in_development(by=applicant)
    fill_in = partial(post, web, "own-bid-section", bid.key)
    fill_in("the-idea", title="New", summary="Words")
    fill_in(
        "costs-and-other-funding",
        asked="6,000",
        money__category_1="staff",
        money__year_2014_1="5000",
        money__category_2="evaluation",
        money__year_2015_2="1k",
        other_funding__source_1="The lottery",
        other_funding__financial_year_1="2014",
        other_funding__amount_1="2k",
        other_funding__secured_1="on",
    )
    fill_in(
        "risks",
        risks__description_1="Nobody comes",
        risks__likelihood_1="2",
        risks__impact_1="4",
        risks__mitigation_1="Ask first",
    )
    fill_in(
        "outcomes",
        outcomes__description_1="Fewer moves",
        outcomes__measure_1="Moves a year",
        outcomes__baseline_1="2.5",
        outcomes__target_1="1",
        outcomes__due_on_1_day="1",
        outcomes__due_on_1_month="4",
        outcomes__due_on_1_year="2016",
    )
    fill_in(
        "milestones",
        milestones__description_1="First home",
        milestones__due_on_1_day="1",
        milestones__due_on_1_month="4",
        milestones__due_on_1_year="2015",
    )
    fill_in("theory-of-change", theory_of_change="So")
    fill_in("evaluation", evaluation_plan="E")
    page = web.get(reverse("bids:own-bid-check", args=[bid.key])).content.decode()
    for words in (
        "Total: £6,000",
        "The lottery: £2,000 (secured)",
        "Nobody comes",
        "Baseline: 2.5<br>Target: 1<br>By 1 April 2016",
        "1 April 2015: First home",
    ):
        assert words in page
    sent_page = reverse("bids:own-bid-sent", args=[bid.key])
    assert web.get(sent_page).status_code == 409
    check_page = reverse("bids:own-bid-check", args=[bid.key])
    assert web.post(check_page, {"agreed": "on"})["Location"] == sent_page
    assert Bid.objects.get().state == "submitted"
    page = web.get(sent_page).content.decode()
    copy = reverse("bids:own-bid-copy", args=[bid.key])
    for words in ("Bid sent", bid.key, "What happens next", f'href="{copy}"'):
        assert words in page
    page = web.get(reverse("bids:own-bid", args=[bid.key])).content.decode()
    assert f'href="{copy}"' in page
    client = Client()
    client.force_login(users.outsider())
    assert client.get(sent_page).status_code == 404


def test_a_half_filled_row_is_named_and_what_was_typed_stays(
    web: Client, applicant: User
) -> None:
    bid = cases.bid_in_development(by=applicant)
    response = web.post(
        reverse("bids:own-bid-section", args=[bid.key, "risks"]),
        {"risks__description_1": "", "risks__description_2": "Rain"},
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("Risk 2: select the likelihood") == 2
    assert "Risk 1: " not in re.sub("<label.*?</label>", "", page, flags=re.DOTALL)
    assert ">Rain</textarea>" in page


def test_a_row_of_an_absurd_number_does_no_harm(web: Client, applicant: User) -> None:
    bid = cases.bid_in_development(by=applicant)
    response = web.post(
        reverse("bids:own-bid-section", args=[bid.key, "risks"]),
        f"risks__description_{'9' * 5000}=Rain",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 302


@pytest.mark.parametrize("page", ["expression", "own-bid"])
def test_withdrawing_keeps_what_was_learnt(
    web: Client, applicant: User, page: str
) -> None:
    case: Expression | Bid = (
        cases.submitted_expression(by=applicant)
        if page == "expression"
        else cases.submitted_bid(by=applicant)
    )
    post(web, f"{page}-withdraw", case.key, because="We lost our director.")
    case.refresh_from_db()
    assert case.withdrawn_because == "We lost our director."
    assert case.state == "withdrawn"


def test_others_cases_are_not_found_and_viewers_only_read(client: Client) -> None:
    draft, bid = cases.draft(), cases.bid_in_development()
    routes = [
        reverse("bids:expression", args=[draft.key]),
        reverse("bids:expression-section", args=[draft.key, "the-idea"]),
        reverse("bids:expression-check", args=[draft.key]),
        reverse("bids:expression-withdraw", args=[draft.key]),
        reverse("bids:own-bid", args=[bid.key]),
        reverse("bids:own-bid-section", args=[bid.key, "risks"]),
    ]
    client.force_login(users.outsider())
    assert {client.get(route).status_code for route in routes} == {404}
    client.force_login(users.official())
    assert {client.get(route).status_code for route in routes} == {403}
    client.force_login(users.viewer(draft.lead))
    assert [client.get(route).status_code for route in routes] == [
        *(200, 403, 403, 403),
        *(404, 404),
    ]


def test_what_comes_too_late_is_a_409(web: Client, applicant: User) -> None:
    expression, bid = (
        cases.submitted_expression(by=applicant),
        cases.submitted_bid(by=applicant),
    )
    for route in (
        reverse("bids:expression-section", args=[expression.key, "the-idea"]),
        reverse("bids:expression-check", args=[expression.key]),
        reverse("bids:expression-answer", args=[expression.key]),
        reverse("bids:own-bid-section", args=[bid.key, "the-idea"]),
        reverse("bids:own-bid-check", args=[bid.key]),
    ):
        assert web.get(route).status_code == 409


def test_an_applicant_reads_the_departments_acts_without_its_names(
    web: Client, applicant: User
) -> None:
    official = users.official()
    expression = cases.declined_expression(by=applicant, official=official)
    page = web.get(reverse("bids:expression", args=[expression.key])).content.decode()
    assert "The department declined the expression of interest" in page
    assert f"{applicant} sent the expression of interest" in page
    assert str(official) not in page
    assert "Too little on Impact." in page


def _case_addresses(applicant: User, rows: int) -> list[str]:
    """Cases with as many rows of everything; the pages about them."""
    round = open_round()
    cases.question_set(round)
    draft = cases.draft(by=applicant, round=round)
    money = [
        {"financial_year": 2014 + n, "amount": Money.pounds(9)} for n in range(rows)
    ]
    barriers = [{"law_or_rule": f"L{n}", "what_it_stops": "It"} for n in range(rows)]
    councils = [users.council() for _ in range(rows)]
    expressions.save(
        draft,
        facts={"money": money, "barriers": barriers, "councils": councils},
        by=applicant,
        at=MOMENT,
    )
    expression = cases.submitted_expression(by=applicant, round=round)
    bid = cases.bid_in_development(by=applicant, round=round)
    risk = {"likelihood": 1, "impact": 1, "mitigation": "M"}
    risks = [{"description": f"R{n}", **risk} for n in range(rows)]
    bids.save(bid, facts={"risks": risks}, by=applicant, at=MOMENT)
    return [
        reverse("bids:own-cases"),
        reverse("bids:start"),
        reverse("bids:expression", args=[draft.key]),
        reverse("bids:expression-check", args=[draft.key]),
        reverse("bids:expression", args=[expression.key]),
        reverse("bids:own-bid", args=[bid.key]),
        reverse("bids:own-bid-check", args=[bid.key]),
        reverse("bids:own-bid-section", args=[bid.key, "risks"]),
    ]


def test_no_page_makes_more_queries_for_three_rows_than_for_one(
    web: Client, applicant: User, count_queries: Callable[[Client, str], int]
) -> None:
    one = [count_queries(web, page) for page in _case_addresses(applicant, 1)]
    _case_addresses(applicant, 3)
    three = [count_queries(web, page) for page in _case_addresses(applicant, 3)]
    assert one == three
    assert max(one) <= 12, one

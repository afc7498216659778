"""The page classes: access, responses and redirects."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertRedirects

from innovation.accounts.models import User
from innovation.core.models import Submission
from tests.factories import users
from tests.web.gallery import EveryField
from tests.web.test_forms import VALID

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.gallery")]


@pytest.fixture
def someone() -> User:
    return users.account("someone@example.com", roles=["applicant"])


@pytest.fixture
def signed_in(client: Client, someone: User) -> Client:
    client.force_login(someone)
    return client


def row(token: str = "row", day: int = 1) -> Submission:
    at = datetime(2015, 2, day, tzinfo=UTC)
    return Submission.objects.create(token=token, address="x", at=at)


def rows() -> list[str]:
    """Those made by pages, without the tokens of the forms that made them."""
    submissions = Submission.objects.exclude(token__contains=":")
    return sorted(submissions.values_list("token", flat=True))


def test_open_page_needs_nobody(client: Client) -> None:
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_outsider_is_asked_to_sign_in_and_comes_back(
    method: str, client: Client
) -> None:
    response = getattr(client, method)("/rows/add?x=1")
    assertRedirects(
        response,
        "/accounts/login/?next=/rows/add%3Fx%3D1",
        fetch_redirect_response=False,
    )


def test_refused_by_policy_is_a_403_page(signed_in: Client) -> None:
    response = signed_in.get("/closed")
    assert response.status_code == 403
    assert "does not let you open this page" in response.content.decode()


def test_method_a_page_does_not_answer_is_405(signed_in: Client) -> None:
    assert signed_in.post("/rows").status_code == 405
    assert signed_in.put("/rows/add").status_code == 405


def test_thing_outside_the_scope_is_not_known_to_exist(signed_in: Client) -> None:
    row("hidden-row")
    assert signed_in.get("/rows/hidden-row").status_code == 404
    assert signed_in.post("/rows/hidden-row/remove").status_code == 404
    assert rows() == ["hidden-row"]


def test_thing_in_the_scope_is_shown(signed_in: Client) -> None:
    row("open-row")
    assert '<h1 class="govuk-heading-l">open-row</h1>' in html(
        signed_in.get("/rows/open-row")
    )


def test_check_that_fails_shows_no_page(signed_in: Client) -> None:
    response = signed_in.get("/checked")
    assert response.status_code == 409
    assert "Too late to look." in html(response)


def test_right_form_makes_one_call_and_moves_on(signed_in: Client) -> None:
    response = signed_in.post("/rows/add", {"token": "new"}, follow=True)
    assert response.redirect_chain == [("/rows", 302)]
    assert rows() == ["new"]
    assert "The row was added" in html(response)


def test_wrong_form_comes_back_as_typed_with_error_in_the_title(
    signed_in: Client,
) -> None:
    invalid = {**VALID, "amount": "5000", "name": "Kept"}
    response = signed_in.post("/everything", invalid)
    assert response.status_code == 422
    page = html(response)
    assert "<title>Error: Every field" in page
    assert '<a href="#id_amount">The call gives £1,000 or less</a>' in page
    assert 'value="Kept"' in page


def test_problem_with_the_whole_is_said_in_the_summary(signed_in: Client) -> None:
    page = html(signed_in.post("/rows/add", {"token": "wrong"}))
    assert "Full up" in page
    assert '<a href="#id_token">Choose another name</a>' in page


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("late", 409, "The round has closed."),
        ("forbidden", 403, "Only the lead may do this."),
    ],
)
def test_refusal_of_the_domain_is_a_page_with_its_sentence(
    name: str, status: int, sentence: str, signed_in: Client
) -> None:
    response = signed_in.post("/rows/add", {"token": name})
    assert response.status_code == status
    assert sentence in html(response)


def test_action_says_what_will_happen_then_does_it(signed_in: Client) -> None:
    row("doomed")
    assert "It will be gone." in html(signed_in.get("/rows/doomed/remove"))
    assert rows() == ["doomed"]
    assertRedirects(signed_in.post("/rows/doomed/remove"), "/rows")
    assert rows() == []


def test_step_gives_the_domain_its_object_its_words_and_who_asks(
    signed_in: Client,
) -> None:
    row_made = row("open-row")
    address = "/rows/open-row/address"
    assert 'href="/rows/open-row" class="govuk-back-link"' in html(
        signed_in.get(address)
    )
    response = signed_in.post(address, {"address": "here"})
    assertRedirects(response, "/rows/open-row")
    row_made.refresh_from_db()
    assert row_made.address == "here by someone@example.com"


def test_form_sent_twice_is_performed_once(signed_in: Client) -> None:
    token = signed_in.get("/rows/add").context["submission"]
    form_data = {"token": "once", "submission": token}
    first, second = (signed_in.post("/rows/add", form_data) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.headers["Location"] == first.headers["Location"] == "/rows"
    assert rows() == ["once"]


def test_form_that_failed_may_be_sent_again(signed_in: Client) -> None:
    form_data = {"token": "wrong", "submission": "a-token"}
    assert signed_in.post("/rows/add", form_data).status_code == 422
    assert (
        signed_in.post("/rows/add", {**form_data, "token": "right"}).status_code == 302
    )
    assert rows() == ["right"]


def test_another_persons_token_is_another_form(signed_in: Client) -> None:
    other = Client()
    other.force_login(users.account("other@example.com"))
    signed_in.post("/rows/add", {"token": "mine", "submission": "a-token"})
    other.post("/rows/add", {"token": "theirs", "submission": "a-token"})
    assert rows() == ["mine", "theirs"]


def test_list_is_walked_forwards_and_back_with_its_filters(signed_in: Client) -> None:
    for number in range(1, 8):
        row(f"row-{number}", day=(number + 1) // 2)
    row("other")
    rows_seen, query = [], "?q=row"
    while query:
        part = signed_in.get(f"/rows{query}").context["pagination"]
        rows_seen.append([one.token for one in part.rows])
        query = part.next_query
        assert not query or "q=row" in query
    assert rows_seen == [
        ["row-7", "row-5", "row-6"],
        ["row-3", "row-4", "row-1"],
        ["row-2"],
    ]
    back = signed_in.get(f"/rows{part.previous_query}").context["pagination"]
    assert [one.token for one in back.rows] == rows_seen[1]
    first = signed_in.get(f"/rows{back.previous_query}").context["pagination"]
    assert [one.token for one in first.rows] == rows_seen[0]
    assert first.previous_query == ""
    assert first.next_query != ""


@pytest.mark.parametrize(
    "query", ["?after=x", "?after=WzFd", "?before=", "?after=WyJ4IiwieSJd", "?after=é"]
)
def test_mark_that_cannot_be_read_shows_the_first_page(
    query: str, signed_in: Client
) -> None:
    row("row-1")
    assert [r.token for r in signed_in.get(f"/rows{query}").context["rows"]] == [
        "row-1"
    ]


def test_list_takes_as_many_queries_at_three_rows_as_at_one(
    signed_in: Client, django_assert_num_queries: Any
) -> None:
    for number in (1, 2, 3):
        row(f"row-{number}")
        with django_assert_num_queries(3):
            signed_in.get("/rows")


def test_page_that_breaks_is_a_500_in_the_frame(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.raise_request_exception = False
    response = client.get("/broken")
    assert response.status_code == 500
    assert "Sorry, there is a problem with the service" in html(response)
    assert "RuntimeError" not in html(response)


def test_unknown_address_is_a_404_in_the_frame(client: Client) -> None:
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert "Page not found" in html(response)


def test_form_without_its_csrf_token_is_explained() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {})
    assert response.status_code == 403
    assert "Your form was not sent" in html(response)


def test_empty_form_is_shown_without_errors(signed_in: Client) -> None:
    response = signed_in.get("/everything")
    assert isinstance(response.context["form"], EveryField)
    assert "govuk-error-summary" not in html(response)


def html(response: Any) -> str:
    return str(response.content.decode())

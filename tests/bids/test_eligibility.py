"""The eligibility checker, which stores no answers."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from bids.domain import eligibility
from bids.models import Round
from bids.models.round import Route
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.money import Money
from tests.factories import cases, users

YES = {
    "who": "charity",
    "where": "yes",
    "children": "yes",
    "signature": "yes",
}
FULL = Round(route=Route.FULL)
SEED = Round(route=Route.SEED, max_award=Money.pounds(10_000))
LARGE = Round(
    route=Route.FOLLOW_ON,
    min_award=Money.pounds(250_000),
    max_award=Money.pounds(3_000_000),
)


@pytest.mark.parametrize(
    ("round", "more"),
    [
        (FULL, {}),
        (FULL, {"who": "local_authority", "signature": "later"}),
        (FULL, {"where": "partly"}),
        (SEED, {"amount": "within"}),
        (LARGE, {"amount": "within", "funded": "yes"}),
    ],
)
def test_whoever_fits_may_apply(round: Round, more: dict[str, str]) -> None:
    standing = eligibility.check_eligibility(round, YES | more)
    assert (standing.next, standing.refusal) == (None, "")


@pytest.mark.parametrize(
    ("round", "more", "reason"),
    [
        (FULL, {"who": "person"}, "Only organisations can apply"),
        (FULL, {"where": "no"}, "work in England"),
        (FULL, {"children": "no"}, "help from children’s social care"),
        (SEED, {"amount": "more"}, "Awards in this round are £10,000 or less."),
        (LARGE, {"funded": "yes", "amount": "less"}, "£250,000 or more"),
        (LARGE, {"funded": "no"}, "follow-on money"),
    ],
)
def test_whoever_does_not_is_told_why(
    round: Round, more: dict[str, str], reason: str
) -> None:
    assert reason in eligibility.check_eligibility(round, YES | more).refusal


def test_a_council_is_asked_for_its_own_signatures() -> None:
    [*_, last] = eligibility.questions(FULL, {"who": "local_authority"})
    assert "director of children’s services or the section 151" in last.wording
    [*_, last] = eligibility.questions(FULL, {"who": "charity"})
    assert "somebody with the authority" in last.wording


CODES = ["who", "where", "children", "funded", "amount", "signature", "asked"]
ANSWERS = ["yes", "no", "partly", "later", "within", "more", "charity", "person", "ſ"]


@given(
    st.sampled_from([FULL, SEED, LARGE]),
    st.dictionaries(st.sampled_from(CODES), st.sampled_from(ANSWERS)),
)
def test_one_always_gets_on_to_an_answer(round: Round, answers: dict[str, str]) -> None:
    """However odd the address: each step answers one more question, to an end."""
    for _ in range(8):
        standing = eligibility.check_eligibility(round, answers)
        if standing.next is None:
            break
        assert not standing.refusal
        answers = {**answers, standing.next.code: standing.next.choices[0][0]}
    assert standing.next is None


@pytest.fixture
def round_(db: None) -> Round:
    now = clock.now()
    return cases.round_(
        opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1)
    )


def check(client: Client, round: Round, **answers: str) -> Any:
    return client.get(f"/rounds/{round.key}/check?{urlencode(answers)}")


def test_checking_leaves_no_trace(client: Client, round_: Round) -> None:
    for many in range(len(YES) + 1):
        answer = check(client, round_, **dict(list(YES.items())[:many]))
        assert answer.status_code == 200
        assert not answer.cookies
    assert not Session.objects.exists()
    assert not User.objects.exists()


def test_no_answer_is_an_error_and_what_was_given_stays(
    client: Client, round_: Round
) -> None:
    answer = check(client, round_, who="charity", asked="where")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Will the work happen in England?" in page
    assert '<input type="hidden" name="who" value="charity">' in page
    assert 'href="?"' in page


def test_a_no_leads_to_other_rounds(client: Client, round_: Round) -> None:
    now = clock.now()
    other = cases.round_(
        name="Another", opens_at=now - timedelta(days=1), closes_at=None
    )
    hidden = cases.round_(name="Hidden", published=False)
    page = check(client, round_, who="person").content.decode()
    assert f"You cannot apply to {round_.name}" in page
    assert other.key in page
    assert hidden.key not in page


def test_a_yes_goes_on_to_sign_up_with_the_call_kept(
    client: Client, round_: Round
) -> None:
    page = check(client, round_, **YES).content.decode()
    start_query = urlencode({"next": f"/apply/start?round={round_.key}"})
    assert f"/accounts/signup/?{start_query}" in page
    person = {
        "name": "New Person",
        "email": "new@example.org",
        "password1": "a long enough password",
    }
    step = client.post(f"/accounts/signup/?{start_query}", person)
    code = next(
        line for line in mail.outbox[-1].body.splitlines() if line[:3].isupper()
    )
    client.get(step["Location"])
    answer = client.post(step["Location"], {"code": code})
    assert answer["Location"] == f"/apply/start?round={round_.key}"
    start = client.get(answer["Location"]).content.decode()
    assert "First tell us who you work for" in start
    assert f"/organisations/join?{start_query}" in start


def test_whoever_may_apply_starts_at_once_and_the_department_does_not(
    client: Client, round_: Round
) -> None:
    client.force_login(users.applicant())
    start = f'href="/apply/start?round={round_.key}"'
    assert start in check(client, round_, **YES).content.decode()
    client.force_login(users.official())
    assert start not in check(client, round_, **YES).content.decode()


def test_a_closed_or_hidden_round_is_not_checked(client: Client, round_: Round) -> None:
    past = cases.round_(name="Past")
    assert check(client, past).status_code == 409
    hidden = cases.round_(name="Hidden", published=False)
    assert check(client, hidden).status_code == 404


def test_a_coming_round_says_when_it_opens(client: Client, db: None) -> None:
    opens = clock.now() + timedelta(days=3)
    future_round = cases.round_(opens_at=opens, closes_at=None)
    page = check(client, future_round, **YES).content.decode()
    assert "The round opens at" in page
    assert "/accounts/signup/" in page

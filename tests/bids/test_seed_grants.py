"""The short way to a seed grant: begun, filled in and sent from one page."""

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import (
    bids,
    drafts,
    expressions,
    signature_requests,
    standard_questions,
)
from bids.domain.answer_versions import DraftAnswer
from bids.models import Expression, MoneyAsked, Round
from bids.models.round import Route
from innovation.accounts.domain import memberships
from innovation.accounts.models import User
from innovation.audit import events
from innovation.core import clock
from innovation.core.clock import financial_year, london_day
from innovation.core.errors import Invalid
from innovation.core.money import Money
from innovation.organisations.models import Organisation
from tests.database_guards import force_update
from tests.dates import MOMENT, OPENS_AT
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(db: None) -> Round:
    round = cases.round_(Route.SEED, opens_at=OPENS_AT, closes_at=None)
    standard_questions.publish(round, by=events.SERVICE, at=OPENS_AT)
    return round


@pytest.fixture
def lead(db: None) -> Organisation:
    return users.council_organisation()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def year() -> int:
    return financial_year(london_day(clock.now()))


def begin(client: Client, round: Round) -> str:
    """The address of the page with the questions."""
    start = reverse("bids:start-seed", args=[round.key])
    answer = client.post(start)
    assert answer.status_code == 302, answer.content.decode()
    return str(client.get(answer["Location"])["Location"])


def answers(pounds: str = "9,500", **changes: str) -> dict[str, str]:
    return {
        "title": "A listening line",
        "summary": "The same adult answers, with young people who leave care.",
        "difference": "Trust.",
        f"money__{year()}": pounds,
        "declaration": "on",
        **changes,
    }


def test_one_page_asks_everything_and_sends_it(
    round: Round, lead: Organisation
) -> None:
    client = client_of(users.applicant(lead))
    start = client.get(reverse("bids:start-seed", args=[round.key])).content.decode()
    assert f"£10,000 of £10,000 left this year</strong> for {lead.name}" in start
    address = begin(client, round)
    page = client.get(address).content.decode()
    assert "£10,000 of £10,000 left this year" in page
    assert page.count('name="money__') == 1
    assert 'name="title" type="text" value=""' in page
    assert Expression.objects.get().title == "Seed grant application"
    answer = client.post(address, {**answers(), "send": "1"})
    expression = Expression.objects.get()
    assert answer["Location"] == reverse("bids:expression-sent", args=[expression.key])
    assert (expression.state, expression.title) == ("submitted", "A listening line")
    assert [row.amount.pence for row in expression.money.all()] == [950_000]
    sent = client.get(answer["Location"]).content.decode()
    assert "pay it in one go" in sent


def test_what_is_missing_is_named_on_the_page_and_what_was_typed_is_saved(
    round: Round, lead: Organisation
) -> None:
    client = client_of(users.applicant(lead))
    address = begin(client, round)
    fields = answers(difference="", declaration="")
    answer = client.post(address, {**fields, "send": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for code, sentence in (
        ("difference", "Answer “What would be different for children?”"),
        ("declaration", "Confirm: The information in this form"),
    ):
        assert f'<a href="#id_{code}">{sentence}' in page
    expression = Expression.objects.get()
    assert (expression.state, expression.title) == ("draft", "A listening line")


def test_the_title_is_asked_for(round: Round, lead: Organisation) -> None:
    client = client_of(users.applicant(lead))
    address = begin(client, round)
    fields = answers(title="", difference="", **{f"money__{year()}": "lots"})
    answer = client.post(address, {**fields, "send": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {
        "title",
        "difference",
        f"money__{year()}",
    }
    assert '<a href="#id_title">Enter what the idea is called</a>' in page
    assert "Enter an amount in pounds, like 12,500" in page
    assert "Answer “What would be different for children?”" in page
    assert Expression.objects.get().state == "draft"


def test_it_is_saved_to_be_finished_later(round: Round, lead: Organisation) -> None:
    client = client_of(users.applicant(lead))
    address = begin(client, round)
    answer = client.post(address, {"title": "A line", "later": "1"})
    assert answer["Location"] == reverse("bids:own-cases")
    assert client.post(address, {"title": "A line"})["Location"] == address
    draft = Expression.objects.get()
    assert draft.title == "A line"
    own_page = reverse("bids:expression", args=[draft.key])
    assert client.get(own_page)["Location"] == address


def test_an_amount_for_a_year_that_has_ended_is_asked_for_in_this_one(
    round: Round, lead: Organisation
) -> None:
    user = users.applicant(lead)
    client = client_of(user)
    address = begin(client, round)
    client.post(address, {**answers(), "later": "1"})
    draft, last_year = Expression.objects.get(), year() - 1
    rows = [{"financial_year": last_year, "amount": Money.pounds(5_000)}]
    typed = {f"money__{last_year}": ["5,000"]}
    amount = DraftAnswer(raw_input=typed, facts={"money": rows})
    drafts.save(draft, {"money": amount}, by=user, at=clock.now())
    sentence = f"Enter the amount again: you gave it for {last_year} to {year()}"
    with pytest.raises(Invalid, match=sentence):
        expressions.submit(draft, by=user, at=clock.now())
    check = reverse("bids:expression-check", args=[draft.key])
    assert sentence in client.get(check).content.decode()
    page = client.get(address).content.decode()
    assert page.count('name="money__') == 1
    assert f'name="money__{year()}" type="text" value="5,000"' in page
    versions = reverse("bids:expression-versions", args=[draft.key, "money"])
    assert "5,000" in client.get(versions).content.decode()
    answer = client.post(address, {**answers("5,000"), "send": "1"})
    assert answer["Location"] == reverse("bids:expression-sent", args=[draft.key])
    [row] = draft.money.all()
    assert (row.financial_year, row.amount) == (year(), Money.pounds(5_000))


def test_a_double_click_sends_it_once(round: Round, lead: Organisation) -> None:
    client = client_of(users.applicant(lead))
    address = begin(client, round)
    page = client.get(address)
    fields = {**answers(), "send": "1", "submission": page.context["submission"]}
    first, second = (client.post(address, fields) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert first["Location"].endswith("/sent")


def test_an_editor_asks_for_sign_off_from_the_page(
    round: Round, lead: Organisation
) -> None:
    users.join(users.person("applicant", name="Dee Rector"), lead)
    client = client_of(users.join(users.person("applicant"), lead, "editor"))
    address = begin(client, round)
    page = client.get(address).content.decode()
    assert 'name="send"' not in page
    assert "Dee Rector" in page
    answer = client.post(address, {**answers(difference=""), "ask": "1"})
    assert answer.status_code == 422
    answer = client.post(address, {**answers(), "ask": "1"})
    draft = Expression.objects.get()
    ask = reverse("bids:expression-ask-to-sign", args=[draft.key])
    assert answer["Location"] == ask
    assert client.post(address, {**answers(), "send": "1"}).status_code == 422
    assert Expression.objects.get().state == "draft"


def test_the_page_says_that_somebody_declined_to_sign_it(
    round: Round, lead: Organisation
) -> None:
    editor = users.join(users.person("applicant"), lead, "editor")
    client = client_of(editor)
    address = begin(client, round)
    page = client.get(address).content.decode()
    assert "It has no authoriser yet" in page
    assert "They can also send it" not in page
    client.post(address, {**answers(), "later": "1"})
    signer = users.join(users.person("applicant", name="Dee Rector"), lead)
    draft, now = Expression.objects.get(), clock.now()
    request = signature_requests.ask(draft, of=signer, by=editor, at=now)
    signature_requests.decline(request, reason="Not yet.", by=signer, at=now)
    page = client.get(address).content.decode()
    assert "They can also send it" in page
    assert "Dee Rector declined on" in page
    assert reverse("bids:expression-sign-off", args=[draft.key]) in page


def send(client: Client, round: Round, pounds: str) -> Expression:
    address = begin(client, round)
    answer = client.post(address, {**answers(pounds), "send": "1"})
    assert answer.status_code == 302, answer.content.decode()
    return Expression.objects.get(key=address.split("/")[3])


def test_what_others_of_the_organisation_asked_for_is_told_and_taken_off(
    round: Round, lead: Organisation
) -> None:
    other = users.join(users.person("applicant", name="Ola Brown"), lead)
    sent = send(client_of(other), round, "6,000")
    client = client_of(users.applicant(lead))
    address = begin(client, round)
    page = client.get(address).content.decode()
    assert "£4,000 of £10,000 left this year" in page
    assert (
        f'{reverse("bids:expression", args=[sent.key])}">A listening line</a>' in page
    )
    assert "£6,000, sent by Ola Brown on" in page
    answer = client.post(address, {**answers("4,001"), "send": "1"})
    assert answer.status_code == 422
    assert (
        "You ask for £4,001, but £4,000 is left of what your organisation can have "
        "this financial year"
    ) in answer.content.decode()
    expressions.withdraw(sent, by=other, at=clock.now())
    assert "£10,000 of £10,000 left" in client.get(address).content.decode()
    elsewhere = client_of(users.applicant(users.council_organisation()))
    start = elsewhere.get(reverse("bids:start-seed", args=[round.key]))
    assert "Ola Brown" not in start.content.decode()
    assert "£10,000 of £10,000 left" in start.content.decode()


def test_somebody_of_two_organisations_says_for_which(
    round: Round, lead: Organisation
) -> None:
    user = users.applicant(lead)
    other = users.council_organisation()
    users.join(user, other)
    client = client_of(user)
    start = reverse("bids:start-seed", args=[round.key])
    page = client.get(start).content.decode()
    assert page.count("£10,000 of £10,000 left this year") == 2
    assert client.post(start).status_code == 422
    client.post(start, {"lead": other.key})
    assert Expression.objects.get().lead == other


def test_who_only_reads_sees_the_list_of_sections(
    round: Round, lead: Organisation
) -> None:
    address = begin(client_of(users.applicant(lead)), round)
    reader = client_of(users.viewer(lead))
    draft = Expression.objects.get()
    page = reader.get(reverse("bids:expression", args=[draft.key]))
    assert (
        "You can view this expression of interest, but you cannot edit it"
        in page.content.decode()
    )
    assert reader.get(address).status_code == 403


def test_links_to_begin_lead_to_the_short_way(round: Round, lead: Organisation) -> None:
    start = reverse("bids:start-seed", args=[round.key])
    client = client_of(users.applicant(lead))
    general = f"{reverse('bids:start')}?round={round.key}"
    assert client.get(general)["Location"] == start
    public = client.get(reverse("bids:round", args=[round.key])).content.decode()
    assert f'href="{start}">Apply for a seed grant</a>' in public
    alone = client_of(users.person("applicant"))
    assert alone.get(start)["Location"] == general
    assert "First tell us who you work for" in alone.get(general).content.decode()


def test_only_an_open_seed_round_begins_like_this(
    round: Round, lead: Organisation
) -> None:
    client = client_of(users.applicant(lead))
    full = cases.round_(opens_at=OPENS_AT, closes_at=None)
    assert client.get(reverse("bids:start-seed", args=[full.key])).status_code == 404
    Round.objects.filter(pk=round.pk).update(closes_at=OPENS_AT.replace(year=2015))
    answer = client.post(reverse("bids:start-seed", args=[round.key]))
    assert answer.status_code == 409
    assert not Expression.objects.exists()


def test_an_outsider_neither_sees_nor_sends_it(
    round: Round, lead: Organisation
) -> None:
    address = begin(client_of(users.applicant(lead)), round)
    outsider = client_of(users.outsider())
    assert outsider.get(address).status_code == 404
    assert outsider.post(address, {**answers(), "send": "1"}).status_code == 404
    assert Expression.objects.get().state == "draft"


def test_who_waits_to_be_confirmed_writes_on_the_page_and_learns_no_sum(
    round: Round, lead: Organisation
) -> None:
    sent = send(client_of(cases.editor_of(lead)), round, "9,500")
    waiting = users.person("applicant")
    memberships.ask(organisation=lead, by=waiting, at=MOMENT)
    client = client_of(waiting)
    first = client.get(reverse("bids:start-seed", args=[round.key])).content.decode()
    page = begin(client, round)
    for text in (first, client.get(page).content.decode()):
        assert f"{lead} can have up to" in text
        assert "£500" not in text
        assert sent.title not in text
    answer = client.post(page, answers() | {"send": "1"})
    assert answer.status_code == 422
    assert "once somebody has confirmed" in answer.content.decode()
    assert client_of(users.outsider()).get(page).status_code == 404


def test_an_interest_in_one_of_them_hides_the_sum_whatever_becomes_of_it(
    round: Round, lead: Organisation
) -> None:
    """The control is a colleague, to whom the sum tells what became of it."""
    bid = cases.seed_bid(lead=lead)
    asked_for = MoneyAsked.objects.filter(expression=bid.expression)
    force_update(asked_for, financial_year=year())
    conflicted = users.join(users.person("applicant", "board_member"), lead)
    grants.interest(bid, conflicted)
    start = reverse("bids:start-seed", args=[round.key])
    readers = [client_of(conflicted), client_of(users.applicant(lead))]
    before = [allowances(reader, start) for reader in readers]
    assert "We check what is left when you send" in before[0]
    assert "£2,000 of £10,000 left" in before[1]
    bids.withdraw(bid, by=cases.editor_of(lead), at=clock.now())
    after = [allowances(reader, start) for reader in readers]
    assert after[0] == before[0]
    assert "£10,000 of £10,000 left" in after[1]


def test_somebody_who_waits_to_be_confirmed_is_not_told_what_others_asked_for(
    round: Round, lead: Organisation
) -> None:
    sent = send(client_of(users.applicant(lead)), round, "6,000")
    newcomer = users.person("applicant")
    memberships.ask(organisation=lead, by=newcomer, at=MOMENT)
    client = client_of(newcomer)
    start = reverse("bids:start-seed", args=[round.key])
    for address in (start, begin(client, round)):
        page = client.get(address).content.decode()
        assert "We check what is left when you send" in page
        assert "£4,000" not in page
        assert sent.title not in page
        assert sent.key not in page


def allowances(reader: Client, address: str) -> str:
    """What the page says of the organisation’s seed grants."""
    page = reader.get(address).content.decode()
    return page.partition("govuk-inset-text")[2].partition("<form")[0]

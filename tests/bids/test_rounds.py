"""Rounds: their public pages, and how administrators edit them."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import question_sets, rounds, standard_questions
from bids.models import Question, QuestionSet, Round
from innovation.audit import events
from innovation.audit.models import Event
from innovation.core.clock import LONDON
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.money import Money
from tests.dates import CLOSES_AT, MOMENT, OPENS_AT
from tests.edit_forms import post_edit
from tests.factories import cases, users
from tests.factories.registers import main_programme

pytestmark = pytest.mark.django_db

QUESTION = {
    "code": "need",
    "section": "Need",
    "wording": "What is the need?",
    "hint": "",
    "kind": "long_text",
    "choices": [],
    "required": True,
    "word_limit": 100,
}


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(users.administrator())
    return client


def post(client: Client, page: str, key: str, **data: Any) -> str:
    response = client.post(reverse(f"bids:{page}", args=[key]), data)
    assert response.status_code == 302, response.content.decode()[:3000]
    return str(response["Location"])


def test_an_administrator_writes_and_publishes_a_round(admin: Client) -> None:
    programme = main_programme()
    answer = admin.post(
        reverse("bids:manage-round-add"),
        {
            "programme": programme.key,
            "name": "Round 9",
            "route": "full",
            "opens_at_day": "1",
            "opens_at_month": "5",
            "opens_at_year": "2020",
            "opens_time": "9am",
            "max_award": "2m",
        },
    )
    round = Round.objects.get()
    key = round.key
    assert answer["Location"] == reverse("bids:manage-round", args=[key])
    refused = admin.post(reverse("bids:manage-round-publish", args=[key]))
    assert "Add at least one criterion" in refused.content.decode()
    post(admin, "manage-strand-add", key, name="Adoption")
    post(
        admin,
        "manage-criterion-add",
        key,
        name="Impact",
        weight="2",
        min_score="0",
        max_score="4",
    )
    post(admin, "manage-envelope-add", key, financial_year="2020", amount="£1,000,000")
    at = post(admin, "manage-questions-expression", key)
    questions = QuestionSet.objects.get()
    assert at == reverse("bids:manage-questions", args=[questions.key])
    post(
        admin,
        "manage-question-add",
        questions.key,
        code="need",
        section="Need",
        wording="What is the need?",
        kind="long_text",
        required="on",
    )
    post(admin, "manage-questions-publish", questions.key)
    post(admin, "manage-round-publish", key)
    round.refresh_from_db()
    assert round.published
    assert round.opens_at == datetime(2020, 5, 1, 9, tzinfo=LONDON)
    assert round.max_award == Money.pounds(2_000_000)
    assert [s.name for s in round.strands.all()] == [rounds.OTHER_STRAND, "Adoption"]
    public = admin.get(reverse("bids:round", args=[key])).content.decode()
    for words in ("Adoption", "Impact", "What is the need?", "Up to £2,000,000"):
        assert words in public
    assert list(Event.objects.filter(chain=round.chain).values_list("name", flat=True))[
        ::7
    ] == ["round.added", "round.published"]


def test_broken_facts_come_back_as_words(admin: Client) -> None:
    round = cases.round_()
    address = reverse("bids:manage-round-change", args=[round.key])
    form_data = {
        "name": round.name,
        "route": "seed",
        "max_award": "20000",
        "min_award": "",
    }
    page = post_edit(admin, address, form_data)
    assert page.status_code == 422
    assert "£10,000 or less: this is a seed round" in page.content.decode()
    page = post_edit(admin, address, {"name": cases.round_().name, "route": "full"})
    assert page.status_code == 422
    assert "Another round has this name" in page.content.decode()


def test_a_published_version_never_changes_and_the_next_begins_as_its_copy() -> None:
    by, round = users.administrator(), cases.round_()
    first = cases.question_set(round)
    with pytest.raises(TooLate):
        question_sets.add(first, facts=QUESTION, by=by, at=MOMENT)
    question_set = question_sets.begin(round, stage="expression", by=by, at=MOMENT)
    facts = [
        question.code for question in standard_questions.fact_questions("expression")
    ]
    assert question_set.version == 2
    assert list(question_set.questions.values_list("code", flat=True)) == [
        *facts,
        "why",
        "partnered",
    ]
    assert (
        question_sets.begin(round, stage="expression", by=by, at=MOMENT) == question_set
    )
    question_sets.add(question_set, facts=QUESTION, by=by, at=MOMENT)
    question_sets.remove(question_set.questions.get(code="why"), by=by, at=MOMENT)
    assert cases.draft(round=round).question_set == first
    question_sets.publish(question_set, by=by, at=MOMENT)
    later_draft = cases.draft(round=round, complete=False)
    assert later_draft.question_set == question_set
    assert set(first.questions.values_list("code", flat=True)) == {"why", "partnered"}


def test_choices_belong_to_questions_that_offer_them() -> None:
    by = users.administrator()
    question_set = question_sets.begin(cases.round_(), stage="bid", by=by, at=MOMENT)
    before = Question.objects.count()
    for facts in ({"kind": "one_choice"}, {"choices": ["Yes"]}):
        with pytest.raises(Invalid):
            question_sets.add(question_set, facts=QUESTION | facts, by=by, at=MOMENT)
    assert Question.objects.count() == before


def test_only_an_administrator_writes_rounds(client: Client) -> None:
    round = cases.round_()
    routes = [
        reverse("bids:manage-rounds"),
        reverse("bids:manage-round-add"),
        reverse("bids:manage-round", args=[round.key]),
        reverse("bids:manage-criterion-add", args=[round.key]),
    ]
    for person in (users.official(), users.applicant(), users.minister()):
        with pytest.raises(NotAllowed):
            rounds.add_strand(round, name="S", by=person, at=MOMENT)
        client.force_login(person)
        assert {client.get(route).status_code for route in routes} == {403}


def test_criteria_stay_once_a_bid_was_scored() -> None:
    bid = cases.assessed_bid()
    facts = {"name": "New", "weight": 1, "min_score": 0, "max_score": 4}
    with pytest.raises(TooLate):
        rounds.add_criterion(
            bid.round, facts=facts, by=users.administrator(), at=MOMENT
        )


def test_everybody_reads_published_rounds_and_no_others(client: Client) -> None:
    published, unpublished = cases.round_(), cases.round_(published=False)
    page = client.get(reverse("bids:rounds")).content.decode()
    assert published.name in page
    assert unpublished.name not in page
    assert client.get(reverse("bids:round", args=[published.key])).status_code == 200
    assert client.get(reverse("bids:round", args=[unpublished.key])).status_code == 404


def test_everybody_reads_and_downloads_the_whole_question_set(client: Client) -> None:
    round, hidden = cases.round_(), cases.round_(published=False)
    standard_questions.publish(round, by=events.SERVICE, at=OPENS_AT)
    text = client.get(
        reverse("bids:round-questions", args=[round.key])
    ).content.decode()
    for words in (
        "Expression of interest",
        "Theory of change",
        "Up to 300 words.",
        "Choose from: Yes; No; Not known yet.",
        "Asked only if you answer “Will you have other funding?” with “Yes”.",
    ):
        assert words in text
    file = client.get(reverse("bids:round-questions-download", args=[round.key]))
    assert file["Content-Type"] == "application/pdf"
    assert b"pdfuaid" in file.content
    for page in ("round-questions", "round-questions-download"):
        assert client.get(reverse(f"bids:{page}", args=[hidden.key])).status_code == 404


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"published": False}, False),
        ({"opens_at": None, "closes_at": None}, False),
        ({"closes_at": None}, True),
        ({"opens_at": MOMENT}, True),
        ({"closes_at": MOMENT, "opens_at": OPENS_AT}, True),
        ({"opens_at": CLOSES_AT, "closes_at": None}, False),
    ],
)
def test_a_round_is_open_between_its_moments(
    fields: dict[str, Any], expected: bool
) -> None:
    round = cases.round_(**fields)
    assert rounds.is_open(round, MOMENT) is expected
    assert rounds.rounds_open_at(MOMENT).filter(pk=round.pk).exists() is expected

"""Text that may identify a child is not saved before its writer was asked."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.models import AnswerVersion, Clarification, Expression
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.web.forms.child_data import FIELD
from tests import edit_forms
from tests.bids.test_draft_pages import Writer
from tests.dates import OPENS_AT
from tests.factories import cases

pytestmark = pytest.mark.django_db
NUMBER = "943 476 5919"
TEXT = f"Her number is {NUMBER}."


@pytest.fixture
def writer() -> Writer:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    draft = cases.draft(round=round, complete=False)
    return Writer(cases.editor_of(draft.lead), draft)


def tick_value(answer: Any) -> str:
    [(mark, _)] = answer.context["form"].fields[FIELD].choices
    return str(mark)


def warning_events(user: User) -> list[tuple[str, dict[str, Any]]]:
    events = Event.objects.filter(chain=user.chain, name__startswith="text.")
    return [(event.name, event.data) for event in events.order_by("seq")]


def test_a_section_asks_and_keeps_what_else_was_typed(writer: Writer) -> None:
    answer = writer.save(title="A new title", summary=TEXT)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in page
    assert f"“{NUMBER}” looks like an NHS number" in page
    assert TEXT in page
    assert "data-draft-unsaved" in page
    expression = Expression.objects.get()
    assert (expression.title, expression.summary) == ("A new title", "")
    assert not AnswerVersion.objects.filter(code="summary").exists()


def test_once_confirmed_it_is_kept_and_both_are_recorded_without_a_word(
    writer: Writer,
) -> None:
    tick = tick_value(writer.save(summary=TEXT))
    assert writer.save(summary=TEXT, **{FIELD: tick}).status_code == 302
    assert Expression.objects.get().summary == TEXT
    page = writer.hidden["submission"]
    data = {"kinds": ["nhs_number"], "page": page}
    assert warning_events(writer.user) == [
        ("text.warned", data),
        ("text.confirmed", data),
    ]
    assert not Event.objects.filter(data__icontains="943").exists()


def test_changing_the_words_needs_no_tick(writer: Writer) -> None:
    writer.save(summary=TEXT)
    assert writer.save(summary="Her number is known.").status_code == 302
    assert Expression.objects.get().summary == "Her number is known."


def test_a_page_that_saves_by_itself_keeps_the_rest_and_says_so(writer: Writer) -> None:
    fields = {"title": "A new title", "summary": TEXT}
    answer = writer.client.post(
        writer.address,
        {**writer.hidden, **fields},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 200
    assert "not saved yet" in answer.json()["held"]
    assert Expression.objects.get().title == "A new title"
    assert not AnswerVersion.objects.filter(code="summary").exists()
    assert warning_events(writer.user) == []


def test_a_page_whose_text_was_held_back_overtakes_nobody_afterwards(
    writer: Writer,
) -> None:
    writer.save(summary="Words.")
    writer.open()
    fields = {**writer.hidden, "title": "A title", "summary": TEXT}
    headers = {"accept": "application/json"}
    answer = writer.client.post(writer.address, fields, headers=headers).json()
    assert "summary:1" in answer["seen"].split()
    writer.hidden["seen"] = answer["seen"]
    tick = tick_value(writer.save(title="A title", summary=TEXT))
    saved = writer.save(title="A title", summary=TEXT, **{FIELD: tick})
    assert saved["Location"] == reverse("bids:expression", args=[writer.draft.key])
    assert Expression.objects.get().summary == TEXT


def test_an_earlier_version_is_put_back_without_asking_again(writer: Writer) -> None:
    tick = tick_value(writer.save(summary=TEXT))
    writer.save(summary=TEXT, **{FIELD: tick})
    writer.open()
    writer.save(summary="Something else.")
    versions = AnswerVersion.objects.filter(code="summary", raw_input__summary=[TEXT])
    clarification_url = reverse(
        "bids:expression-version",
        args=[writer.draft.key, "summary", versions.get().number],
    )
    assert writer.client.post(clarification_url).status_code == 302
    assert Expression.objects.get().summary == TEXT


def test_an_answer_is_asked_about_before_it_is_sent(client: Client) -> None:
    open_question = cases.open_clarification()
    case = open_question.expression
    user = cases.editor_of(case.lead)
    client.force_login(user)
    address = reverse("bids:expression-answer", args=[case.key])
    form_data = {
        "answer_1": "Amy, born 04/05/2020, is one of them.",
        **edit_forms.form_version(client, address),
    }
    answer = client.post(address, form_data)
    assert answer.status_code == 422
    assert form_data["answer_1"] in answer.content.decode()
    assert Clarification.objects.get().answer == ""
    second_answer = client.post(address, {**form_data, FIELD: tick_value(answer)})
    assert second_answer.status_code == 302
    assert Clarification.objects.get().answer == form_data["answer_1"]
    assert [name for name, _ in warning_events(user)] == [
        "text.warned",
        "text.confirmed",
    ]

"""The limits of a draft, a case and a person: the page says what is refused, and no
text is lost silently.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from bids import validators
from bids.domain import case_documents, drafts, expressions, lateness
from bids.domain.answer_versions import DraftAnswer
from bids.forms.question_types.names import NamesField, parse_councils
from bids.forms.question_types.plan_fields import QUESTION_FIELDS
from bids.forms.question_types.question_fields import Submitted
from bids.models import AnswerVersion, Expression, LateAttempt, Presence, Question
from bids.models.question_type import QuestionType
from innovation.audit.models import Event
from innovation.core import expiry, limits
from innovation.core.errors import Invalid, TooLate, TooMuch, TooOften
from innovation.documents.domain import documents
from innovation.documents.models import Document
from tests.bids.draft_texts import saved_texts, summary_part
from tests.bids.test_draft_pages import Writer
from tests.dates import CLOSES_AT, MOMENT, OPENS_AT, moment_after
from tests.documents.sample_files import PDF, upload
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
SCRIPT = {"accept": "application/json"}
DAY = timedelta(days=1)


@pytest.fixture
def draft() -> Expression:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    return cases.draft(round=round, complete=False)


@pytest.fixture
def writer(draft: Expression) -> Writer:
    return Writer(cases.editor_of(draft.lead), draft)


# --- what is typed ---------------------------------------------------------
def test_a_text_that_is_too_long_to_send_is_kept_to_the_last_word(
    writer: Writer, draft: Expression
) -> None:
    text = "x" * (limits.TEXT_CEILING - 1)
    page = writer.save(summary=text)
    assert page.status_code == 422
    assert "Your answers are saved" in page.content.decode()
    assert saved_texts(draft) == [text]
    assert text in writer.open()


def test_twice_what_is_kept_comes_back_in_the_form_and_the_rest_is_saved(
    writer: Writer, draft: Expression
) -> None:
    text = "x" * 2 * limits.TEXT_CEILING
    answer = writer.save(summary=text, title="A new title")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Use 100,000 characters or fewer") == 2
    assert text in page
    assert Expression.objects.get().title == "A new title"
    assert saved_texts(draft) == []


def test_a_script_is_told_that_it_is_not_saved(
    writer: Writer, draft: Expression
) -> None:
    text = "x" * 2 * limits.TEXT_CEILING
    fields = {**writer.hidden, "title": "A new title", "summary": text}
    answer = writer.client.post(writer.address, fields, headers=SCRIPT).json()
    assert "too long to be saved" in answer["held"]
    assert Expression.objects.get().title == "A new title"
    assert saved_texts(draft) == []


def test_names_that_no_field_has_count_as_well(draft: Expression) -> None:
    many = {f"summary__{n}": ["x" * 1_000] for n in range(300)}
    user = cases.editor_of(draft.lead)
    result = drafts.save(draft, {"summary": DraftAnswer(many)}, by=user, at=MOMENT)
    assert result.too_long == ["summary"]
    assert not AnswerVersion.objects.exists()


def test_what_comes_too_late_and_is_too_long_is_not_said_to_be_kept(
    writer: Writer, draft: Expression
) -> None:
    expressions.withdraw(draft, because="", by=writer.user, at=MOMENT)
    answer = writer.save(summary="x" * 2 * limits.TEXT_CEILING)
    assert answer.status_code == 409
    assert "could not save an answer" in answer.content.decode()
    assert "saved in the versions of its answer" not in answer.content.decode()


@pytest.mark.parametrize(
    ("words", "text", "sentence"),
    [
        (500, "x" * 12_000, "has 12,000 characters: shorten it to 6,000"),
        (None, "x" * 40_000, "has 40,000 characters: shorten it to 20,000"),
        (5, "a b c d e f", "has 6 words: shorten it to 5"),
        (5, "a b c d e", None),
    ],
)
def test_what_is_too_long_cannot_be_sent(
    words: int | None, text: str, sentence: str | None
) -> None:
    kind = QuestionType.LONG_TEXT
    question = Question(code="why", wording="Why?", kind=kind, word_limit=words)
    problem = validators.length_problem(question, text)
    assert problem == (sentence and f"Your answer to “Why?” {sentence}")


def test_three_times_the_rows_of_a_question_are_not_drawn(
    writer: Writer, draft: Expression
) -> None:
    rows = QUESTION_FIELDS[QuestionType.OUTCOMES]
    ends = [f"description_{n}" for n in range(1, 3 * limits.ROWS + 1)]
    question = Question(code="outcomes", kind=QuestionType.OUTCOMES)
    fields = rows.fields(question, draft, Submitted(suffixes=ends))
    numbers = {int(end.rpartition("_")[2]) for end in fields}
    assert max(numbers) == 2 * limits.ROWS


def test_twice_the_lines_of_names_are_refused_at_once() -> None:
    field = NamesField(parse_councils, label="Which?")
    with pytest.raises(ValidationError, match="at most 200 lines"):
        field.clean("nowhere\n" * 2 * limits.LINES_OF_NAMES)


# --- how much of it --------------------------------------------------------
def test_twice_the_text_of_an_hour_is_put_off_and_stays_in_the_form(
    writer: Writer, draft: Expression, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DRAFT_BYTES_A_PERSON", 1_500)
    assert writer.save(summary="x" * 1_000).status_code == 302
    writer.open()
    answer = writer.save(summary="y" * 1_000)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3_601
    page = answer.content.decode()
    assert "You have saved too much in the last hour" in page
    assert "y" * 1_000 in page
    assert saved_texts(draft) == ["x" * 1_000]


def test_a_script_is_told_when_to_save_again(
    writer: Writer, draft: Expression, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DRAFT_BYTES_A_PERSON", 500)
    fields = {**writer.hidden, "title": draft.title, "summary": "x" * 1_000}
    answer = writer.client.post(writer.address, fields, headers=SCRIPT)
    assert answer.status_code == 429
    assert 0 < answer.json()["retry_after"] <= 3_601
    assert saved_texts(draft) == []


def test_the_next_hour_begins_anew(
    draft: Expression, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DRAFT_BYTES_A_PERSON", 1_500)
    user = cases.editor_of(draft.lead)
    drafts.save(draft, summary_part("x" * 1_000), by=user, at=MOMENT)
    with pytest.raises(TooOften):
        drafts.save(draft, summary_part("y" * 1_000), by=user, at=MOMENT)
    drafts.save(draft, summary_part("y" * 1_000), by=user, at=moment_after(hours=1))
    assert saved_texts(draft) == ["x" * 1_000, "y" * 1_000]


def test_a_draft_has_so_many_versions_whoever_writes_them(
    draft: Expression, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "VERSION_BYTES_OF_CASE", 1_500)
    one, two = cases.editor_of(draft.lead), users.applicant(draft.lead)
    drafts.save(draft, summary_part("x" * 1_000), by=one, at=MOMENT)
    with pytest.raises(TooMuch, match="is full"):
        drafts.save(draft, summary_part("y" * 1_000), by=two, at=MOMENT)
    assert saved_texts(draft) == ["x" * 1_000]


def test_twice_the_changes_of_an_hour_are_put_off(
    writer: Writer, draft: Expression, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHANGES_A_PERSON", 2)
    answers = [writer.save(summary=f"Text {n}") for n in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 429, 429]
    assert "Text 3" in answers[3].content.decode()
    withdraw = reverse("bids:expression-withdraw", args=[draft.key])
    form = writer.client.post(withdraw, {"because": "No money"})
    assert form.status_code == 429
    assert "No money" in form.content.decode()
    assert Expression.objects.get().state == "draft"


def test_what_one_person_may_do_does_not_hold_up_another(
    writer: Writer, draft: Expression, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHANGES_A_PERSON", 1)
    other = Writer(users.applicant(draft.lead), draft)
    assert writer.save(summary="From one").status_code == 302
    other.open()
    assert other.save(summary="From two").status_code == 302


# --- what is left of it ----------------------------------------------------
def test_who_was_writing_is_forgotten_by_the_worker(draft: Expression) -> None:
    user = cases.editor_of(draft.lead)
    Presence.objects.create(expression=draft, section="s", user=user, at=MOMENT)
    expiry.forget_all(MOMENT + 2 * DAY)
    assert not Presence.objects.exists()


# --- a case ----------------------------------------------------------------
def test_twice_the_files_of_a_case_are_refused(
    draft: Expression, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILES_OF_CASE", 2)
    user = cases.editor_of(draft.lead)

    def add(number: int) -> None:
        files = [upload() for _ in range(number)]
        documents.add(files, chain=draft.chain, field="chosen", by=user, at=MOMENT)

    with pytest.raises(Invalid, match="at most 2 files"):
        add(4)
    assert not Document.objects.exists()
    add(2)
    with pytest.raises(Invalid, match="at most 2 files"):
        add(1)
    assert Document.objects.count() == 2


def test_twice_the_bytes_of_a_case_are_refused(
    draft: Expression, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BYTES_OF_CASE", len(PDF))
    files = [upload() for _ in range(2)]
    user = cases.editor_of(draft.lead)
    with pytest.raises(Invalid, match="in total"):
        documents.add(files, chain=draft.chain, field="chosen", by=user, at=MOMENT)
    assert not Document.objects.exists()


def test_a_question_takes_no_more_files_than_it_may(draft: Expression) -> None:
    assert case_documents.MAX_FILES == limits.FILES_OF_QUESTION


def test_late_attempts_leave_so_many_receipts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LATE_ATTEMPTS_A_CASE", 2)
    draft = cases.draft()
    user = cases.editor_of(draft.lead)
    refusals = []
    for second in range(1, 5):
        at = CLOSES_AT + timedelta(seconds=second)
        with pytest.raises(TooLate) as refused:
            expressions.submit(draft, by=user, at=at)
        refusals.append(refused.value)
    assert isinstance(refusals[1], lateness.LateSubmission)
    assert "you have reached that limit" in refusals[3].sentence
    assert LateAttempt.objects.count() == 2
    assert Event.objects.filter(name="expression.came_late").count() == 2


def test_one_case_s_limit_is_no_other_s(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "VERSION_BYTES_OF_CASE", 1_500)
    user_of = cases.editor_of
    for _ in range(2):
        draft = cases.draft()
        text = summary_part("x" * 1_000)
        drafts.save(draft, text, by=user_of(draft.lead), at=MOMENT)
    assert AnswerVersion.objects.filter(set_aside=False).count() >= 2

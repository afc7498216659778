"""Files as answers: adding, seeing and removing them, and copying them to the bid."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from bids.domain import (
    case_documents,
    completeness,
    drafts,
    expressions,
    sign_off,
    signatures,
)
from bids.domain.queries import case_snapshot
from bids.models import Expression, Question, QuestionSet, Round
from funding.domain import interests
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.documents.models import Document
from tests.audit_events import recorded_changes
from tests.concurrency import run_concurrently
from tests.dates import MOMENT, OPENS_AT
from tests.documents import sample_files
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
QUESTIONS = (
    ("why", "long_text", "Why is this needed?"),
    ("plan", "upload", "Add your plan"),
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.CLAMD = "unix:///nowhere/clamd.ctl"


def round_with_uploads(
    required: bool = False, stages: tuple[str, ...] = ("expression",)
) -> Round:
    """A round, open by the real clock, whose questions ask for files as well."""
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    for stage in stages:
        add_upload_questions(round, stage, required)
    return round


@recorded_changes()
def add_upload_questions(round: Round, stage: str, required: bool) -> None:
    question_set = QuestionSet.objects.create(round=round, stage=stage, version=1)
    common = {
        "question_set": question_set,
        "section": "Your idea",
        "required": required,
    }
    for place, (code, kind, wording) in enumerate(QUESTIONS):
        Question.objects.create(
            **common, code=code, kind=kind, wording=wording, position=place
        )
    QuestionSet.objects.filter(pk=question_set.pk).update(published_at=OPENS_AT)


def draft_with_uploads(
    required: bool = False, stages: tuple[str, ...] = ("expression",)
) -> Expression:
    return cases.draft(round=round_with_uploads(required, stages))


def writer(expression: Expression) -> User:
    return cases.editor_of(expression.lead)


def add(expression: Expression, *names: str) -> list[Document]:
    files = [sample_files.upload(name) for name in names or ["plan.pdf"]]
    by = writer(expression)
    return case_documents.add(expression, files, code="plan", by=by, at=MOMENT)


def set_scan_result(document: Document, state: str = "clean") -> None:
    is_refused = state in {"infected", "refused"}
    Document.objects.filter(pk=document.pk).update(
        state=state,
        scanned_at=MOMENT if state != "waiting" else None,
        **({"file": ""} if is_refused else {}),
    )


def problems(expression: Expression) -> dict[str | None, list[str]]:
    reloaded = Expression.objects.get(pk=expression.pk)
    return completeness.problems(case_snapshot.with_snapshot(reloaded), MOMENT)


def files_page(expression: Expression) -> str:
    return reverse("bids:expression-files", args=[expression.key, "plan"])


def section(expression: Expression) -> str:
    return reverse("bids:expression-section", args=[expression.key, "your-idea"])


def status(client: Client, user: User, document: Document) -> int:
    client.force_login(user)
    answer = client.get(document.get_absolute_url())
    if answer.streaming:
        assert answer.getvalue() == sample_files.PDF
    return answer.status_code


def test_several_files_are_added_seen_and_removed_without_javascript(
    client: Client,
) -> None:
    expression = draft_with_uploads()
    client.force_login(writer(expression))
    page = files_page(expression)
    files = [
        SimpleUploadedFile("plan.pdf", sample_files.PDF),
        SimpleUploadedFile("costs.xlsx", sample_files.xlsx()),
    ]
    answer = client.post(page, {"chosen": files}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    page_text = answer.content.decode()
    assert (page_text.count("Being scanned"), page_text.count("plan.pdf")) == (2, 2)
    assert "costs.xlsx" in client.get(section(expression)).content.decode()
    attached = expression.documents.get(document__name="plan.pdf")
    remove = reverse("bids:file-remove", args=[attached.key])
    assert "Remove “plan.pdf”" in client.get(remove).content.decode()
    assert client.post(remove)["Location"] == page
    page_text = client.get(page).content.decode()
    assert ("plan.pdf" in page_text, "costs.xlsx" in page_text) == (False, True)
    assert client.post(remove).status_code == 404


def test_a_bad_file_is_named_and_none_is_kept(client: Client) -> None:
    expression = draft_with_uploads()
    client.force_login(writer(expression))
    invalid_file = SimpleUploadedFile("photo.png", b"no picture")
    files = [SimpleUploadedFile("plan.pdf", sample_files.PDF), invalid_file]
    answer = client.post(files_page(expression), {"chosen": files})
    page_text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in page_text
    assert "“photo.png” is not a PNG image, or is damaged" in page_text
    assert 'href="#id_chosen"' in page_text
    assert not Document.objects.exists()
    assert "Select a file" in client.post(files_page(expression)).content.decode()


def test_what_was_typed_is_saved_on_the_way_to_the_files(client: Client) -> None:
    expression = draft_with_uploads()
    client.force_login(writer(expression))
    page = client.get(section(expression)).content.decode()
    assert 'name="then" value="plan"' in page
    data = {"why": "Because families wait.", "then": "plan"}
    answer = client.post(section(expression), data)
    assert answer["Location"] == files_page(expression)
    assert expression.answers.get().value == "Because families wait."


def test_saving_the_section_leaves_its_files_alone(client: Client) -> None:
    expression = draft_with_uploads()
    add(expression)
    client.force_login(writer(expression))
    client.post(section(expression), {"why": "Families wait still."})
    assert expression.documents.filter(removed_at=None).count() == 1


def test_a_required_file_is_asked_for_and_a_thrown_away_one_is_named() -> None:
    expression = draft_with_uploads(required=True)
    assert problems(expression) == {"plan": ["Add a file to “Add your plan”"]}
    [document] = add(expression)
    assert problems(expression) == {}
    set_scan_result(document, "infected")
    virus_problem = ["Remove “plan.pdf”: it did not pass our virus scan"]
    assert problems(expression) == {"plan": virus_problem}
    with pytest.raises(Invalid):
        expressions.submit(expression, by=writer(expression), at=MOMENT)


def test_officials_open_what_was_sent_and_nobody_a_draft(client: Client) -> None:
    expression = draft_with_uploads()
    [document] = add(expression)
    set_scan_result(document)
    colleague, official = users.viewer(expression.lead), users.official()
    assert status(client, colleague, document) == 200
    assert status(client, official, document) == 404
    expressions.submit(expression, by=writer(expression), at=MOMENT)
    assert status(client, official, document) == 200
    page = client.get(
        reverse("bids:case-documents", args=[expression.key])
    ).content.decode()
    assert document.get_absolute_url() in page
    for outsider in (users.outsider(), users.coach(), users.member(), users.finance()):
        assert status(client, outsider, document) == 404
    coach = users.assign(users.coach(), expression)
    assert status(client, coach, document) == 200


def test_officials_are_told_what_is_not_scanned(
    client: Client, settings: Settings
) -> None:
    settings.CLAMD = ""
    expression = draft_with_uploads()
    [document] = add(expression)
    expressions.submit(expression, by=writer(expression), at=MOMENT)
    client.force_login(users.official())
    page = client.get(
        reverse("bids:case-documents", args=[expression.key])
    ).content.decode()
    assert "Not scanned" in page
    assert "set up without a virus scanner" in page
    settings.CLAMD = "unix:///nowhere/clamd.ctl"
    page = client.get(
        reverse("bids:case-documents", args=[expression.key])
    ).content.decode()
    assert document.get_absolute_url() not in page


def test_a_removed_file_is_nobodys(client: Client) -> None:
    expression = draft_with_uploads()
    [document] = add(expression)
    set_scan_result(document)
    by = writer(expression)
    case_documents.remove(expression.documents.get(), by=by, at=MOMENT)
    assert status(client, by, document) == 404
    with pytest.raises(TooLate):
        case_documents.remove(expression.documents.get(), by=by, at=MOMENT)


def test_the_bid_begins_with_the_files_of_its_expression(client: Client) -> None:
    expression = draft_with_uploads(stages=("expression", "bid"))
    remaining, removed = add(expression, "kept.pdf", "removed.pdf")
    by = writer(expression)
    case_document = expression.documents.get(document=removed)
    case_documents.remove(case_document, by=by, at=MOMENT)
    expressions.submit(expression, by=by, at=MOMENT)
    bid = expressions.take_forward(expression, by=users.official(), at=MOMENT)
    assert [row.document for row in bid.documents.all()] == [remaining]
    case_documents.remove(bid.documents.get(), by=by, at=MOMENT)
    set_scan_result(remaining)
    assert status(client, by, remaining) == 200


def test_a_declared_interest_closes_the_files_too(client: Client) -> None:
    expression = draft_with_uploads()
    [document] = add(expression)
    set_scan_result(document)
    expressions.submit(expression, by=writer(expression), at=MOMENT)
    both = users.person("official", "board_member")
    assert status(client, both, document) == 200
    bid = expressions.take_forward(expression, by=users.official(), at=MOMENT)
    interests.declare(
        bid, member=both, nature="Family.", mitigation="leaves", by=both, at=MOMENT
    )
    assert status(client, User.objects.get(pk=both.pk), document) == 404


def test_who_may_not_write_adds_and_removes_nothing() -> None:
    expression = draft_with_uploads()
    add(expression)
    for person in (users.viewer(expression.lead), users.outsider(), users.official()):
        with pytest.raises(NotAllowed):
            case_documents.add(
                expression, [sample_files.upload()], code="plan", by=person, at=MOMENT
            )
        with pytest.raises(NotAllowed):
            case_documents.remove(expression.documents.get(), by=person, at=MOMENT)


def test_nothing_is_added_once_it_was_sent_nor_where_no_files_are_asked_for() -> None:
    expression = draft_with_uploads()
    by = writer(expression)
    with pytest.raises(Invalid):
        case_documents.add(
            expression, [sample_files.upload()], code="why", by=by, at=MOMENT
        )
    expressions.submit(expression, by=by, at=MOMENT)
    with pytest.raises(TooLate):
        add(expression)


@pytest.mark.django_db(transaction=True)
def test_two_who_add_at_once_add_no_more_than_there_is_room_for() -> None:
    expression = draft_with_uploads()
    refused = [
        each for each in add_six_twice(expression) if isinstance(each, Exception)
    ]
    assert [str(each) for each in refused] == ["Add at most 10 files in total"]
    assert expression.documents.count() == 6


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_add_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the draft is read and not held, so both count no file."""

    def unlocked(case: Expression, writer: User) -> Expression:
        return Expression.objects.select_related("chain", "lead").get(pk=case.pk)

    ended = signatures.end

    def slowly(*args: Any, **more: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")
        ended(*args, **more)

    monkeypatch.setattr(drafts, "lock_for_writing", unlocked)
    monkeypatch.setattr(signatures, "end", slowly)
    expression = draft_with_uploads()
    outcomes = add_six_twice(expression)
    assert not any(isinstance(each, Exception) for each in outcomes), outcomes
    assert expression.documents.count() == 12


def add_six_twice(expression: Expression) -> list[Any]:
    by = writer(expression)

    def add_six() -> list[Document]:
        files = [sample_files.upload() for _ in range(6)]
        return case_documents.add(expression, files, code="plan", by=by, at=clock.now())

    return run_concurrently([add_six, add_six])


def test_the_pages_cost_no_more_queries_with_more_files(
    client: Client, count_queries: Callable[[Client, str], int]
) -> None:
    expression = draft_with_uploads()
    client.force_login(writer(expression))
    add(expression)
    page = files_page(expression)
    first = count_queries(client, page)
    add(expression, "two.pdf", "three.pdf")
    assert count_queries(client, page) == first


def test_a_file_added_or_removed_takes_the_signature_away() -> None:
    expression = draft_with_uploads()
    by = writer(expression)
    for change in (
        lambda: add(expression),
        lambda: case_documents.remove(expression.documents.get(), by=by, at=MOMENT),
    ):
        sign_off.sign(expression, by=by, at=MOMENT)
        change()
        assert signatures.current_signature(expression) is None

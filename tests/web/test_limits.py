"""Twice of what one request may hold: a sentence says what to do, and nothing is done.

What each noun of the domain may have is tried beside that noun; docs/limits.md names
the tests.
"""

from typing import Any

import pytest
from django import forms as django_forms
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import reverse

from bids.models import AnswerVersion, Expression
from innovation.api.filters import StrictFilters
from innovation.api_urls import urlpatterns as api_addresses
from innovation.core import constraints, limits
from innovation.core.errors import Invalid
from innovation.core.fields import Json, Text
from innovation.web import forms
from tests.dates import OPENS_AT
from tests.factories import cases

SCRIPT = {"accept": "application/json"}
OWN_PACKAGES = ("bids", "funding", "innovation.")
LOG = {"audit.Event.data", "audit.Event.tally"}
"""Written by domain calls alone, and never from what somebody typed."""


@pytest.fixture
def draft(db: None) -> Expression:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    return cases.draft(round=round, complete=False)


@pytest.fixture
def section(draft: Expression, client: Client) -> str:
    client.force_login(cases.editor_of(draft.lead))
    return reverse("bids:expression-section", args=[draft.key, "the-idea"])


def is_unchanged(draft: Expression) -> bool:
    same = Expression.objects.get().title == draft.title
    return same and not AnswerVersion.objects.exists()


# --- one request -----------------------------------------------------------
def test_twice_the_text_of_a_request_is_refused_with_a_sentence(
    client: Client, section: str, draft: Expression
) -> None:
    answer = client.post(section, {"title": "x" * 2 * limits.BODY_BYTES})
    assert answer.status_code == 413
    assert "You sent more than 1 MB of text" in answer.content.decode()
    assert is_unchanged(draft)


def test_a_script_is_told_so_as_json(
    client: Client, section: str, draft: Expression
) -> None:
    fields = {"title": "x" * 2 * limits.BODY_BYTES}
    answer = client.post(section, fields, headers=SCRIPT)
    assert answer.status_code == 413
    assert "send it in smaller parts" in answer.json()["problem"]
    assert is_unchanged(draft)


def test_twice_the_fields_of_a_request_are_refused_with_a_sentence(
    client: Client, section: str, draft: Expression
) -> None:
    answer = client.post(section, {f"f{n}": "x" for n in range(2 * limits.BODY_FIELDS)})
    assert answer.status_code == 413
    assert "more than 1,000 answers" in answer.content.decode()
    assert is_unchanged(draft)


def test_twice_the_files_of_a_request_are_refused_with_a_sentence(
    client: Client, section: str, draft: Expression
) -> None:
    files = {
        f"f{n}": SimpleUploadedFile("a.pdf", b"x") for n in range(2 * limits.BODY_FILES)
    }
    answer = client.post(section, files)
    assert answer.status_code == 413
    assert "more than 10 files" in answer.content.decode()
    assert is_unchanged(draft)


def test_a_request_that_says_it_is_twice_too_large_is_not_read(
    client: Client, section: str, draft: Expression
) -> None:
    form_data = {"title": "New", "f": SimpleUploadedFile("a.pdf", b"x")}
    too_long = str(2 * limits.BODY_WITH_FILES_BYTES)
    answer = client.post(section, form_data, CONTENT_LENGTH=too_long)
    assert answer.status_code == 413
    assert "more than 110 MB with files" in answer.content.decode()
    assert is_unchanged(draft)


def test_a_program_is_told_so_as_a_problem(client: Client, db: None) -> None:
    answer = client.get("/api/v1/rounds/?limit=200", headers=SCRIPT)
    assert answer["Content-Type"] == "application/problem+json"


# --- text ------------------------------------------------------------------
def error_message(field: django_forms.Field, text: str) -> str:
    with pytest.raises(django_forms.ValidationError) as refused:
        field.clean(text)
    return str(refused.value.messages[0])


def test_a_word_as_long_as_a_book_passes_no_limit_of_words() -> None:
    field = forms.LongTextField(label="Why", max_words=500)
    assert field.clean("word " * 500).strip()
    assert error_message(field, "x" * 2_000_000) == "Use 6,000 characters or fewer"


@pytest.mark.parametrize(
    ("field", "most"),
    [
        (forms.LongTextField(label="Why"), limits.TEXT),
        (forms.LongTextField(label="Why", max_length=2_000), 2_000),
        (forms.LongTextField(label="Why", max_words=10), 120),
        (
            forms.LongTextField(label="Why", max_words=10, accepts_longer=True),
            limits.TEXT_CEILING,
        ),
        (forms.TextField(label="Name"), limits.LINE),
    ],
    ids=["text", "own limit", "words", "draft", "line"],
)
def test_twice_the_characters_of_a_field_are_refused(
    field: django_forms.Field, most: int
) -> None:
    assert field.clean("x" * most) == "x" * most
    assert error_message(field, "x" * 2 * most).endswith(
        f"Use {most:,} characters or fewer"
    )


def test_an_amount_of_twice_the_digits_is_no_amount() -> None:
    digits = "0" * 2 * limits.NUMBER
    assert "Enter an amount" in error_message(
        forms.MoneyField(label="How much"), digits
    )
    assert error_message(forms.WholeNumberField(label="How many"), "9" * 10_000)


def text_columns() -> list[Any]:
    return [
        field
        for model in apps.get_models()
        if model.__module__.startswith(OWN_PACKAGES)
        for field in model._meta.local_fields
        if isinstance(field, models.TextField | models.JSONField)
        and str(field) not in LOG
    ]


def test_every_text_column_has_a_limit() -> None:
    """Give a new one `core.fields.Text` or `Json`."""
    columns = text_columns()
    assert [str(f) for f in columns if not isinstance(f, Text | Json)] == []
    assert len(columns) > 40


@pytest.mark.django_db
def test_the_database_holds_each_limit() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'c'"
        )
        values = dict(cursor.fetchall())
    for field in text_columns():
        table = field.model._meta.db_table
        most = field.most if isinstance(field, Json) else field.max_length
        assert f"<= {most}" in values[f"{table}_{field.column}_check"]


def test_no_door_lets_a_longer_text_in(draft: Expression) -> None:
    draft.summary = "x" * 2 * limits.TEXT_CEILING
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        draft.save(update_fields=["summary"])
    message = constraints.explain(error.value)
    assert message is not None
    assert message.problems == {"summary": ["Use 100,000 characters or fewer"]}


def test_lines_are_bounded_by_their_type(draft: Expression) -> None:
    with pytest.raises(DataError), transaction.atomic():
        Expression.objects.update(title="x" * 1_000)


# --- lists -----------------------------------------------------------------
def filters_of_api() -> list[Any]:
    filters = []
    for pattern in api_addresses:
        view: Any = getattr(pattern.callback, "cls", None)
        if StrictFilters in getattr(view, "filter_backends", []):
            filters += view.filterset_class.base_filters.values()
    return filters


def test_every_text_filter_of_the_api_has_a_limit() -> None:
    texts = [
        one
        for one in filters_of_api()
        if issubclass(one.field_class, django_forms.CharField)
    ]
    assert texts
    assert all(one.extra.get("max_length") for one in texts)


@pytest.mark.django_db
def test_twice_the_length_of_a_search_is_said_at_its_box(client: Client) -> None:
    answer = client.get("/projects/", {"q": "x" * 2 * limits.SEARCH})
    assert "Use 200 characters or fewer" in answer.content.decode()


def test_a_domain_call_that_brings_too_much_is_invalid(draft: Expression) -> None:
    from bids.domain import expressions

    user = cases.editor_of(draft.lead)
    facts = {"summary": "x" * 2 * limits.TEXT_CEILING}
    with pytest.raises((Invalid, IntegrityError)), transaction.atomic():
        expressions.save(draft, facts=facts, by=user, at=OPENS_AT)
    assert is_unchanged(draft)

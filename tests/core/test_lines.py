"""Forms, the domain and the database keep one-line text on one line."""

import json
from collections.abc import Iterator
from datetime import date, time
from importlib import import_module
from pathlib import Path

import pytest
from django import forms as django_forms
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from innovation.accounts.models import User
from innovation.core.lines import (
    OneLineField,
    add_one_line_checks,
    drop_one_line_checks,
    plain_lines,
    plain_value,
    single_line,
    unprintable_problem,
    word_count,
)
from innovation.core.money import Money
from innovation.web import forms
from tests.edit_forms import post_edit
from tests.factories import users

BREAKS = ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"]
TURNS = ["\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"]
OURS = ("innovation", "bids", "funding")
WRITTEN_BY_THE_SERVICE = {
    # Hashes, tokens, places in the code, addresses of pages.
    "accounts.ApiToken": "digest",
    "accounts.RoleGrant": "role",
    "accounts.RoleRequest": "role",
    "accounts.User": "password",
    "accounts.Membership": "confirmed_by claimed_scheme",
    "audit.Chain": "head stage",
    "audit.Event": "name subject actor stage request_id previous hash",
    "audit.Tally": "figure member",
    "bids.AnswerVersion": "page code saved_by",
    "bids.BatchCase": "refusal",
    "bids.CaseDocument": "code",
    "bids.ClarificationQuestion": "question_code",
    "bids.Comment": "code",
    "bids.Presence": "section",
    "bids.Question": "code",
    "bids.SearchWord": "word",
    "bids.Signature": "office",
    "contact.ServiceFeedback": "page",
    "core.Heartbeat": "name",
    "core.UnsentForm": "person path page",
    "core.Quota": "name subject",
    "core.Slot": "job",
    "core.Submission": "token address",
    "documents.Document": "kind digest last_error finding",
    "funding.Decision": "overspend_by",
    "funding.Import": "digest",
    "funding.ImportedCase": "kind digest subject",
    "funding.Interest": "agreed_by",
    "notifications.JobFailure": "job job_id error place",
    "notifications.Letter": "kind subject_reference last_error deduplication_key",
    "organisations.Identifier": "scheme",
    "reporting.Report": "kind last_error",
    # Read from the files beside the code.
    "bids.IdeaType": "name source",
    "bids.MaturityStage": "code label",
    "bids.PracticeModel": "name description source",
    "funding.Award": "confidence",
    "organisations.Council": (
        "dfe_number name official_name authority_type register_code"
    ),
    "organisations.CouncilCode": "gss_code name official_name change_note",
    "organisations.CouncilFact": "started ended",
    "organisations.CouncilGroup": "name",
    "organisations.OfstedJudgement": "framework source",
    "organisations.Organisation": "confidence claimed_scheme",
    "organisations.ReferenceData": "name digest",
    "organisations.Region": "code name",
    "organisations.RunsServices": "started ended",
}


@pytest.mark.parametrize("character", [*BREAKS, *TURNS, "\x00", "\x07", "\u200b", "\t"])
def test_what_breaks_hides_or_turns_a_line_is_folded(character: str) -> None:
    assert single_line(f" Jane {character} Smith{character}") == "Jane Smith"
    assert single_line(f"Jane{character}") == "Jane"


@given(st.text())
def test_folding_any_text_leaves_one_line_that_stays_as_it_is(text: str) -> None:
    line = single_line(text)
    assert len(line.splitlines()) <= 1
    assert single_line(line) == line
    assert not set(line) & {*BREAKS, *TURNS}


def test_names_are_spelt_as_before() -> None:
    for name in ("Réunion d’été", "नेपाल‌ी क्‍ष", "Nguyễn Thị Hà", "O’Neill-Łuk"):
        assert single_line(name) == name


def test_longer_text_keeps_its_lines_and_loses_what_turns_them() -> None:
    assert plain_lines("a\r\nb\u2028c\x07\u202ed\te") == "a\nb\ncd\te"
    assert plain_lines("\ufeffa\x00b") == "ab"


def test_longer_text_keeps_its_shape_without_blank_lines_around_it() -> None:
    assert plain_lines(" \n\n\t2026\t2027\n\n  a  b\n \n") == "\t2026\t2027\n\n  a  b"


@pytest.mark.parametrize("blank", ["\u200d", "\ufe0f", "\u3164 \u2800", "\u034f"])
def test_a_text_of_which_nothing_is_seen_is_empty(blank: str) -> None:
    assert (single_line(blank), plain_lines(f"{blank}\na\n{blank}")) == ("", "a")
    assert single_line(f"❤{blank}") == f"❤{blank}"


def test_a_number_in_letters_of_full_width_is_a_plain_one() -> None:
    assert plain_value(" ２８－２ ａ＠ｂ.example ") == "28-2 a@b.example"


def test_bullets_of_word_are_bullets() -> None:
    assert plain_lines("\uf0b7\tone\n\uf0a7\ttwo") == "•\tone\n•\ttwo"
    assert single_line("\uf0b7 one") == "• one"
    assert unprintable_problem("\uf0b7 one") is None


@pytest.mark.parametrize("sign", ["\ue000", "\U000f0000", "\u0378", "\uffff"])
def test_what_no_font_has_is_never_kept_and_the_writer_is_told_where_it_is(
    sign: str,
) -> None:
    assert (single_line(f"a{sign}b"), plain_lines(f"a{sign}b")) == (
        "ab",
        "ab",
    )
    assert unprintable_problem(f"The  cost\nis {sign}2") == (
        f"Remove or replace the symbol “{sign}” after “The cost is”: we cannot print it"
    )
    assert unprintable_problem(sign) == (
        f"Remove or replace the symbol “{sign}” at the start: we cannot print it"
    )
    for form in (_Line({"line": f"a{sign}b"}), _Text({"text": f"a{sign}b"})):
        [[error]] = form.errors.values()
        assert error == unprintable_problem(f"a{sign}b")


def test_words_are_counted_as_a_person_counts_them() -> None:
    cases = json.loads(Path("tests/core/word_counts.json").read_text())
    counted = [[text, word_count(plain_lines(text))] for text, _ in cases]
    assert counted == cases


def _columns() -> Iterator[tuple[type[models.Model], "models.Field[object, object]"]]:
    for model in apps.get_models():
        if model.__module__.split(".")[0] in OURS:
            for field in model._meta.local_concrete_fields:
                if isinstance(field, models.CharField) and not field.choices:
                    yield model, field


def test_every_column_of_words_folds_what_it_is_given() -> None:
    """A new column of one line is a `OneLineField`, unless the service writes it."""
    open_ones = [
        f"{model._meta.label}.{field.name}"
        for model, field in _columns()
        if not isinstance(field, OneLineField | models.EmailField)
        and field.name != "key"
        and field.name not in WRITTEN_BY_THE_SERVICE.get(model._meta.label, "").split()
    ]
    assert open_ones == []


@pytest.mark.django_db
def test_the_database_refuses_a_second_line_in_each_of_them() -> None:
    columns = [
        (model._meta.db_table, field.column)
        for model, field in _columns()
        if isinstance(field, OneLineField)
    ]
    assert len(columns) > 40
    with connection.cursor() as cursor:
        for table, column in columns:
            cursor.execute(
                "SELECT count(*) FROM pg_constraint WHERE conrelid = %s::regclass "
                "AND contype = 'c' AND pg_get_constraintdef(oid) LIKE %s",
                [table, f"%({column})::text !~%"],
            )
            assert cursor.fetchone() == (1,), f"{table}.{column}"


@pytest.mark.django_db
@pytest.mark.parametrize("character", [*BREAKS, *TURNS])
def test_a_name_with_it_is_refused_by_the_database_and_folded_by_the_model(
    character: str,
) -> None:
    user = users.person("applicant", name=f"Jane{character}The department writes")
    assert len(user.name.splitlines()) == 1
    assert user.name == User.objects.get(pk=user.pk).name == single_line(user.name)
    User.objects.filter(pk=user.pk).update(name=f"Jane{character}Smith")
    assert User.objects.get(pk=user.pk).name in {"Jane Smith", "JaneSmith"}
    with pytest.raises(IntegrityError), transaction.atomic():
        _update_name_by_sql(user, f"Jane{character}Smith")


def _update_name_by_sql(user: User, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_user SET name = %s WHERE id = %s", [name, user.pk]
        )


@pytest.mark.django_db
def test_what_was_kept_before_the_check_is_folded_by_its_migration() -> None:
    user = users.person("applicant")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(drop_one_line_checks("accounts_user", "name"))
        _update_name_by_sql(user, "Jane \r\n\u2028 Smith\u202e")
        cursor.execute(add_one_line_checks("accounts_user", "name"))
    user.refresh_from_db()
    assert user.name == "Jane Smith"


def _forms(of: type[django_forms.BaseForm]) -> Iterator[type[django_forms.BaseForm]]:
    for one in of.__subclasses__():
        if one.__module__.split(".")[0] in OURS:
            yield one
        yield from _forms(one)


def test_every_text_of_every_form_is_of_one_of_our_kinds() -> None:
    for path in Path().glob("*/forms/*.py"):
        import_module(".".join(path.with_suffix("").parts))
    for path in Path().glob("innovation/*/forms/*.py"):
        import_module(".".join(path.with_suffix("").parts))
    own_fields = (forms.TextField, forms.LongTextField, forms.EmailField)
    plain = {
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in _forms(django_forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if type(field).__mro__[-4:] and isinstance(field, django_forms.CharField)
        if not isinstance(field, own_fields)
        # A password is taken as it was typed.
        if not isinstance(field.widget, django_forms.PasswordInput)
        if field.__class__.__module__.split(".")[0] != "allauth"
    }
    assert not {one for one in plain if ".sign_in." not in one}


class _Line(forms.Form):
    line = forms.TextField(label="Line")
    email = forms.EmailField(label="Email", required=False)
    checks_child_data = False


class _Text(forms.Form):
    text = forms.LongTextField(label="Text")
    checks_child_data = False


class _Values(forms.Form):
    email = forms.EmailField(label="Email")
    number = forms.WholeNumberField(label="Number")
    money = forms.MoneyField(label="Money")
    day = forms.DateField(label="Day")
    time = forms.TimeField(label="Time")
    checks_child_data = False


@pytest.mark.parametrize(
    "unseen",
    ["\u200b", "\ufeff", "\u00ad", "\x00", "\u202c", "\u200d", "\ufe0f", "\u3164"],
)
def test_a_value_is_judged_as_a_person_sees_it(unseen: str) -> None:
    data = {
        "email": "jane@example.org",
        "number": "15",
        "money": "1,234.50",
        "day_day": "28",
        "day_month": "2",
        "day_year": "2027",
        "time": "5pm",
    }
    form = _Values({name: f"{unseen}{text}{unseen}" for name, text in data.items()})
    assert form.errors == {}
    assert form.cleaned_data == {
        "email": "jane@example.org",
        "number": 15,
        "money": Money(123_450),
        "day": date(2027, 2, 28),
        "time": time(17),
    }
    assert list(_Line({"line": unseen}).errors) == ["line"]
    assert list(_Text({"text": f"{unseen}\n {unseen}"}).errors) == ["text"]


@pytest.mark.parametrize("character", [*BREAKS, *TURNS, "\x07"])
def test_a_field_of_one_line_is_folded_before_it_is_measured(character: str) -> None:
    form = _Line(
        {"line": f"Jane{character}Smith", "email": f'"a{character}b"@example.org'}
    )
    form.full_clean()
    assert form.cleaned_data["line"] in {"Jane Smith", "JaneSmith"}
    assert character not in form.cleaned_data.get("email", "")


@pytest.mark.django_db
def test_a_name_of_several_lines_reaches_the_page_as_one(client: Client) -> None:
    user = users.person("applicant")
    client.force_login(user)
    post_edit(client, "/account/name", {"name": "Jane\u2028\nDear Minister\u202e"})
    user.refresh_from_db()
    assert user.name == "Jane Dear Minister"

"""Forms keep what was typed, explain errors and return values of the right types."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.db.models import TextChoices
from django.utils.datastructures import MultiValueDict

from innovation.core import constraints
from innovation.core.constraints import Message
from innovation.core.errors import Invalid
from innovation.core.money import Money
from innovation.core.registry import Registry
from innovation.web import forms
from innovation.web.templatetags.govuk import error_summary
from tests.web.gallery import COLOURS, EveryField

VALID = {
    "name": "Signs of hope",
    "summary": "Two lines\r\nof text",
    "amount": "£1,234.50",
    "colour": "other",
    "colour_text": "Mauve",
    "needs": ["red", "green"],
    "place": "red",
    "starts_day": "3",
    "starts_month": "3",
    "starts_year": "2015",
    "people": "12",
    "agreed": "on",
}


def filled_form(**changes: Any) -> EveryField:
    return EveryField({**VALID, **changes})


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", "MARCH"])
def test_a_month_is_a_number_or_a_name(month: str) -> None:
    form = filled_form(starts_month=month)
    assert form.errors == {}
    assert form.cleaned_data["starts"] == date(2015, 3, 3)


def test_right_answers_come_back_as_values() -> None:
    plan = SimpleUploadedFile("plan.pdf", b"%PDF")
    form = EveryField(VALID, MultiValueDict({"paper": [plan]}))
    assert form.errors == {}
    assert form.cleaned_data == {
        "name": "Signs of hope",
        "summary": "Two lines\nof text",
        "email": "",
        "amount": Money(123450),
        "colour": "other",
        "colour_text": "Mauve",
        "needs": ["red", "green"],
        "place": "red",
        "council": "",
        "starts": date(2015, 3, 3),
        "people": 12,
        "paper": plan,
        "agreed": True,
    }


@pytest.mark.parametrize(
    ("field", "changes", "sentence"),
    [
        ("name", {"name": " "}, "Enter the name of the project"),
        ("name", {"name": "x" * 201}, "Use 200 characters or fewer"),
        ("summary", {"summary": "word " * 21}, "Use 20 words or fewer"),
        ("amount", {"amount": ""}, "Enter an amount in pounds"),
        ("amount", {"amount": "-5"}, "Enter £0 or more"),
        (
            "amount",
            {"amount": "lots"},
            "Enter an amount in pounds, like 12,500",
        ),
        ("colour", {"colour": "mauve"}, "Select a colour"),
        ("needs", {"needs": []}, "Select what you need"),
        ("starts", {"starts_day": "31", "starts_month": "2"}, "real date"),
        ("starts", {"starts_day": ""}, "The date must include a day"),
        ("starts", {"starts_year": "15"}, "The year must include 4 numbers"),
        ("starts", {"starts_year": "9" * 5000}, "The date must be a real date"),
        (
            "starts",
            {"starts_day": "", "starts_month": "", "starts_year": ""},
            "Enter the date it starts",
        ),
        ("people", {"people": "a few"}, "Enter a whole number, like 15"),
        ("people", {"people": ""}, "Answer the question “How many people?”"),
        ("email", {"email": "nobody"}, "like name@example.com"),
        ("agreed", {"agreed": ""}, "Confirm that the director has agreed"),
    ],
)
def test_wrong_answer_is_named_at_its_field(
    field: str, changes: dict[str, Any], sentence: str
) -> None:
    form = filled_form(**changes)
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]


def test_what_was_typed_stays_in_the_form() -> None:
    html = str(
        filled_form(
            amount="lots", starts_day="31", starts_month="2", people="a few", name=""
        )
    )
    assert 'value="lots"' in html
    assert 'id="id_starts-day" name="starts_day" type="text" value="31"' in html
    assert 'value="a few"' in html
    assert "Two lines\nof text" in html.replace("\r\n", "\n")


def test_summary_links_each_sentence_to_its_first_input() -> None:
    form = filled_form(name="", starts_day="31", starts_month="2", colour="")
    summary = error_summary(form)
    assert summary.count("<li>") == 3
    assert '<a href="#id_name">Enter the name of the project</a>' in summary
    assert '<a href="#id_starts-day">The date must be a real date</a>' in summary
    assert '<a href="#id_colour">Select a colour</a>' in summary
    assert error_summary(filled_form()) == ""
    assert error_summary(EveryField()) == ""


def test_every_link_of_the_summary_has_its_target() -> None:
    form = EveryField({})
    html = str(form)
    for name in form.errors:
        target = f"id_{name}-day" if name == "starts" else f"id_{name}"
        assert f'id="{target}"' in html


def test_revealed_field_is_drawn_once_inside_its_answer() -> None:
    html = str(EveryField())
    assert html.count('name="colour_text"') == 1
    assert 'id="conditional-id_colour-3"' in html


def test_optional_field_says_so_except_in_a_filter() -> None:
    class Filter(forms.FilterForm):
        colour = forms.ChoiceField(COLOURS, label="Colour", required=False)

    assert "Email address (optional)" in str(EveryField())
    assert "(optional)" not in str(Filter())


def test_optional_field_of_which_a_hint_tells_does_not_say_so_again() -> None:
    form = EveryField()
    forms.hide_optional_marker(form.fields["email"])
    assert "(optional)" not in str(form["email"].as_field_group())


def test_typed_markup_is_escaped() -> None:
    html = str(filled_form(name="<script>", summary="</textarea><script>", email="<x"))
    assert "<script>" not in html


def test_problems_found_by_the_domain_come_back_to_their_fields() -> None:
    form = filled_form()
    assert form.is_valid()
    problems = {"amount": ["Too much"], "elsewhere": ["Not here"], None: ["All"]}
    forms.add_problems(form, Invalid(problems))
    assert form.errors == {"amount": ["Too much"], "__all__": ["Not here", "All"]}


@pytest.mark.parametrize(
    ("constraint", "problems"),
    [
        ("strand_name_once", {"name": ["This round already has this strand"]}),
        ("agenda_item_one_live", {None: ["This bid is already on an agenda."]}),
        ("gallery_amounts", {"amount": ["Enter less"]}),
        ("membership_once", None),
    ],
)
def test_constraint_is_explained_in_the_words_it_was_given(
    constraint: str,
    problems: dict[str | None, list[str]] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The messages of a model and of a trigger; none for a constraint without one."""

    class Diagnosis(Exception):
        class diag:
            constraint_name = constraint

    monkeypatch.setattr(constraints, "messages", Registry(lambda each: each.constraint))
    constraints.messages.register(Message("gallery_amounts", "amount", "Enter less"))
    error = IntegrityError("new row violates")
    assert constraints.explain(error) is None
    error.__cause__ = Diagnosis()
    explained = constraints.explain(error)
    assert (explained and explained.problems) == problems


def test_select_of_an_enumeration_begins_with_no_answer() -> None:
    """A browser sends the first option of a list that nobody touched."""

    class Size(TextChoices):
        SMALL = "small", "Small"

    field = forms.ChoiceField(Size, label="Size", select=True)
    assert field.choices == [("", ""), ("small", "Small")]


class RevealingForm(forms.Form):
    kind = forms.ChoiceField([("other", "Other")], reveals={"other": ["detail"]})
    detail = forms.LongTextField(required=False)


def test_a_revealed_text_keeps_the_beginnings_of_its_lines() -> None:
    """The component indents what it reveals; a text area shows every space of it."""
    html = str(RevealingForm(initial={"kind": "other", "detail": "One\n\nTwo & three"}))
    [area] = re.findall("<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert unescape(area) == "One\n\nTwo & three"

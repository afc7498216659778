"""Every form asks before it saves words that may identify a child."""

import pytest

from innovation.core.child_data import Kind
from innovation.web import forms
from innovation.web.forms.child_data import FIELD
from innovation.web.templatetags.govuk import error_summary

NUMBER = "943 476 5919"
OTHER = "401 023 2137"


class Message(forms.Form):
    title = forms.TextField(label="Title", required=False)
    text = forms.LongTextField(label="Message", required=False)
    amount = forms.MoneyField(label="Amount", required=False)


def checked_form(**data: object) -> Message:
    form = Message(data)
    form.is_valid()
    return form


def tick_value(form: Message) -> str:
    [checkbox] = form[FIELD].subwidgets
    return str(checkbox.data["value"])


def test_what_tells_of_nobody_is_not_asked_about() -> None:
    form = checked_form(
        title="A home", text="For 40 families, £1,200 each.", amount="£5"
    )
    assert (form.errors, form.child_data, form.confirmation) == ({}, {}, None)
    assert FIELD not in form.cleaned_data


def test_the_words_are_named_beside_their_field_and_nothing_typed_is_lost() -> None:
    form = checked_form(title="A home", text=f"Her number is {NUMBER}.")
    assert list(form.errors) == ["text", FIELD]
    assert form.errors["text"] == [
        f"“{NUMBER}” looks like an NHS number. Take it out, or confirm below that it "
        "is not about a child"
    ]
    assert [one.kind for one in form.child_data["text"]] == [Kind.NHS_NUMBER]
    html = str(form)
    assert f"Her number is {NUMBER}." in html
    assert f"I confirm that this is not about a child: “{NUMBER}”" in html
    assert 'href="#id_about_no_child"' in error_summary(form)


def test_confirming_lets_the_same_words_through() -> None:
    tick = tick_value(checked_form(text=NUMBER))
    form = checked_form(text=NUMBER, **{FIELD: [tick]})
    assert (form.errors, form.confirmed) == ({}, True)
    assert form.cleaned_data == {"title": "", "text": NUMBER, "amount": None}


def test_a_tick_holds_for_those_words_alone() -> None:
    tick = tick_value(checked_form(text=NUMBER))
    form = checked_form(text=f"{NUMBER} and {OTHER}", **{FIELD: [tick]})
    assert not form.confirmed
    assert FIELD in form.errors


def test_a_tick_stays_while_something_else_is_wrong() -> None:
    tick = tick_value(checked_form(text=NUMBER))
    form = checked_form(text=NUMBER, amount="lots", **{FIELD: [tick]})
    assert list(form.errors) == ["amount"]
    assert "checked" in str(form.confirmation)


def test_short_texts_are_looked_through_too() -> None:
    assert list(checked_form(title="B801200005001").errors) == ["title", FIELD]


@pytest.mark.parametrize("field", ["title", "text"])
def test_a_form_may_be_excused(field: str) -> None:
    class Excused(Message):
        checks_child_data = False

    assert Excused({field: NUMBER}).is_valid()

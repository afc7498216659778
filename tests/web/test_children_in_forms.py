"""Every form asks before it keeps words that look as if they told of a child."""

import pytest

from innovation.core.children import Kind
from innovation.web import forms
from innovation.web.forms.children import FIELD
from innovation.web.templatetags.govuk import error_summary

NUMBER = "943 476 5919"
OTHER = "401 023 2137"


class Message(forms.Form):
    title = forms.TextField(label="Title", required=False)
    text = forms.LongTextField(label="Message", required=False)
    amount = forms.MoneyField(label="Amount", required=False)


def sent(**typed: object) -> Message:
    form = Message(typed)
    form.is_valid()
    return form


def mark(form: Message) -> str:
    [(found, _)] = form.fields[FIELD].choices  # type: ignore[attr-defined]
    return str(found)


def test_what_tells_of_nobody_is_not_asked_about() -> None:
    form = sent(title="A home", text="For 40 families, £1,200 each.", amount="£5")
    assert (form.errors, form.warned, form.confirmation) == ({}, {}, None)
    assert FIELD not in form.cleaned_data


def test_the_words_are_named_beside_their_field_and_nothing_typed_is_lost() -> None:
    form = sent(title="A home", text=f"Her number is {NUMBER}.")
    assert list(form.errors) == ["text", FIELD]
    assert form.errors["text"] == [
        f"“{NUMBER}” looks like an NHS number. Take it out, or confirm below that it "
        "is not about a child"
    ]
    assert [one.kind for one in form.warned["text"]] == [Kind.NHS_NUMBER]
    drawn = str(form)
    assert f"Her number is {NUMBER}." in drawn
    assert f"I confirm that this is not about a child: “{NUMBER}”" in drawn
    assert 'href="#id_about_no_child"' in error_summary(form)


def test_confirming_lets_the_same_words_through() -> None:
    ticked = mark(sent(text=NUMBER))
    form = sent(text=NUMBER, **{FIELD: [ticked]})
    assert (form.errors, form.confirmed) == ({}, True)
    assert form.cleaned_data == {"title": "", "text": NUMBER, "amount": None}


def test_a_tick_holds_for_those_words_alone() -> None:
    ticked = mark(sent(text=NUMBER))
    form = sent(text=f"{NUMBER} and {OTHER}", **{FIELD: [ticked]})
    assert not form.confirmed
    assert FIELD in form.errors


def test_a_tick_stays_while_something_else_is_wrong() -> None:
    ticked = mark(sent(text=NUMBER))
    form = sent(text=NUMBER, amount="lots", **{FIELD: [ticked]})
    assert list(form.errors) == ["amount"]
    assert "checked" in str(form.confirmation)


def test_short_texts_are_looked_through_too() -> None:
    assert list(sent(title="B801200005001").errors) == ["title", FIELD]


@pytest.mark.parametrize("field", ["title", "text"])
def test_a_form_may_be_excused(field: str) -> None:
    class Excused(Message):
        asks_about_children = False

    assert Excused({field: NUMBER}).is_valid()

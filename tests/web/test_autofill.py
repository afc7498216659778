"""Each field about the user says what the browser may fill in (WCAG 2.2, 1.3.5)."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.forms import BaseForm, Field, TextInput
from django.urls import get_resolver
from django.utils.module_loading import import_string

from innovation.accounts.forms import joining, person, signup
from innovation.contact.forms import ServiceFeedbackForm
from innovation.web import forms

ABOUT_PEOPLE = re.compile(
    r"\b(full|your|their) name\b|\be-?mail|\bphone\b|\bjob title\b|\bpassword\b"
    r"|^code\b|^name of the organisation\b",
    re.IGNORECASE,
)
SIGN_IN_FORMS = (*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values())


def all_forms() -> Iterator[type[BaseForm]]:
    """The forms of all pages, which the addresses import, and those of allauth."""
    assert get_resolver().url_patterns
    waiting: list[type[BaseForm]] = [forms.Form, forms.FilterForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        yield form
    for path in SIGN_IN_FORMS:
        yield import_string(path)


def fields_about_people(form: type[BaseForm]) -> Iterator[tuple[str, Field]]:
    fields: dict[str, Field] = getattr(form, "base_fields", {})
    for name, field in fields.items():
        if isinstance(field.widget, TextInput) and (
            ABOUT_PEOPLE.search(str(field.label)) or field.widget.input_type != "text"
        ):
            yield name, field


def test_no_field_about_a_person_is_silent_on_what_may_be_filled_in() -> None:
    found = [
        (f"{form.__module__}.{form.__name__}.{name}", field.widget.attrs)
        for form in all_forms()
        if not form.__module__.startswith("tests.")
        # The code of a question is nobody’s.
        and form.__module__ != "bids.forms.question_set"
        for name, field in fields_about_people(form)
    ]
    assert len(found) > 15, "The search finds the forms"
    assert [name for name, attrs in found if not attrs.get("autocomplete")] == []


@pytest.mark.parametrize(
    ("form", "name", "value"),
    [
        (signup.NameForm, "name", "name"),
        (person.OwnNameForm, "name", "name"),
        (person.NameForm, "name", "off"),
        (person.AddPersonForm, "email", "off"),
        (joining.OrganisationForm, "job_title", "organization-title"),
        (joining.OrganisationForm, "name", "organization"),
        (ServiceFeedbackForm, "email", "email"),
    ],
)
def test_only_what_is_the_users_own_is_filled_in(
    form: type[BaseForm], name: str, value: str
) -> None:
    fields: dict[str, Field] = getattr(form, "base_fields", {})
    assert fields[name].widget.attrs["autocomplete"] == value

"""Forms for joining an organisation, step by step."""

from collections.abc import Sequence
from typing import Unpack

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from innovation.accounts.forms.organisation_kind import (
    ORGANISATION_KINDS,
    OrganisationKind,
)
from innovation.organisations.domain import numbers
from innovation.web import forms


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        [(kind.slug, kind.label) for kind in ORGANISATION_KINDS],
        label="Who do you work for?",
        missing="Select who you work for",
        choice_hints={kind.slug: kind.hint for kind in ORGANISATION_KINDS if kind.hint},
    )


class _JoinForm(forms.Form):
    """The questions whose answers are shown to the person who confirms."""

    job_title = forms.TextField(
        label="Your job title",
        missing="Enter your job title",
        max_length=100,
        autofill="organization-title",
    )
    how_to_check = forms.LongTextField(
        label="How can we check that you work there?",
        help_text=(
            "For example, a page on its website that names you, or a colleague we can "
            "phone"
        ),
        missing="Enter how we can check that you work there",
        max_length=1000,
        rows=3,
    )


class CouncilForm(_JoinForm):
    council = forms.ChoiceField(
        [],
        label="Which council?",
        missing="Select your council from the list",
        autocomplete=True,
    )
    field_order = ["council"]

    def __init__(
        self,
        *args: forms.Sent,
        councils: list[tuple[str, str]],
        **options: Unpack[forms.FormOptions],
    ):
        super().__init__(*args, **options)
        forms.set_choices(self.fields["council"], councils)
        self.fields["council"].help_text = format_html(
            "You can also search for a former name. For its number or code, see the "
            '<a class="govuk-link" href="{}">list of councils</a>',
            reverse("accounts:councils"),
        )


NOT_LISTED = "not listed"


class OrganisationForm(_JoinForm):
    """`known`: names of registered organisations of this kind, if there are few enough
    to choose from.
    """

    known = forms.ChoiceField(
        [],
        label="Which one?",
        missing="Select your organisation, or that it is not in the list",
        autocomplete=True,
    )
    name = forms.TextField(
        label="Name of the organisation",
        help_text="As it is in the register",
        missing="Enter the name of the organisation",
        autofill="organization",
    )
    scheme = forms.ChoiceField(
        [],
        label="Which register is it in?",
        missing="Select the register it is in",
    )
    number = forms.TextField(
        label="Number in the register",
        missing="Enter its number in the register",
        width="govuk-input--width-10",
        max_length=40,
    )
    field_order = ["known", "name", "scheme", "number"]

    def __init__(
        self,
        *args: forms.Sent,
        kind: OrganisationKind,
        known: Sequence[tuple[str, str]] = (),
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        if known:
            self._set_known_organisations(known)
        else:
            del self.fields["known"]
        scheme = self.fields["scheme"]
        assert isinstance(scheme, forms.ChoiceField)
        scheme.choices = [
            (register.scheme, register.label) for register in kind.registers
        ]
        scheme.choice_hints = {
            register.scheme: register.hint for register in kind.registers
        }
        if len(kind.registers) == 1:
            [only] = kind.registers
            del self.fields["scheme"]
            self.fields["number"].label = f"Its number at {only.label}"
            self.fields["number"].help_text = only.hint
        for name in ("scheme", "number"):
            if kind.number_optional and name in self.fields:
                self.fields[name].required = False

    def _set_known_organisations(
        self, organisations: Sequence[tuple[str, str]]
    ) -> None:
        forms.set_choices(
            self.fields["known"],
            [*organisations, (NOT_LISTED, "It is not in this list")],
        )
        name = self.fields["name"]
        name.required = False
        name.label = "Its name, if it is not in the list"

    def clean_name(self) -> str:
        """The name of the chosen organisation, if one was chosen."""
        chosen_name = self.cleaned_data.pop("known", None)
        name = self.cleaned_data["name"]
        if chosen_name and chosen_name != NOT_LISTED:
            return str(chosen_name)
        if chosen_name and not name:
            raise ValidationError("Enter the name of the organisation")
        return str(name)

    def clean(self) -> dict[str, object]:
        """Convert the number to the form of its register, or explain that form."""
        data = super().clean() or self.cleaned_data
        if len(self.kind.registers) == 1:
            data["scheme"] = self.kind.registers[0].scheme
        scheme, number = data.get("scheme"), data.get("number")
        if number and not scheme and "scheme" not in self.errors:
            self.add_error("scheme", "Select the register it is in")
        if number and scheme:
            try:
                data["number"] = numbers.read(scheme, number)
            except numbers.NotANumber as error:
                self.add_error("number", ValidationError(str(error)))
        return data

"""The forms for a partner that is not registered."""

from datetime import date
from functools import cached_property
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import HiddenInput

from bids.domain.applications import Case
from bids.forms.question_types.names import parse_partners
from innovation.accounts.forms.organisation_kind import (
    CHARITIES,
    COMPANIES,
    MUTUALS,
    NHS,
    NORTHERN_IRELAND,
    OSCR,
)
from innovation.core import limits
from innovation.core.folding import fold
from innovation.organisations.domain import numbers
from innovation.organisations.domain.organisation_additions import additions_of
from innovation.organisations.domain.queries.suggestions import Names
from innovation.organisations.models import (
    ApplicantType,
    Organisation,
    OrganisationState,
)
from innovation.web import forms

_REGISTERS = (CHARITIES, COMPANIES, OSCR, NORTHERN_IRELAND, MUTUALS, NHS)


class CorrectionForm(forms.Form):
    """What the applicant wrote, for an official to put right."""

    name = forms.TextField(
        label="Name of the organisation",
        help_text="As it is in its register",
        missing="Enter the name of the organisation",
        autofill=forms.OTHERS,
    )
    applicant_type = forms.ChoiceField(
        ApplicantType,
        label="What kind of organisation is it?",
        missing="Select what kind of organisation it is",
    )
    scheme = forms.ChoiceField(
        [(register.scheme, register.label) for register in _REGISTERS],
        label="Which register is it in?",
        missing="Select the register it is in",
        select=True,
        required=False,
    )
    number = forms.TextField(
        label="Its number in that register",
        help_text="For example, 1234567 for a charity or 01234567 for a company",
        width="govuk-input--width-10",
        max_length=limits.NUMBER,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._read_number(data)
        return data

    def _read_number(self, data: dict[str, Any]) -> None:
        """The number in the form of its register, or what is wrong with it."""
        scheme, number = data.get("scheme"), data.get("number")
        if number and not scheme and "scheme" not in self.errors:
            self.add_error("scheme", "Select the register it is in")
        if scheme and not number and "number" not in self.errors:
            self.add_error("number", "Enter its number, or leave the register empty")
        if scheme and number:
            try:
                data["number"] = numbers.read(scheme, number)
            except numbers.NotANumber as error:
                self.add_error("number", ValidationError(str(error)))


class PartnerForm(CorrectionForm):
    """A number that is known brings the name. A name that is much like a known one is
    asked about. `known` are the registered organisations that the user may know.
    """

    instead_of = forms.TextField(widget=HiddenInput, required=False)

    def __init__(
        self,
        *args: forms.Sent,
        case: Case,
        known: QuerySet[Organisation],
        day: date,
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        self.case, self.known, self.day = case, known, day
        self.fields["name"].required = False
        forms.hide_optional_marker(self.fields["name"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("name"):
            holder = self._holder(data)
            if holder is None:
                self.add_error("name", "Enter the name of the organisation")
            else:
                data["name"] = holder.name
        elif not self.errors:
            self._compare_with_holder(data)
        if not self.errors:
            self._ask_about_similar(data)
        return data

    def _holder(self, data: dict[str, Any]) -> Organisation | None:
        """The organisation that the user may know and that has this number."""
        if not data.get("number"):
            return None
        holders = self.known.filter(
            state=OrganisationState.REGISTERED,
            identifiers__scheme=data["scheme"],
            identifiers__value=data["number"],
        )
        return holders.order_by("pk").first()

    def _compare_with_holder(self, data: dict[str, Any]) -> None:
        holder = self._holder(data)
        if holder is not None and fold(holder.name) != fold(data["name"]):
            self.add_error(
                "number",
                f"This is the number of “{holder.name}”. If that is your partner, "
                "enter that name. If not, check the number",
            )

    def _ask_about_similar(self, data: dict[str, Any]) -> None:
        """Ask whether it is one with a similar name. A name that would be recognised
        among the partners, such as any name of a council, needs no question.
        """
        try:
            [recognised] = parse_partners(data["name"], self.case)
        except ValidationError:
            similar = self.names.similar(data["name"])
        else:
            data["name"] = recognised.name
            return
        if not similar or "different" in self.data:
            return
        self.fields["different"] = forms.TickField(
            label=f"My partner is a different organisation from “{similar}”",
            required=False,
        )
        self.add_error(
            "different",
            f"“{similar}” has a similar name. If that is your partner, enter that "
            "name. If not, tick the box below",
        )

    @cached_property
    def names(self) -> Names:
        own = additions_of(self.case.lead).values("pk")
        rows = Organisation.objects.filter(
            Q(pk__in=self.known.values("pk")) | Q(pk__in=own)
        )
        return Names(self.day, rows)

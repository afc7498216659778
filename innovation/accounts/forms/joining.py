"""Who somebody works for, asked step by step."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from innovation.organisations.domain import numbers
from innovation.web import forms


class Register(NamedTuple):
    scheme: str
    label: str
    hint: str


COMPANIES = Register(
    "GB-COH", "Companies House", "8 digits, or 2 letters and 6 digits, like SC123456"
)
CHARITIES = Register(
    "GB-CHC",
    "Charity Commission for England and Wales",
    "6 or 7 digits, like 1234567",
)
OSCR = Register("GB-SC", "Scottish Charity Register", "SC and 6 digits, like SC012345")
NORTHERN_IRELAND = Register(
    "GB-NIC",
    "Charity Commission for Northern Ireland",
    "NIC and 6 digits, like NIC101234",
)
MUTUALS = Register("GB-MPR", "Mutuals Public Register", "Like 31234R or IP031455")
NHS = Register("GB-NHS", "NHS organisation codes", "3 to 6 letters and digits")


class Kind(NamedTuple):
    """A way to say who one works for. `optional`: not every such body has a number."""

    slug: str
    label: str
    applicant_type: str
    registers: Sequence[Register]
    hint: str = ""
    optional: bool = False


KINDS = (
    Kind("council", "A council", "local_authority", ()),
    Kind(
        "trust",
        "A children’s services trust",
        "childrens_trust",
        (COMPANIES, CHARITIES),
        "One that runs services for one or more councils",
    ),
    Kind("charity", "A charity", "charity", (CHARITIES, OSCR, NORTHERN_IRELAND)),
    Kind("company", "A company", "company", (COMPANIES,)),
    Kind(
        "social-enterprise",
        "A social enterprise",
        "social_enterprise",
        (COMPANIES, MUTUALS, CHARITIES),
        "Such as a community interest company or a co-operative",
    ),
    Kind("nhs", "An NHS body", "nhs", (NHS,), optional=True),
    Kind(
        "public-body",
        "Another public body",
        "public_body",
        (COMPANIES, CHARITIES),
        optional=True,
    ),
)


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        [(kind.slug, kind.label) for kind in KINDS],
        label="Who do you work for?",
        missing="Select who you work for",
        choice_hints={kind.slug: kind.hint for kind in KINDS if kind.hint},
    )


class _Asking(forms.Form):
    """What whoever confirms the person will read."""

    job_title = forms.TextField(
        label="Your job title", missing="Enter your job title", max_length=100
    )
    said = forms.LongTextField(
        label="How can we check that you work there?",
        help_text=(
            "For example, the page of its website that names you, or a colleague we "
            "can ring"
        ),
        missing="Enter how we can check that you work there",
        max_length=1000,
        rows=3,
    )


class CouncilForm(_Asking):
    council = forms.ChoiceField(
        [],
        label="Which council?",
        help_text="You can look for a former name too",
        missing="Select your council from the list",
        autocomplete=True,
    )
    field_order = ["council"]

    def __init__(self, *args: Any, councils: list[tuple[str, str]], **options: Any):
        super().__init__(*args, **options)
        self.fields["council"].choices = [("", ""), *councils]  # type: ignore[attr-defined]  # is a ChoiceField


class OrganisationForm(_Asking):
    name = forms.TextField(
        label="Name of the organisation",
        help_text="As it stands in the register",
        missing="Enter the name of the organisation",
    )
    scheme = forms.ChoiceField(
        [],
        label="Which register is it in?",
        missing="Select the register it is in",
    )
    number = forms.TextField(
        label="Its number there",
        missing="Enter its number in the register",
        width="govuk-input--width-10",
        max_length=40,
    )
    field_order = ["name", "scheme", "number"]

    def __init__(self, *args: Any, kind: Kind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        scheme = self.fields["scheme"]
        assert isinstance(scheme, forms.ChoiceField)
        scheme.choices = [(each.scheme, each.label) for each in kind.registers]
        scheme.choice_hints = {each.scheme: each.hint for each in kind.registers}
        if len(kind.registers) == 1:
            [only] = kind.registers
            del self.fields["scheme"]
            self.fields["number"].label = f"Its number at {only.label}"
            self.fields["number"].help_text = only.hint
        for name in ("scheme", "number"):
            if kind.optional and name in self.fields:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """The number as its register writes it, or what such a number looks like."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if len(self.kind.registers) == 1:
            given["scheme"] = self.kind.registers[0].scheme
        scheme, number = given.get("scheme"), given.get("number")
        if number and not scheme and "scheme" not in self.errors:
            self.add_error("scheme", "Select the register it is in")
        if number and scheme:
            try:
                given["number"] = numbers.read(scheme, number)
            except numbers.NotANumber as wrong:
                self.add_error("number", ValidationError(str(wrong)))
        return given

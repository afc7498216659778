"""Plain Django forms, drawn as GOV.UK components.

`forms.Form` from here and `forms.Form` from Django draw alike: the renderer named in
the settings does it, so that the sign-in pages' forms need no change.
"""

from django import forms

from innovation.web.forms.choices import ChoiceField, MultipleChoiceField, ObjectField
from innovation.web.forms.fields import (
    DateField,
    EmailField,
    FileField,
    LongTextField,
    MoneyField,
    TextField,
    TickField,
    WholeNumberField,
)
from innovation.web.forms.files import FilesField, FilesInput
from innovation.web.forms.problems import add_problems
from innovation.web.forms.renderer import GovukRenderer


class Form(forms.Form):
    """A form of questions."""


class FilterForm(forms.Form):
    """Narrows a list; every field is `required=False`."""

    is_filter = True


__all__ = [
    "ChoiceField",
    "DateField",
    "EmailField",
    "FileField",
    "FilesField",
    "FilesInput",
    "FilterForm",
    "Form",
    "GovukRenderer",
    "LongTextField",
    "MoneyField",
    "MultipleChoiceField",
    "ObjectField",
    "TextField",
    "TickField",
    "WholeNumberField",
    "add_problems",
]

"""Plain Django forms, drawn as GOV.UK components.

`forms.Form` from here and `forms.Form` from Django draw alike: the renderer named in
the settings does it, so that the sign-in pages' forms need no change.
"""

from django.forms import Form

from innovation.web.forms.fields import (
    ChoiceField,
    DateField,
    EmailField,
    FileField,
    LongTextField,
    MoneyField,
    MultipleChoiceField,
    ObjectField,
    TextField,
    TickField,
    WholeNumberField,
)
from innovation.web.forms.problems import add_problems
from innovation.web.forms.renderer import GovukRenderer

__all__ = [
    "ChoiceField",
    "DateField",
    "EmailField",
    "FileField",
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

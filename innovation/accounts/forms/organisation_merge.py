"""The form for merging an organisation into the one that it is."""

from typing import Unpack

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from innovation.core import keys
from innovation.core.folding import Fold, fold
from innovation.organisations.models import Organisation
from innovation.web import forms


class OrganisationMergeForm(forms.Form):
    """`among` are the organisations that it can be merged into."""

    into = forms.TextField(
        label="Which organisation is it?",
        help_text="Its reference, like ORG-7K3M2-9QXTR, or its whole name",
        missing="Enter a reference or a name",
    )

    def __init__(
        self,
        *args: forms.Sent,
        among: QuerySet[Organisation],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        self.among = among

    def clean_into(self) -> Organisation:
        text = self.cleaned_data["into"]
        rows = self.among.alias(folded=Fold("name"))
        matches = list(
            rows.filter(Q(key=keys.normalise(text)) | Q(folded=fold(text)))[:2]
        )
        if not matches:
            raise ValidationError("No organisation has this reference or name")
        if len(matches) > 1:
            raise ValidationError(
                "Several organisations have this name. Enter a reference"
            )
        return matches[0]

"""The form that begins an application for a seed grant."""

from typing import Unpack

from bids import policies
from innovation.accounts.models import User
from innovation.web import forms


class StartSeedForm(forms.Form):
    """Without a field if the user can only apply for one organisation."""

    lead = forms.ObjectField(
        label="Which organisation applies?", missing="Select an organisation"
    )

    def __init__(
        self, *args: forms.Sent, user: User, **kwargs: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **kwargs)
        self.leads = list(policies.leads_for(user))
        forms.set_queryset(self.fields["lead"], policies.leads_for(user))
        if len(self.leads) == 1:
            del self.fields["lead"]

    def clean(self) -> dict[str, object]:
        if len(self.leads) == 1:
            return {**self.cleaned_data, "lead": self.leads[0]}
        return self.cleaned_data

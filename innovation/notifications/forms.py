from innovation.notifications.models import LetterState
from innovation.web import forms


class OutboxFilter(forms.FilterForm):
    state = forms.ChoiceField(
        [("", "All"), ("troubled", "In doubt or failed"), *LetterState.choices],
        label="State",
        required=False,
        select=True,
    )

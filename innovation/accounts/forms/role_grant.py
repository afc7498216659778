"""The filters of the list of grants."""

from innovation.accounts.forms.person import TITLES
from innovation.web import forms


class GrantsFilter(forms.FilterForm):
    text = forms.TextField(
        label="Name or email address", required=False, autofill=forms.OTHERS
    )
    role = forms.ChoiceField(TITLES, label="Role", required=False, select=True)
    as_at = forms.DateField(
        label="In force at the end of this day",
        help_text="Leave it empty to see every role anybody has held",
        required=False,
    )

"""The filter of the list of councils."""

from innovation.web import forms


class FindCouncilForm(forms.FilterForm):
    text = forms.TextField(label="Name, DfE number or GSS code", required=False)

"""The form that confirms a revision of the public figures."""

from innovation.web import forms


class ConfirmRevisionForm(forms.Form):
    """`effect_digest` is that of the effect that the page showed."""

    checks_child_data = False
    effect_digest = forms.TextField(label="The figures", required=False)

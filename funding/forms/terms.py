from typing import Unpack

from bids.models import Round
from innovation.web import forms


class PublishForm(forms.Form):
    round = forms.ObjectField(
        Round.objects.none(),
        label="Round",
        help_text="All offers you make in this round from now on will have these terms",
        missing="Select the round",
        select=True,
    )
    text = forms.LongTextField(
        label="Terms and conditions",
        missing="Enter the terms and conditions",
        accepts_longer=True,
        rows=20,
    )

    def __init__(self, *args: forms.Sent, **options: Unpack[forms.FormOptions]) -> None:
        super().__init__(*args, **options)
        rounds = Round.objects.filter(published=True).order_by("name")
        forms.set_queryset(self.fields["round"], rounds)

"""The filters of the public list of projects."""

from typing import Unpack

from funding import policies
from funding.domain.queries import awards
from innovation.core import clock
from innovation.web import forms


class ProjectsFilter(forms.FilterForm):
    q = forms.TextField(label="Search", required=False)
    round = forms.ChoiceField(
        (),
        label="Round",
        missing="Select a round from the list",
        required=False,
        select=True,
    )

    def __init__(self, *args: forms.Sent, **options: Unpack[forms.FormOptions]) -> None:
        super().__init__(*args, **options)
        today = clock.london_day(clock.now())
        forms.set_choices(
            self.fields["round"], awards.rounds(policies.public_awards(today))
        )
        forms.hide_optional_marker(*self.fields.values())

"""The filters of the list of cases."""

from typing import Unpack

from django import forms as django_forms

from bids.models import Round, Strand
from innovation.audit.presenters import Audience, stages
from innovation.web import forms

_NOUNS = {"expression": "Expression", "bid": "Bid"}


class CaseFilter(forms.Form):
    """Only shows the filters: `domain.queries.cases` reads the query string itself."""

    is_filter = True

    q = forms.TextField(
        label="Search",
        help_text="Title, summary, lead or reference",
        required=False,
    )
    stage = forms.ChoiceField([], label="Stage", select=True, required=False)
    round = forms.ChoiceField([], label="Round", select=True, required=False)
    strand = forms.ChoiceField([], label="Strand", select=True, required=False)
    council = forms.TextField(
        label="Council", help_text="Name or DfE number", required=False
    )
    assigned = forms.MultipleChoiceField(
        [("me", "Only mine")], label="Who looks after it", required=False
    )
    counted = forms.TextField(widget=django_forms.HiddenInput, required=False)
    as_at = forms.TextField(widget=django_forms.HiddenInput, required=False)

    def __init__(self, *args: forms.Sent, **kwargs: Unpack[forms.FormOptions]) -> None:
        super().__init__(*args, **kwargs)
        published = Round.objects.filter(published=True).order_by("name")
        rounds = list(published.values_list("pk", "key", "name"))
        names = {pk: name for pk, _, name in rounds}
        strands = Strand.objects.filter(round__published=True).order_by(
            "round__name", "position"
        )
        offered = {
            "stage": _stage_choices(),
            "round": [(key, name) for _, key, name in rounds],
            "strand": [
                (str(pk), f"{name} ({names[round]})")
                for pk, name, round in strands.values_list("pk", "name", "round")
            ],
        }
        for field, options in offered.items():
            forms.set_choices(self.fields[field], options, nothing="Any")


def _stage_choices() -> list[tuple[str, str]]:
    choices = []
    for stage, words in stages().items():
        noun = _NOUNS.get(stage.partition(".")[0])
        if noun and stage != "expression.draft":
            choices.append((stage, f"{noun}: {words.tags[Audience.DEPARTMENT][0]}"))
    return choices

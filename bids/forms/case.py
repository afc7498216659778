"""The filters of the list of cases."""

from typing import Unpack

from django import forms as django_forms
from django.db.models import QuerySet

from bids.models import Round, Strand
from innovation.audit.presenters import Audience, stages
from innovation.core import statements
from innovation.web import forms

_NOUNS = {"expression": "Expression", "bid": "Bid"}


class CaseFilter(forms.FilterForm):
    """Only shows the filters: `domain.queries.cases` reads the query string itself."""

    q = forms.TextField(
        label="Search",
        help_text="Title, summary, lead or reference",
        required=False,
    )
    stage = forms.ChoiceField(
        [],
        label="Stage",
        missing="Select a stage from the list",
        select=True,
        required=False,
    )
    round = forms.ChoiceField(
        [],
        label="Round",
        missing="Select a round from the list",
        select=True,
        required=False,
    )
    strand = forms.ChoiceField(
        [],
        label="Strand",
        missing="Select a strand from the list",
        select=True,
        required=False,
    )
    council = forms.TextField(
        label="Council", help_text="Name, DfE number or GSS code", required=False
    )
    assigned = forms.MultipleChoiceField(
        [("me", "Only mine")],
        label="Who looks after it",
        missing="Select “Only mine” or nothing",
        required=False,
    )
    counted = forms.TextField(widget=django_forms.HiddenInput, required=False)
    as_at = forms.TextField(widget=django_forms.HiddenInput, required=False)

    def __init__(self, *args: forms.Sent, **kwargs: Unpack[forms.FormOptions]) -> None:
        super().__init__(*args, **kwargs)
        rounds = statements.fetch(_published_rounds)
        names = {pk: name for pk, _, name in rounds}
        choices = {
            "stage": _stage_choices(),
            "round": [(key, name) for _, key, name in rounds],
            "strand": [
                (str(pk), f"{name} ({names[round]})")
                for pk, name, round in statements.fetch(_strands)
            ],
        }
        for field, options in choices.items():
            forms.set_choices(self.fields[field], options, nothing="Any")


def _published_rounds() -> QuerySet[Round, tuple[int, str, str]]:
    rounds = Round.objects.filter(published=True).order_by("name")
    return rounds.values_list("pk", "key", "name")


def _strands() -> QuerySet[Strand, tuple[int, str, int]]:
    strands = Strand.objects.filter(round__published=True)
    in_order = strands.order_by("round__name", "position", "name")
    return in_order.values_list("pk", "name", "round")


def _stage_choices() -> list[tuple[str, str]]:
    choices = []
    for stage in stages:
        noun = _NOUNS.get(stage.name.partition(".")[0])
        if noun and stage.name != "expression.draft":
            # “Expression: Withdrawn”, and not “Expression: Expression withdrawn”.
            label = stage.tags[Audience.DEPARTMENT][0].removeprefix(f"{noun} ")
            choices.append((stage.name, f"{noun}: {label[0].upper()}{label[1:]}"))
    return choices

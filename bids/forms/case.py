"""The filters of the list of cases."""

from collections.abc import Mapping
from typing import Unpack

from django import forms as django_forms
from django.conf import settings
from django.db.models import QuerySet

from bids.domain import programmes
from bids.domain.queries.case_columns import COLUMNS
from bids.domain.queries.case_search_filters import (
    ANY_BARRIER,
    ANY_FLAG,
    CHECK_NOT_MET,
    OWN,
    UNASSIGNED,
    UNREGISTERED,
)
from bids.forms import assignment
from bids.models import MaturityStage, PracticeModel, Round, Strand, Team
from bids.models.barrier import BarrierState
from bids.models.expression import SupportKind
from bids.turns import WaitingOn
from innovation.audit.presenters import Audience, stages
from innovation.core import statements
from innovation.organisations.models import Region
from innovation.organisations.models.organisation import ApplicantType
from innovation.web import forms

WAITING_ON = (
    (WaitingOn.APPLICANT, "The applicant"),
    (WaitingOn.DEPARTMENT, "The department"),
    (WaitingOn.BOARD, "The Board"),
    (WaitingOn.MINISTER, "The minister"),
    (WaitingOn.NOBODY, "Nobody"),
)
_NOUNS = {"expression": "Expression", "bid": "Bid"}


def _select(label: str, missing: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        [], label=label, missing=missing, select=True, required=False
    )


class CaseFilter(forms.FilterForm):
    """Only shows the filters: `queries.case_search_filters` reads the query string
    itself.
    """

    more_fields = (
        "strand",
        "region",
        "applicant_type",
        "maturity",
        "practice_model",
        "programme",
        "support",
        "barrier",
        "flag",
        "amount_from",
        "amount_to",
        "submitted_from",
        "submitted_to",
    )
    q = forms.TextField(
        label="Search",
        help_text="Title, summary, answers, lead or reference",
        required=False,
    )
    stage = _select("Stage", "Select a stage from the list")
    waiting_on = _select("Waiting for", "Select who it waits for from the list")
    round = _select("Round", "Select a round from the list")
    council = forms.TextField(
        label="Council", help_text="Name, DfE number or GSS code", required=False
    )
    assigned = _select("Who looks after it", "Select a person from the list")
    strand = _select("Strand", "Select a strand from the list")
    region = _select("Region", "Select a region from the list")
    applicant_type = _select("Type of lead", "Select a type from the list")
    maturity = _select("Maturity", "Select a maturity from the list")
    programme = _select("Programme", "Select a programme from the list")
    practice_model = _select("Practice model", "Select a practice model from the list")
    support = _select("Support asked for", "Select a kind of support from the list")
    barrier = _select("Barrier", "Select the state of a barrier from the list")
    flag = _select("Flag", "Select a flag from the list")
    amount_from = forms.TextField(
        label="Asks for at least",
        help_text="In pounds, like 500,000 or 1.5m",
        required=False,
    )
    amount_to = forms.TextField(label="Asks for at most", required=False)
    submitted_from = forms.TextField(
        label="Sent on or after", help_text="Like 28 February 2015", required=False
    )
    submitted_to = forms.TextField(label="Sent on or before", required=False)
    counted = forms.TextField(widget=django_forms.HiddenInput, required=False)
    as_at = forms.TextField(widget=django_forms.HiddenInput, required=False)
    columns = forms.TextField(widget=django_forms.HiddenInput, required=False)

    def __init__(self, *args: forms.Sent, **kwargs: Unpack[forms.FormOptions]) -> None:
        super().__init__(*args, **kwargs)
        rounds = statements.fetch(_published_rounds)
        choices: dict[str, forms.Options] = {
            "stage": _stage_choices(),
            "waiting_on": WAITING_ON,
            "round": [(key, name) for _, key, name in rounds],
            "assigned": self._assignees(),
        }
        if self.shows_more:
            choices |= _more_choices({pk: name for pk, _, name in rounds})
            self._set_programmes()
        for field, options in choices.items():
            forms.set_choices(self.fields[field], options, nothing="Any")

    def _set_programmes(self) -> None:
        """Asked only where there is a choice."""
        neighbours = statements.fetch(programmes.neighbours)
        options = [(programme.key, programme.name) for programme in neighbours]
        if options:
            options.append((programmes.ALL, "All programmes"))
            field = self.fields["programme"]
            forms.set_choices(field, options, nothing=settings.SERVICE_NAME)
        else:
            del self.fields["programme"]

    def _assignees(self) -> list[tuple[str, str]]:
        """The names only with the further filters, or where one is chosen."""
        choices = [(OWN, "Me"), (UNASSIGNED, "Nobody")]
        if self.shows_more or self.data.get("assigned", "") not in {"", *dict(choices)}:
            people = statements.fetch(assignment.developers)
            choices += [(person.key, person.name) for person in people]
        return choices


class CaseColumnsForm(forms.Form):
    """Asks which columns the list has."""

    columns = forms.MultipleChoiceField(
        [(column.name, column.heading) for column in COLUMNS],
        label="Which columns do you want?",
        help_text="Title and reference are always there",
        missing="Select at least one column",
    )


def _more_choices(rounds: Mapping[int, str]) -> dict[str, forms.Options]:
    strands = statements.fetch(_strands)
    return {
        "strand": [(str(pk), f"{name} ({rounds[of]})") for pk, name, of in strands],
        "region": [(row.code, row.name) for row in statements.fetch(_regions)],
        "applicant_type": ApplicantType.choices,
        "maturity": [(row.code, row.label) for row in statements.fetch(_maturities)],
        "practice_model": [
            (str(row.pk), row.name) for row in statements.fetch(_practice_models)
        ],
        "support": SupportKind.choices,
        "flag": [
            (ANY_FLAG, "Any open flag"),
            *((team.value, f"For {team.label}") for team in Team),
            (CHECK_NOT_MET, "A check that is not met"),
        ],
        "barrier": [
            (ANY_BARRIER, "With a barrier"),
            (UNREGISTERED, "Not on the register"),
            *BarrierState.choices,
        ],
    }


def _regions() -> QuerySet[Region]:
    return Region.objects.order_by("name")


def _maturities() -> QuerySet[MaturityStage]:
    return MaturityStage.objects.order_by("code")


def _practice_models() -> QuerySet[PracticeModel]:
    return PracticeModel.objects.order_by("name")


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

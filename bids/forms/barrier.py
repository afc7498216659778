"""The forms and filters of the barrier register."""

from typing import Unpack

from django.db.models import QuerySet

from bids import barrier_policies
from bids.domain.barriers import EntryFacts
from bids.domain.queries.barriers import DUE, NO_ROUTE, NOBODY, OWN
from bids.models import Barrier, BarrierCase, BarrierStep
from bids.models.barrier import BarrierRoute, BarrierState
from innovation.web import forms
from innovation.web.as_at import AsAtForm


class BarrierFilter(forms.FilterForm):
    state = forms.ChoiceField(
        BarrierState,
        label="State",
        missing="Select a state from the list",
        select=True,
        required=False,
    )
    route = forms.ChoiceField(
        [*BarrierRoute.choices, (NO_ROUTE, "Not decided")],
        label="Route",
        missing="Select a route from the list",
        select=True,
        required=False,
    )
    owner = forms.ChoiceField(
        [],
        label="Owner",
        missing="Select a person from the list",
        select=True,
        required=False,
    )
    due = forms.ChoiceField(
        [(DUE, "Come, and not settled")],
        label="Due day",
        missing="Select a due day from the list",
        select=True,
        required=False,
    )

    def __init__(
        self,
        *args: forms.Sent,
        owners: list[tuple[str, str]],
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, forms.Options] = {
            "state": BarrierState.choices,
            "route": [*BarrierRoute.choices, (NO_ROUTE, "Not decided")],
            "owner": [(OWN, "Me"), (NOBODY, "Nobody"), *owners],
            "due": [(DUE, "Come, and not settled")],
        }
        for name, options in choices.items():
            forms.set_choices(self.fields[name], options, nothing="Any")


class BarrierForm(forms.Form):
    law_or_rule = forms.TextField(
        label="Which law or rule?",
        help_text="As it is cited. For example, Children Act 1989, section 20",
        missing="Enter the law or rule",
    )
    what_it_stops = forms.LongTextField(
        label="What does it stop?",
        help_text="Colleagues and coaches who cannot open the cases may read this. "
        "Name no case here",
        missing="Enter what it stops",
        max_words=300,
        rows=4,
    )
    state = forms.ChoiceField(
        BarrierState, label="How does it stand?", missing="Select how it stands"
    )
    route = forms.ChoiceField(
        BarrierRoute,
        label="What is the way to remove it?",
        missing="Select the way to remove it",
        required=False,
        select=True,
    )
    owner = forms.ObjectField(
        label="Who removes it?",
        help_text="We write to them if it is somebody else",
        missing="Select a person",
        select=True,
        required=False,
    )
    raised_on = forms.DateField(
        label="When was it raised?", missing="Enter when it was raised"
    )
    due_on = forms.DateField(label="By when is it to be settled?", required=False)
    resolved_on = forms.DateField(label="When was it settled?", required=False)
    outcome = forms.LongTextField(
        label="What came of it?",
        help_text="Once it is removed, or cannot be",
        required=False,
        max_words=300,
        rows=3,
    )
    so_on = forms.DateField(
        label="Since when is this so?",
        help_text="Today, unless you record or correct something that was so earlier",
        missing="Enter since when this is so",
    )
    reason = forms.LongTextField(
        label="Why do you record this?",
        help_text="We keep it with this step",
        missing="Enter why you record this",
        max_words=200,
        rows=3,
    )

    def __init__(self, *args: forms.Sent, **kwargs: Unpack[forms.FormOptions]) -> None:
        super().__init__(*args, **kwargs)
        forms.set_queryset(self.fields["owner"], barrier_policies.owners())
        forms.set_choices(
            self.fields["route"], BarrierRoute.choices, nothing="Not decided yet"
        )

    def facts(self) -> EntryFacts:
        values = dict(self.cleaned_data)
        del values["so_on"], values["reason"]
        return EntryFacts(**values)


class JoinForm(forms.Form):
    barrier = forms.ObjectField(
        label="Which barrier of this case?", by="pk", missing="Select a barrier"
    )
    entry = forms.ObjectField(
        label="To which entry of the register does it belong?",
        help_text="Leave this empty to make a new entry from it",
        by="entry_key",
        missing="Select an entry",
        autocomplete=True,
        required=False,
    )
    reason = forms.LongTextField(
        label="Why does it belong there?",
        help_text="We keep it with the case",
        missing="Enter why it belongs there",
        max_words=200,
        rows=3,
    )

    def __init__(
        self,
        *args: forms.Sent,
        barriers: QuerySet[Barrier],
        entries: QuerySet[BarrierStep],
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        forms.set_queryset(self.fields["barrier"], barriers)
        forms.set_queryset(self.fields["entry"], entries)


class TakeOffForm(forms.Form):
    named = forms.ObjectField(
        label="Which barrier do you want to take off the register?",
        by="pk",
        missing="Select a barrier",
    )
    because = forms.LongTextField(
        label="Why?",
        help_text="We keep it with the case",
        missing="Enter why you take it off",
        max_words=200,
        rows=3,
    )

    def __init__(
        self,
        *args: forms.Sent,
        cases: QuerySet[BarrierCase],
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        forms.set_queryset(self.fields["named"], cases)


class BarrierDayForm(AsAtForm):
    as_at = forms.DateField(
        label="Show the entry as at", help_text="For example, 28 2 2015"
    )
    known_on = forms.DateField(
        label="As this service knew it on",
        help_text="Leave it empty for what we know now",
        required=False,
    )

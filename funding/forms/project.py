"""The filters of the public list of projects."""

from typing import Unpack

from django.conf import settings

from bids.domain.programmes import ALL
from funding.domain.queries.projects import Choice, Counts
from innovation.core.folding import fold
from innovation.organisations.hexagons import hexagons
from innovation.web import forms

_NOTHING = {"council": "", "programme": settings.SERVICE_NAME}
"""What a filter says that is not set, where that is not “Any”."""


class _Facet(forms.ChoiceField):
    """A filter with what it can be set to. The list refuses what it does not know, so
    that a council can be given by any of its names, as over the API.
    """

    def valid_value(self, value: object) -> bool:
        return True


class ProjectsFilter(forms.FilterForm):
    q = forms.TextField(
        label="Search",
        help_text="Project, organisation, council, practice model or type of idea",
        required=False,
    )
    council = _Facet((), label="Council", required=False, autocomplete=True)
    strand = _Facet((), label="Strand", required=False, select=True)
    practice_model = _Facet((), label="Practice model", required=False, select=True)
    round = _Facet((), label="Round", required=False, select=True)
    programme = _Facet((), label="Programme", required=False, select=True)

    def __init__(
        self, *args: forms.Sent, counts: Counts, **options: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **options)
        sent = {name: str(value) for name, value in self.data.items()}
        self.data = sent
        if not counts.of("programme"):
            del self.fields["programme"]
        for name, field in self.fields.items():
            if isinstance(field, _Facet):
                self._set_choices(name, field, counts.of(name), sent)
        forms.hide_optional_marker(*self.fields.values())

    def _set_choices(
        self, name: str, field: _Facet, choices: list[Choice], sent: dict[str, str]
    ) -> None:
        """The choices with their counts; what was typed into the address is one too."""
        options = [
            (choice.value, f"{choice.label} ({choice.count:,})") for choice in choices
        ]
        typed = sent.get(name, "")
        if match := _matching(typed, choices):
            sent[name] = match
        elif name == "council" and (council := _council_on_map(typed)):
            options.insert(0, (typed, f"{council} (0)"))
        elif typed:
            options.insert(0, (typed, typed))
            forms.mark_as_typed(field, typed)
        if name == "programme":
            options.append((ALL, "All programmes"))
        forms.set_choices(field, options, nothing=_NOTHING.get(name, "Any"))


def _council_on_map(number: str) -> str:
    """The name of a council in which no project works; empty if it is none."""
    names = (place.name for place in hexagons() if place.number == number)
    return next(names, "")


def _matching(text: str, choices: list[Choice]) -> str:
    """The choice with this value, however it is written; empty if there is none."""
    folded = fold(text)
    values = (choice.value for choice in choices if fold(choice.value) == folded)
    return next(values, "") if folded else ""

"""The forms for sharing cases out among several people."""

from collections.abc import Sequence
from typing import Unpack

from bids.domain.sharing import Candidate, Share, Sharing, needs_places
from innovation.web import forms

MOST_PLACES = 999


class ShareForm(forms.Form):
    """Among whom to share, and how many places each coach has."""

    def __init__(
        self,
        *args: forms.Sent,
        candidates: Sequence[Candidate],
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        coaches = [one.user for one in candidates if needs_places(one.user)]
        self.fields["people"] = forms.MultipleChoiceField(
            [
                (one.user.key, f"{one.user.name} ({_cases(one.load)})")
                for one in candidates
            ],
            label="Among whom do you want to share them?",
            missing="Select at least one person",
            reveals={user.key: [places_name(user.key)] for user in coaches},
        )
        for user in coaches:
            self.fields[places_name(user.key)] = field = forms.WholeNumberField(
                label=f"How many cases can {user.name} look after in all?",
                help_text="Leave this empty if there is no limit",
                min_value=0,
                max_value=MOST_PLACES,
                required=False,
            )
            forms.hide_optional_marker(field)


class ProposalForm(forms.Form):
    """A person for each case."""

    def __init__(
        self,
        *args: forms.Sent,
        sharing: Sharing,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        for share in sharing.shares:
            self.fields[share.case.key] = forms.ChoiceField(
                [(one.user.key, one.user.name) for one in share.allowed],
                label=f"{share.case.title} ({share.case.key})",
                help_text=_why(share, sharing),
                missing=f"Select a person for {share.case.title}",
                select=True,
            )


def places_name(key: str) -> str:
    return f"places_{key}"


def _why(share: Share, sharing: Sharing) -> str:
    """Why this person, and who could not be chosen."""
    one = share.proposed
    after = sharing.load_after(one)
    sentences = [
        f"We suggest {one.user.name}, who has {_cases(one.load)} now and would have "
        f"{after}"
    ]
    if one.places is not None:
        sentences[0] += f", of {one.places} places"
    if share.ruled_out:
        names = ", ".join(person.user.name for person in share.ruled_out)
        sentences.append(f"Cannot be given this case: {names}")
    full = [
        person.user.name
        for person in share.allowed
        if person is not one
        and person.places is not None
        and sharing.load_after(person) >= person.places
    ]
    if full:
        sentences.append(f"No places left: {', '.join(full)}")
    return ". ".join(sentences)


def _cases(number: int) -> str:
    return "1 case" if number == 1 else f"{number} cases"

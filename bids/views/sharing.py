"""Pages that share unassigned cases of the list out among several people, by load.

The cases, the people and the places of coaches stand in the address of the proposal.
Each case can be changed by hand before all of them are assigned as one batch.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Never
from urllib.parse import urlencode

from django.urls import reverse

from bids.domain import batches, sharing
from bids.domain.batch_actions import ACTIONS
from bids.domain.sharing import Candidate, Sharing
from bids.forms.assignment import developers
from bids.forms.sharing import ProposalForm, ShareForm, places_name
from bids.models import ActionName
from bids.views.batches import ASSIGN, SelectedCases, ShownCase
from innovation.core import clock
from innovation.core.errors import Invalid
from innovation.web import pages


class ShareCases(SelectedCases[Never], pages.FormPage[Never, ShareForm]):
    policy = ASSIGN
    title = "Share these cases out"
    template_name = "bids/department/assign_cases.html"
    form_class = ShareForm

    def form_options(self) -> dict[str, Any]:
        people = list(developers())
        return {"candidates": sharing.candidates(people, {}, self.user)}

    def context(self) -> dict[str, Any]:
        return {"cases": self.cases}

    def perform(self, form: ShareForm) -> pages.Destination:
        if not self.cases:
            raise Invalid.field(None, "Select at least one case in the list of cases")
        chosen = [("case", case.key) for case in self.cases]
        for key in form.cleaned_data["people"]:
            chosen.append(("person", key))
            places = form.cleaned_data.get(places_name(key))
            if places is not None:
                chosen.append((places_name(key), str(places)))
        return f"{reverse('bids:batch-proposal')}?{urlencode(chosen)}"


class ProposedSharing(SelectedCases[Never], pages.FormPage[Never, ProposalForm]):
    """Who is proposed for each case and why, to be changed and confirmed."""

    policy = ASSIGN
    title = "Who will look after which case"
    template_name = "bids/department/proposed_sharing.html"
    form_class = ProposalForm

    @cached_property
    def candidates(self) -> list[Candidate]:
        keys = [key for key in self.request.GET.getlist("person") if "\x00" not in key]
        people = list(developers().filter(key__in=keys))
        return sharing.candidates(people, self._places(keys), self.user)

    def _places(self, keys: list[str]) -> dict[str, int]:
        given = {key: self.request.GET.get(places_name(key), "") for key in keys}
        return {
            key: int(text)
            for key, text in given.items()
            if text.isascii() and text.isdigit() and len(text) <= 3
        }

    @cached_property
    def sharing(self) -> Sharing:
        """Without shares if there are none, or if it is impossible: see `problem`."""
        try:
            return sharing.propose(self.cases, self.candidates)
        except Invalid as error:
            self.problem = error.sentence
            return Sharing([], {}, self.candidates)

    problem = ""

    def form_options(self) -> dict[str, Any]:
        return {"sharing": self.sharing}

    def initial(self) -> Mapping[str, object]:
        return {
            share.case.key: share.proposed.user.key for share in self.sharing.shares
        }

    def back_url(self) -> str:
        chosen = urlencode([("case", case.key) for case in self.cases])
        return f"{reverse('bids:batch-share')}?{chosen}"

    def context(self) -> dict[str, Any]:
        found = self.sharing
        number = len(found.shares)
        return {
            "problem": self.problem,
            "number": number,
            "excluded": [
                ShownCase(case, f"{name} already looks after it")
                for case, name in found.assigned.items()
            ],
            "loads": [
                (one, found.load_after(one)) for one in found.candidates if number
            ],
            "button": ACTIONS[ActionName.ASSIGN].button_label(number),
        }

    def perform(self, form: ProposalForm) -> pages.Destination:
        chosen = {
            share.case: {"user": form.cleaned_data[share.case.key]}
            for share in self.sharing.shares
        }
        action = ACTIONS[ActionName.ASSIGN]
        batch = batches.make(action, chosen, by=self.user, at=clock.now())
        return reverse("bids:batch", args=[batch.key])

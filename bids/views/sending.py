"""Checking a case, sending it, and withdrawing it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from bids import policies
from bids.forms.applicant import SendForm, WithdrawForm
from bids.views import sections, signing
from bids.views.own import OwnPage
from innovation.core.timeouts import SENDING
from innovation.core.transitions import Table
from innovation.web import pages


class Check(OwnPage, pages.FormPage):
    template_name = "bids/applicant/check.html"
    form_class = SendForm
    submit = "Send"
    timeouts = SENDING
    states: ClassVar[Table]

    def check(self) -> None:
        policies.require_edit(self.user, self.thing.lead)
        self.states.next("submit", self.thing.state)

    def context(self) -> dict[str, Any]:
        return {
            **signing.standing(self.thing, self.user, self.page),
            **sections.checked(self.thing, f"{self.page}-section", self.notes()),
        }

    def notes(self) -> Mapping[str, list[str]]:
        """What stands below the answers, by code."""
        return {}


class Withdraw(OwnPage, pages.FormPage):
    form_class = WithdrawForm
    submit = "Withdraw"
    states: ClassVar[Table]

    def check(self) -> None:
        policies.require_edit(self.user, self.thing.lead)
        self.states.next("withdraw", self.thing.state)

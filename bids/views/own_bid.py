"""An applicant's own bid: fill in, send, withdraw."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from bids import policies
from bids.domain import bids, completeness, summaries
from bids.domain.queries import case_snapshot, history
from bids.models import Bid
from bids.states import BID
from bids.views import (
    beside,
    comments,
    copies,
    drafts,
    file_answers,
    messages,
    sections,
    sending,
    signing,
)
from bids.views.own import APPLY, OwnPage
from innovation.accounts.models import User
from innovation.audit.presenters import Names
from innovation.core import clock
from innovation.web import pages


def _names(bid: Bid) -> Names:
    """An applicant reads no names of the department."""
    return history.colleagues_in(bid, "the department")


def own_sheets(user: User) -> QuerySet[Bid]:
    return case_snapshot.of_bids(policies.own_bids(user))


class Detail(pages.DetailPage):
    """While it can be written, the list of its sections; then where it stands."""

    policy = APPLY
    scope = staticmethod(own_sheets)
    template_name = "bids/applicant/bid.html"

    def page_title(self) -> str:
        return str(self.object.title)

    def back(self) -> str:
        return reverse("bids:own")

    def context(self) -> dict[str, Any]:
        editable = policies.may_edit(self.user, self.object.lead)
        writing = self.object.state in bids.WRITABLE
        problems = completeness.problems(self.object) if writing else {}
        waiting = comments.undone(self.object)
        return {
            "editable": editable,
            "writing": writing,
            "comments": sum(waiting.values()),
            "tasks": sections.tasks(
                self.object, problems, "own-bid", self.user, waiting
            )
            if writing
            else [],
            "groups": [] if writing else summaries.groups(self.object),
            **(
                sending.withdrawing(self.object, self.user, BID, "own-bid")
                if editable
                else {}
            ),
            "conversation": messages.with_department(self.object, may_write=editable),
            "timeline": history.timeline(self.object, self.user),
        }


class _Mine(OwnPage):
    scope = staticmethod(own_sheets)
    page = "own-bid"


class SectionPage(_Mine, sections.SectionPage):
    """One section of a bid that can be written."""

    def context(self) -> dict[str, Any]:
        found = beside.of(self.object, _names(self.object))
        return super().context() | {"beside_answers": found}


class Overtaken(_Mine, drafts.Overtaken): ...


class Versions(_Mine, drafts.Versions): ...


class Restore(_Mine, drafts.Restore): ...


class Files(_Mine, file_answers.Files): ...


class Sign(_Mine, signing.Sign): ...


class AskToSign(_Mine, signing.AskToSign): ...


class Copy(_Mine, copies.Copy): ...


class Check(_Mine, sending.Check):
    title = "Check your bid and send"
    done = "The bid was sent"
    states = BID

    def notes(self) -> Mapping[str, list[str]]:
        return beside.notes(self.object, _names(self.object))

    def perform(self, form: Any) -> pages.Destination:
        bids.submit(self.object, by=self.user, at=self.arrived_at)
        return self.back()


class Withdraw(_Mine, sending.Withdraw):
    title = "Withdraw this bid"
    done = "The bid was withdrawn"
    states = BID

    def perform(self, form: Any) -> pages.Destination:
        bids.withdraw(self.object, **form.cleaned_data, by=self.user, at=clock.now())
        return self.back()


class AskToWithdraw(_Mine, sending.AskToWithdraw):
    states = BID

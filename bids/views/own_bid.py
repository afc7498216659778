"""An applicant's own bid: fill in, send, withdraw."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from bids import policies
from bids.domain import bids, completeness
from bids.domain.queries import history, sheets
from bids.forms import applicant as forms
from bids.models import Bid
from bids.states import BID
from bids.views import beside, copies, drafts, facts, files, sections, signing
from bids.views.sections import APPLY
from innovation.accounts.models import User
from innovation.audit.presenters import Audience, stage_tag
from innovation.core import clock
from innovation.web import pages


def own(user: User) -> QuerySet[Bid]:
    return policies.own_bids(user).select_related("round", "lead", "expression")


def own_sheets(user: User) -> QuerySet[Bid]:
    return sheets.of_bids(policies.own_bids(user))


def address(bid: Bid, page: str = "own-bid") -> str:
    return reverse(f"bids:{page}", kwargs={"key": bid.key})


class Detail(pages.DetailPage):
    """While it can be written, the list of its sections; then where it stands."""

    policy = APPLY
    scope = staticmethod(own_sheets)
    template_name = "bids/applicant/bid.html"

    def page_title(self) -> str:
        return str(self.thing.title)

    def back(self) -> str:
        return reverse("bids:own")

    def context(self) -> dict[str, Any]:
        editable = policies.may_edit(self.user, self.thing.lead)
        writing = self.thing.state in bids.WRITABLE
        problems = completeness.problems(self.thing) if writing else {}
        return {
            "editable": editable,
            "writing": writing,
            "tag": stage_tag(f"bid.{self.thing.state}", Audience.APPLICANT),
            "tasks": sections.tasks(self.thing, problems, "own-bid", self.user)
            if writing
            else [],
            "groups": [] if writing else facts.groups(self.thing),
            "may_withdraw": editable and BID.allows("withdraw", self.thing.state),
            "timeline": history.timeline(self.thing, self.user),
        }


class SectionPage(sections.SectionPage):
    """One section of a bid that can be written."""

    scope = staticmethod(own_sheets)
    page = "own-bid"

    def context(self) -> dict[str, Any]:
        found = beside.of(self.thing, names=False)
        return super().context() | {"beside_answers": found}


class Overtaken(drafts.Overtaken):
    scope = staticmethod(own_sheets)
    page = "own-bid"


class Versions(drafts.Versions):
    scope = staticmethod(own_sheets)
    page = "own-bid"


class Restore(drafts.Restore):
    scope = staticmethod(own_sheets)
    page = "own-bid"


class Files(files.Files):
    scope = staticmethod(own_sheets)
    page = "own-bid"


class Check(pages.FormPage):
    policy = APPLY
    scope = staticmethod(own_sheets)
    template_name = "bids/applicant/check.html"
    title = "Check your bid and send"
    form_class = forms.SendForm
    submit = "Send"
    done = "The bid was sent"

    def check(self) -> None:
        policies.require_edit(self.user, self.thing.lead)
        BID.next("submit", self.thing.state)

    def back(self) -> str:
        return address(self.thing)

    def context(self) -> dict[str, Any]:
        signed = signing.standing(self.thing, self.user, "own-bid")
        notes = beside.notes(self.thing, names=False)
        return signed | sections.checked(self.thing, "own-bid-section", notes)

    def perform(self, form: Any) -> pages.Destination:
        bids.submit(self.thing, by=self.user, at=clock.now())
        return address(self.thing)


class Sign(signing.Sign):
    scope = staticmethod(own_sheets)
    page = "own-bid"


class AskToSign(signing.AskToSign):
    scope = staticmethod(own)
    page = "own-bid"


class Copy(copies.Copy):
    scope = staticmethod(own_sheets)


class Withdraw(pages.FormPage):
    policy = APPLY
    scope = staticmethod(own)
    title = "Withdraw this bid"
    form_class = forms.WithdrawForm
    submit = "Withdraw"
    done = "The bid was withdrawn"

    def check(self) -> None:
        policies.require_edit(self.user, self.thing.lead)
        BID.next("withdraw", self.thing.state)

    def back(self) -> str:
        return address(self.thing)

    def perform(self, form: Any) -> pages.Destination:
        bids.withdraw(self.thing, **form.cleaned_data, by=self.user, at=clock.now())
        return address(self.thing)

"""A bid as the department reads it, and its return to the applicant."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from bids import actions, policies
from bids.domain import bids
from bids.domain.queries import history, sheets
from bids.forms.triage import ReturnForm
from bids.models import Bid
from bids.states import BID
from bids.views import facts
from innovation.accounts.models import User
from innovation.accounts.policy import may
from innovation.accounts.roles import Verb
from innovation.audit.presenters import Audience
from innovation.core import clock
from innovation.web import pages

READ = may(Verb.READ_CASES)


def in_reach(user: User) -> QuerySet[Bid]:
    return policies.working_bids(user).select_related("round", "lead", "expression")


def sheets_in_reach(user: User) -> QuerySet[Bid]:
    return sheets.of_bids(policies.working_bids(user))


class Detail(pages.DetailPage):
    policy = READ
    scope = staticmethod(sheets_in_reach)
    template_name = "bids/department/bid.html"

    def page_title(self) -> str:
        return str(self.thing.title)

    def back(self) -> str:
        return reverse("bids:case", args=[self.thing.expression.key])

    def context(self) -> dict[str, Any]:
        user = self.user
        return {
            "audience": Audience.DEPARTMENT,
            "actions": actions.of_bid(user, self.thing),
            "groups": facts.groups(self.thing),
            "timeline": history.timeline(self.thing, user),
        }


class Return(pages.FormPage):
    policy = may(Verb.DEVELOP)
    scope = staticmethod(in_reach)
    title = "Return this bid to the applicant"
    form_class = ReturnForm
    submit = "Return the bid"
    done = "The bid was returned"

    def check(self) -> None:
        BID.next("return", self.thing.state)

    def back(self) -> str:
        return reverse("bids:bid", args=[self.thing.key])

    def perform(self, form: Any) -> pages.Destination:
        bids.send_back(self.thing, **form.cleaned_data, by=self.user, at=clock.now())
        return self.back()

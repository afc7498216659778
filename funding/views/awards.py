"""Awards as the department reads and manages them."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse

from funding import policies
from funding.domain import announcements, awards
from funding.domain.payments import CAN_BE_PLANNED
from funding.domain.queries import awards as listed
from funding.domain.queries import grants, published
from funding.forms import award as forms
from funding.models import Award, Payment
from funding.states import AwardState, PaymentState
from funding.views.actions import Action, offered
from funding.wording import AWARD_TAGS, PAYMENT_TAGS, VARIATION_TAGS
from innovation.accounts.page_access import may
from innovation.accounts.permissions import holds
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages

READS = may(Permission.READ_AWARDS)
MANAGES = may(Permission.MANAGE_GRANTS)
_TABS = (
    ("Grant", "award"),
    ("Payments", "award-money"),
    ("Reports and changes", "award-reports"),
    ("History", "award-history"),
)
_SHOWN = ("chain", "round", "lead", "idea_type", "bid", "evaluation__evaluator")
_BY_STATE = {
    AwardState.OFFERED: [("Withdraw the offer", "award-withdraw")],
    AwardState.ACCEPTED: [
        ("Start the grant", "award-start"),
        ("End early", "award-terminate"),
    ],
    AwardState.ACTIVE: [
        ("Suspend", "award-suspend"),
        ("Begin to wind down", "award-wind-down"),
        ("End early", "award-terminate"),
    ],
    AwardState.SUSPENDED: [
        ("Resume", "award-resume"),
        ("End early", "award-terminate"),
    ],
    AwardState.CLOSING: [
        ("Close", "award-close"),
        ("End early", "award-terminate"),
    ],
}


class Awards(pages.ListPage):
    policy = READS
    scope = policies.awards_for
    title = "Awards"
    template_name = "funding/department/awards.html"
    order = listed.ORDER
    filter_form = forms.AwardsFilter

    def filter_options(self) -> dict[str, Any]:
        return {"among": self.in_scope()}

    def narrow(self, rows: QuerySet[Award], wanted: dict[str, Any]) -> QuerySet[Award]:
        found = listed.narrowed(rows, listed.Wanted.read(self.request.GET.dict()))
        return found.select_related("round", "lead")

    def context(self) -> dict[str, Any]:
        return {
            "tags": AWARD_TAGS,
            "to_offer": policies.bids_to_offer(self.user).select_related("lead")[:50],
        }


class _AwardTab(pages.DetailPage):
    policy = READS
    scope = policies.awards_for
    tab = ""

    def in_scope(self) -> Any:
        related = (
            "chain",
            "round",
            "lead",
            "idea_type",
            "bid",
            "evaluation__evaluator",
        )
        return super().in_scope().select_related(*related)

    def page_title(self) -> str:
        return str(self.object.title)

    def back(self) -> str:
        return reverse("funding:awards")

    def context(self) -> dict[str, Any]:
        return {
            "tabs": [
                {
                    "label": label,
                    "href": reverse(f"funding:{name}", args=[self.object.key]),
                    "current": name == self.tab,
                }
                for label, name in _TABS
            ],
            **self.about(),
        }

    def about(self) -> dict[str, Any]:
        raise NotImplementedError


class AwardPage(_AwardTab):
    template_name = "funding/department/award.html"
    tab = "award"

    def about(self) -> dict[str, Any]:
        return {
            "facts": published.facts(self.object),
            "years": self.object.years.all(),
            "reasons": self.object.reasons.all(),
            "reads_cases": self.user.may(Permission.READ_CASES),
            "actions": self.actions(),
        }

    def actions(self) -> list[Action]:
        award = self.object
        acts = list(_BY_STATE.get(award.state, []))
        can = award.state in announcements.CAN_BE_ANNOUNCED
        if can and award.announced_on is None:
            acts.append(("Announce", "award-announce"))
        elif announcements.is_to_come(award, clock.now()):
            acts.append(("Call off the announcement", "award-call-off"))
        return offered(acts, award, self.user.may(Permission.MANAGE_GRANTS))


class AwardMoney(_AwardTab):
    template_name = "funding/department/money.html"
    tab = "award-money"

    def about(self) -> dict[str, Any]:
        people = ("requested_by", "released_by")
        payments = list(self.object.payments.select_related(*people))
        return {
            "payments": payments,
            "payment_tags": PAYMENT_TAGS,
            "statuses": grants.SHOWN,
            "money": grants.money(self.object),
            "may_request": self.user.may(Permission.REQUEST_PAYMENT),
            "may_plan": self.may_plan(payments),
            "may_release": self.user.may(Permission.RELEASE_PAYMENT),
        }

    def may_plan(self, payments: list[Payment]) -> bool:
        open_ = self.object.state in CAN_BE_PLANNED
        plans = holds(self.user, Permission.MANAGE_GRANTS, Permission.RELEASE_PAYMENT)
        untouched = all(p.state == PaymentState.PLANNED for p in payments)
        return open_ and plans and untouched


class AwardReports(_AwardTab):
    template_name = "funding/department/reports.html"
    tab = "award-reports"

    def about(self) -> dict[str, Any]:
        award = self.object
        evaluation = getattr(award, "evaluation", None)
        acts = [("Ask for a report", "award-ask-report")]
        if evaluation is None:
            acts.append(("Agree who evaluates", "award-evaluator"))
        else:
            acts.append(("Publish an evaluation report", "award-publish-evaluation"))
        manages = self.user.may(Permission.MANAGE_GRANTS)
        return {
            "monitoring": award.monitoring_reports.prefetch_related("actuals__outcome"),
            "variations": award.variations.select_related("asked_by"),
            "variation_tags": VARIATION_TAGS,
            "evaluation": evaluation,
            "evaluation_reports": award.evaluation_reports.prefetch_related("findings"),
            "actions": offered(acts, award, manages and award.bid_id is not None),
            "manages": manages,
        }


class AwardHistory(_AwardTab):
    template_name = "funding/department/history.html"
    tab = "award-history"

    def about(self) -> dict[str, Any]:
        return {"timeline": grants.timeline(self.object, self.user)}


class Offer(pages.ActionPage):
    policy = MANAGES
    scope = policies.bids_to_offer
    title = "Offer the grant"
    explanation = (
        "The recipient is offered what was approved and gets a letter. The award stays "
        "private until it is announced."
    )
    submit = "Offer the grant"
    done = "The grant is offered"

    def back(self) -> str:
        return reverse("funding:awards")

    def perform(self) -> pages.Destination:
        return _to(awards.offer(self.object, by=self.user, at=clock.now()))


class _Step(pages.ActionPage):
    """A step without words, by the grant manager."""

    policy = MANAGES
    scope = policies.awards_for

    def back(self) -> str:
        return _to(self.object)


class Start(_Step):
    title = "Start the grant"
    explanation = "Payments can be asked for from now on."
    submit = "Start the grant"
    done = "The grant has started"

    def perform(self) -> pages.Destination:
        return _to(awards.start(self.object, by=self.user, at=clock.now()))


class Resume(_Step):
    title = "Resume the grant"
    explanation = "Payments can be released again. The recipient gets a letter."
    submit = "Resume the grant"
    done = "The grant goes on"

    def perform(self) -> pages.Destination:
        return _to(awards.resume(self.object, by=self.user, at=clock.now()))


class WindDown(_Step):
    title = "Begin to wind down"
    explanation = "The last payments can still be made and the last reports asked for."
    submit = "Begin to wind down"
    done = "The grant is coming to its end"

    def perform(self) -> pages.Destination:
        return _to(awards.wind_down(self.object, by=self.user, at=clock.now()))


class CallOff(_Step):
    title = "Call off the announcement"
    explanation = "The award stays private until it is announced again."
    submit = "Call off the announcement"
    done = "The announcement is called off"

    def perform(self) -> pages.Destination:
        return _to(announcements.call_off(self.object, by=self.user, at=clock.now()))


class _Worded(pages.FormPage):
    """A step with words, by the grant manager."""

    policy = MANAGES
    scope = policies.awards_for
    act: ClassVar[Any]
    """The domain's step, which takes what the form asks."""

    def back(self) -> str:
        return _to(self.object)

    def perform(self, form: Any) -> pages.Destination:
        act = type(self).act
        return _to(act(self.object, **form.cleaned_data, by=self.user, at=clock.now()))


class Suspend(_Worded):
    title = "Suspend the grant"
    form_class = forms.ReasonForm
    submit = "Suspend the grant"
    done = "The grant is suspended"
    act = staticmethod(awards.suspend)


class Withdraw(_Worded):
    title = "Withdraw the offer"
    form_class = forms.ReasonForm
    submit = "Withdraw the offer"
    done = "The offer is withdrawn, and its money can be given again"
    act = staticmethod(awards.withdraw)


class Close(_Worded):
    title = "Close the grant"
    form_class = forms.LessonsForm
    submit = "Close the grant"
    done = "The grant is closed"
    act = staticmethod(awards.close)


class Terminate(_Worded):
    title = "End the grant early"
    form_class = forms.TerminateForm
    submit = "End the grant"
    done = "The grant has ended"
    act = staticmethod(awards.terminate)


class Announce(_Worded):
    title = "Announce the award"
    form_class = forms.AnnounceForm
    submit = "Announce"
    done = "The announcement is set"
    act = staticmethod(announcements.announce)

    def initial(self) -> dict[str, Any]:
        return {"on": clock.london_day(clock.now())}


def _to(award: Award) -> str:
    return reverse("funding:award", args=[award.key])

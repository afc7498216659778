"""A grant as those who hold it see it."""

from typing import Any

from django.urls import reverse

from funding import policies
from funding.domain import asking, awards, monitoring, payments, variations
from funding.domain.payments import CAN_BE_PAID
from funding.domain.queries import grants
from funding.domain.variations import CAN_CHANGE
from funding.forms import award as award_forms
from funding.forms import monitoring as forms
from funding.models import Award
from funding.states import AwardState
from funding.views.actions import Action, offered
from funding.wording import OWN_AWARD_TAGS, PAYMENT_TAGS, VARIATION_TAGS
from innovation.accounts.models import User
from innovation.accounts.page_access import may
from innovation.accounts.policies import names_of_authorisers
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import NotAllowed, TooLate
from innovation.web import pages

HOLDS = may(Permission.RESPOND_TO_OFFER)


class Grants(pages.ListPage):
    policy = HOLDS
    scope = policies.own_awards
    title = "Your grants"
    template_name = "funding/applicant/grants.html"
    order = ("-dated_on", "-id")

    def in_scope(self) -> Any:
        return super().in_scope().select_related("lead")

    def context(self) -> dict[str, Any]:
        return {"tags": OWN_AWARD_TAGS}


class Grant(pages.DetailPage):
    """What was agreed, what was paid, and what they are asked for."""

    policy = HOLDS
    scope = policies.own_awards
    template_name = "funding/applicant/grant.html"

    def in_scope(self) -> Any:
        return super().in_scope().select_related("chain", "lead", "round")

    def page_title(self) -> str:
        return str(self.object.title)

    def back(self) -> str:
        return reverse("funding:grants")

    def context(self) -> dict[str, Any]:
        award = self.object
        binds = policies.may_bind(self.user, award)
        return {
            "years": award.years.all(),
            "payments": award.payments.all(),
            "payment_tags": PAYMENT_TAGS,
            "monitoring": award.monitoring_reports.all(),
            "variations": award.variations.all(),
            "variation_tags": VARIATION_TAGS,
            "timeline": grants.timeline(award, self.user),
            "binds": binds,
            "may_claim": binds and award.state in CAN_BE_PAID,
            "actions": self.actions(binds),
            **({} if binds else self.for_authorisers()),
        }

    def for_authorisers(self) -> dict[str, Any]:
        """What waits, and for whom, where its reader writes and may not sign."""
        if not policies.acts_for(self.user, self.object):
            return {}
        return {
            "acts": asking.acts(self.object),
            "waiting": asking.waiting(self.object).values(),
            "signers": names_of_authorisers(self.object.lead),
        }

    def actions(self, binds: bool) -> list[Action]:
        if self.object.state == AwardState.OFFERED:
            answers = [
                ("Accept the offer", "grant-accept"),
                ("Decline the offer", "grant-decline"),
            ]
            return offered(answers, self.object, binds)
        change = [("Ask for a change", "grant-ask-change")]
        return offered(change, self.object, binds and self.object.state in CAN_CHANGE)


class Accept(pages.ActionPage):
    policy = HOLDS
    scope = policies.own_awards
    title = "Accept the offer"
    explanation = (
        "You agree to the amounts on the offer. Please do not announce the grant "
        "before the department does."
    )
    submit = "Accept the offer"
    done = "You have accepted the offer"

    def check(self) -> None:
        _require_binding(self.user, self.object)

    def back(self) -> str:
        return _to(self.object)

    def perform(self) -> pages.Destination:
        return _to(awards.accept(self.object, by=self.user, at=clock.now()))


class Decline(pages.FormPage):
    policy = HOLDS
    scope = policies.own_awards
    title = "Decline the offer"
    form_class = award_forms.OwnReasonForm
    submit = "Decline the offer"
    done = "You have declined the offer"

    def check(self) -> None:
        _require_binding(self.user, self.object)

    def back(self) -> str:
        return _to(self.object)

    def perform(self, form: Any) -> pages.Destination:
        reason = form.cleaned_data["reason"]
        return _to(
            awards.decline(self.object, reason=reason, by=self.user, at=clock.now())
        )


class Claim(pages.ActionPage):
    policy = HOLDS
    scope = policies.payments_for
    title = "Claim this payment"
    explanation = "The department’s finance team is asked to pay it."
    submit = "Claim the payment"
    done = "You have claimed the payment"

    def in_scope(self) -> Any:
        mine = policies.own_awards(self.user)
        return super().in_scope().filter(award__in=mine).select_related("award")

    def check(self) -> None:
        _require_binding(self.user, self.object.award)

    def back(self) -> str:
        return _to(self.object.award)

    def perform(self) -> pages.Destination:
        payments.request(self.object, by=self.user, at=clock.now())
        return _to(self.object.award)


class HandIn(pages.FormPage):
    policy = HOLDS
    scope = policies.monitoring_for
    title = "Hand in a report"
    form_class = forms.HandInForm
    submit = "Hand in the report"
    done = "You have handed in the report"

    def in_scope(self) -> Any:
        mine = policies.own_awards(self.user)
        return super().in_scope().filter(award__in=mine).select_related("award__bid")

    def page_title(self) -> str:
        return f"Report on {self.object.period}"

    def check(self) -> None:
        _require_binding(self.user, self.object.award)

    def form_options(self) -> dict[str, Any]:
        return {"outcomes": list(self.object.award.bid.outcomes.all())}

    def back(self) -> str:
        return _to(self.object.award)

    def perform(self, form: Any) -> pages.Destination:
        monitoring.hand_in(
            self.object,
            progress=form.cleaned_data["progress"],
            actuals=form.actuals(),
            by=self.user,
            at=clock.now(),
        )
        return _to(self.object.award)


class AskChange(pages.FormPage):
    policy = HOLDS
    scope = policies.own_awards
    title = "Ask for a change"
    form_class = forms.AskChangeForm
    submit = "Ask for the change"
    done = "You have asked for the change"

    def check(self) -> None:
        _require_binding(self.user, self.object)

    def back(self) -> str:
        return _to(self.object)

    def perform(self, form: Any) -> pages.Destination:
        given = form.cleaned_data
        variations.ask(
            self.object,
            what_changes=given["what_changes"],
            reason=given["reason"],
            by=self.user,
            at=clock.now(),
        )
        return _to(self.object)


class AskAuthoriser(pages.FormPage):
    """For those who write for the organisation and may not bind it."""

    policy = HOLDS
    scope = policies.own_awards
    title = "Ask an authoriser to act"
    form_class = award_forms.AskAuthoriserForm
    submit = "Ask them"
    done = "We have asked your authorisers to act"

    def check(self) -> None:
        if not policies.acts_for(self.user, self.object):
            raise NotAllowed("You can read this grant but not act on it.")
        if not asking.acts(self.object):
            raise TooLate(
                "Your organisation has nothing to do for this grant at the moment."
            )

    def form_options(self) -> dict[str, Any]:
        return {"acts": asking.acts(self.object)}

    def back(self) -> str:
        return _to(self.object)

    def perform(self, form: Any) -> pages.Destination:
        asking.ask(self.object, **form.cleaned_data, by=self.user, at=clock.now())
        return _to(self.object)


def _require_binding(user: User, award: Award) -> None:
    """A form to somebody who may not sign is a promise not kept."""
    if not policies.may_bind(user, award):
        raise NotAllowed(f"Only somebody who may sign for {award.lead} can do this.")


def _to(award: Award) -> str:
    return reverse("funding:grant", args=[award.key])

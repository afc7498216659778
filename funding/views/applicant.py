"""A grant as those who hold it see it."""

from typing import Any

from django.urls import reverse

from funding import policies
from funding.domain import authoriser_requests, awards, monitoring, payments, variations
from funding.domain.payments import PAYABLE_STATES
from funding.domain.queries import grants
from funding.domain.variations import VARIABLE_STATES
from funding.forms import award as award_forms
from funding.forms import monitoring as forms
from funding.models import Award
from funding.states import AwardState
from funding.views.actions import Action, available_actions
from funding.wording import OWN_AWARD_TAGS, PAYMENT_TAGS, VARIATION_TAGS
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.policies import names_of_authorisers
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import NotAllowed, TooLate
from innovation.web import pages

GRANT_HOLDER = permission_required(Permission.RESPOND_TO_OFFER)


class Grants(pages.ListPage):
    policy = GRANT_HOLDER
    scope = policies.own_awards
    title = "Your grants"
    template_name = "funding/applicant/grants.html"
    order = ("-dated_on", "-id")

    def rows_in_scope(self) -> Any:
        return super().rows_in_scope().select_related("lead")

    def context(self) -> dict[str, Any]:
        return {"tags": OWN_AWARD_TAGS}


class Grant(pages.DetailPage):
    """What was agreed, what was paid, and what they are asked for."""

    policy = GRANT_HOLDER
    scope = policies.own_awards
    template_name = "funding/applicant/grant.html"

    def rows_in_scope(self) -> Any:
        return super().rows_in_scope().select_related("chain", "lead", "round")

    def page_title(self) -> str:
        return str(self.object.title)

    def back_url(self) -> str:
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
            "may_bind": binds,
            "may_claim": binds and award.state in PAYABLE_STATES,
            "actions": self.actions(binds),
            **({} if binds else self.authoriser_context()),
        }

    def authoriser_context(self) -> dict[str, Any]:
        """What waits, and for whom, where its reader writes and may not sign."""
        if not policies.may_write_for(self.user, self.object):
            return {}
        return {
            "acts": authoriser_requests.possible_acts(self.object),
            "pending_acts": authoriser_requests.pending_acts(self.object).values(),
            "signers": names_of_authorisers(self.object.lead),
        }

    def actions(self, binds: bool) -> list[Action]:
        if self.object.state == AwardState.OFFERED:
            answers = [
                ("Accept the offer", "grant-accept"),
                ("Decline the offer", "grant-decline"),
            ]
            return available_actions(answers, self.object, binds)
        change = [("Ask for a change", "grant-ask-change")]
        return available_actions(
            change, self.object, binds and self.object.state in VARIABLE_STATES
        )


class Accept(pages.ActionPage):
    policy = GRANT_HOLDER
    scope = policies.own_awards
    title = "Accept the offer"
    explanation = (
        "You agree to the amounts on the offer. Please do not announce the grant "
        "before the department does."
    )
    submit_label = "Accept the offer"
    success_message = "You have accepted the offer"

    def check(self) -> None:
        _require_may_bind(self.user, self.object)

    def back_url(self) -> str:
        return _grant_url(self.object)

    def perform(self) -> pages.Destination:
        return _grant_url(awards.accept(self.object, by=self.user, at=clock.now()))


class Decline(pages.FormPage):
    policy = GRANT_HOLDER
    scope = policies.own_awards
    title = "Decline the offer"
    form_class = award_forms.DeclineOfferForm
    submit_label = "Decline the offer"
    success_message = "You have declined the offer"

    def check(self) -> None:
        _require_may_bind(self.user, self.object)

    def back_url(self) -> str:
        return _grant_url(self.object)

    def perform(self, form: Any) -> pages.Destination:
        reason = form.cleaned_data["reason"]
        return _grant_url(
            awards.decline(self.object, reason=reason, by=self.user, at=clock.now())
        )


class Claim(pages.ActionPage):
    policy = GRANT_HOLDER
    scope = policies.payments_for
    title = "Claim this payment"
    explanation = "The department’s finance team is asked to pay it."
    submit_label = "Claim the payment"
    success_message = "You have claimed the payment"

    def rows_in_scope(self) -> Any:
        mine = policies.own_awards(self.user)
        return super().rows_in_scope().filter(award__in=mine).select_related("award")

    def check(self) -> None:
        _require_may_bind(self.user, self.object.award)

    def back_url(self) -> str:
        return _grant_url(self.object.award)

    def perform(self) -> pages.Destination:
        payments.request(self.object, by=self.user, at=clock.now())
        return _grant_url(self.object.award)


class HandIn(pages.FormPage):
    policy = GRANT_HOLDER
    scope = policies.monitoring_for
    title = "Hand in a report"
    form_class = forms.HandInForm
    submit_label = "Hand in the report"
    success_message = "You have handed in the report"

    def rows_in_scope(self) -> Any:
        mine = policies.own_awards(self.user)
        return (
            super().rows_in_scope().filter(award__in=mine).select_related("award__bid")
        )

    def page_title(self) -> str:
        return f"Report on {self.object.period}"

    def check(self) -> None:
        _require_may_bind(self.user, self.object.award)

    def form_options(self) -> dict[str, Any]:
        return {"outcomes": list(self.object.award.bid.outcomes.all())}

    def back_url(self) -> str:
        return _grant_url(self.object.award)

    def perform(self, form: Any) -> pages.Destination:
        monitoring.hand_in(
            self.object,
            progress=form.cleaned_data["progress"],
            actuals=form.actuals(),
            by=self.user,
            at=clock.now(),
        )
        return _grant_url(self.object.award)


class AskChange(pages.FormPage):
    policy = GRANT_HOLDER
    scope = policies.own_awards
    title = "Ask for a change"
    form_class = forms.AskChangeForm
    submit_label = "Ask for the change"
    success_message = "You have asked for the change"

    def check(self) -> None:
        _require_may_bind(self.user, self.object)

    def back_url(self) -> str:
        return _grant_url(self.object)

    def perform(self, form: Any) -> pages.Destination:
        given = form.cleaned_data
        variations.ask(
            self.object,
            what_changes=given["what_changes"],
            reason=given["reason"],
            by=self.user,
            at=clock.now(),
        )
        return _grant_url(self.object)


class AskAuthoriser(pages.FormPage):
    """For those who write for the organisation and may not bind it."""

    policy = GRANT_HOLDER
    scope = policies.own_awards
    title = "Ask an authoriser to act"
    form_class = award_forms.AskAuthoriserForm
    submit_label = "Ask them"
    success_message = "We have asked your authorisers to act"

    def check(self) -> None:
        if not policies.may_write_for(self.user, self.object):
            raise NotAllowed("You can read this grant but not act on it.")
        if not authoriser_requests.possible_acts(self.object):
            raise TooLate(
                "Your organisation has nothing to do for this grant at the moment."
            )

    def form_options(self) -> dict[str, Any]:
        return {"acts": authoriser_requests.possible_acts(self.object)}

    def back_url(self) -> str:
        return _grant_url(self.object)

    def perform(self, form: Any) -> pages.Destination:
        authoriser_requests.request_act(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return _grant_url(self.object)


def _require_may_bind(user: User, award: Award) -> None:
    """A form to somebody who may not sign is a promise not kept."""
    if not policies.may_bind(user, award):
        raise NotAllowed(f"Only somebody who may sign for {award.lead} can do this.")


def _grant_url(award: Award) -> str:
    return reverse("funding:grant", args=[award.key])

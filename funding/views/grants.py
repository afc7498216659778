"""Pages of a grant for its holders."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from funding import cards, policies
from funding.domain import authoriser_requests, awards, offers
from funding.domain.monitoring import RUNNING_STATES
from funding.domain.payments import PAYABLE_STATES
from funding.domain.queries import grants, own_grants
from funding.domain.variations import VARIABLE_STATES
from funding.forms import award as forms
from funding.models import Award
from funding.states import AWARD, AwardState
from funding.views.actions import available_actions
from funding.wording import PAYMENT_TAGS, VARIATION_TAGS
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.policies import names_of_authorisers
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import NotAllowed
from innovation.web import pages
from innovation.web.actions import Action

GRANT_HOLDER = permission_required(Permission.RESPOND_TO_OFFER)


class Grants(pages.ListPage[Award]):
    """A card for each grant, the newest first."""

    policy = GRANT_HOLDER
    scope = staticmethod(own_grants.own_grants)
    title = "Your grants"
    template_name = "funding/applicant/grants.html"
    ordering = ("-dated_on", "-id")

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        return super().show(
            status, cards=cards.cards(more["rows"], clock.now()), **more
        )


class Grant(pages.DetailPage[Award]):
    """The agreed amounts, the payments, and what the holder has to do."""

    policy = GRANT_HOLDER
    scope = policies.own_awards
    back = "funding:grants"
    template_name = "funding/applicant/grant.html"

    def rows_in_scope(self) -> QuerySet[Award]:
        return (
            super()
            .rows_in_scope()
            .select_related("chain", "lead", "round", "offer__terms")
        )

    def page_title(self) -> str:
        return str(self.object.title)

    def context(self) -> dict[str, object]:
        award = self.object
        may_bind = policies.may_bind(self.user, award)
        may_prepare = may_bind or policies.may_write_for(self.user, award)
        today = clock.london_day(clock.now())
        return {
            "years": award.years.all(),
            "payments": award.payments.prefetch_related("claims"),
            "payment_tags": PAYMENT_TAGS,
            "today": today,
            "monitoring": award.monitoring_reports.all(),
            "is_running": award.state in RUNNING_STATES,
            "variations": award.variations.all(),
            "variation_tags": VARIATION_TAGS,
            "timeline": grants.timeline(award, self.user),
            "may_bind": may_bind,
            "may_claim": may_prepare and award.state in PAYABLE_STATES,
            "may_report": may_prepare,
            "actions": self.actions(may_bind),
            "overdue": offers.is_overdue(award, today),
            **(self.authoriser_context() if may_prepare and not may_bind else {}),
        }

    def authoriser_context(self) -> dict[str, object]:
        """The pending steps and the authorisers, for users who may not sign."""
        today = clock.london_day(clock.now())
        lead = self.object.lead
        acts = authoriser_requests.possible_acts(self.object, today)
        return {
            "acts": acts,
            "pending_acts": [
                words
                for act, words in acts.items()
                if act != authoriser_requests.CHANGE
            ],
            "signers": names_of_authorisers(lead) if lead else [],
        }

    def actions(self, may_bind: bool) -> list[Action]:
        if self.object.state == AwardState.OFFERED:
            actions = [
                ("Read and accept the offer", "grant-accept"),
                ("Decline the offer", "grant-decline"),
            ]
            return available_actions(actions, self.object.key, may_bind)
        actions = [("Ask for a change", "grant-ask-change")]
        return available_actions(
            actions, self.object.key, may_bind and self.object.state in VARIABLE_STATES
        )


class _OfferPage(pages.Page[Award]):
    """A page on which an authoriser answers the offer."""

    policy = GRANT_HOLDER
    scope = policies.own_awards
    object_page = "funding:grant"

    def rows_in_scope(self) -> QuerySet[Award]:
        return (
            super()
            .rows_in_scope()
            .select_related("lead", "round", "offer__terms", "bid")
        )

    def check(self) -> None:
        require_may_bind(self.user, self.object)
        AWARD.next("accept", self.object.state)


class Accept(_OfferPage, pages.FormPage[Award, forms.AcceptOfferForm]):
    title = "Accept the offer"
    template_name = "funding/applicant/accept_offer.html"
    form_class = forms.AcceptOfferForm
    submit_label = "Accept the offer"
    success_message = "You have accepted the offer"

    def form_options(self) -> dict[str, object]:
        offer = getattr(self.object, "offer", None)
        agreed = "this offer"
        if offer is not None and offer.terms is not None:
            agreed += f" and the terms and conditions, version {offer.terms.version}"
        return {"label": f"{self.object.lead} agrees to {agreed}"}

    def context(self) -> dict[str, object]:
        return {
            "years": self.object.years.all(),
            "overdue": offers.is_overdue(self.object, clock.london_day(clock.now())),
        }

    def perform(self, form: forms.AcceptOfferForm) -> pages.Destination:
        awards.accept(self.object, by=self.user, at=clock.now())
        return self.back_url()


class Decline(_OfferPage, pages.StepPage[Award, forms.DeclineOfferForm]):
    title = "Decline the offer"
    template_name = "funding/applicant/decline_offer.html"
    form_class = forms.DeclineOfferForm
    submit_label = "Decline the offer"
    success_message = "You have declined the offer"
    step = awards.decline


def require_may_bind(user: User, award: Award) -> None:
    """Refuse before the form is shown, so that nobody fills it in to no effect."""
    if not policies.may_bind(user, award):
        raise NotAllowed(f"Only an authoriser of {award.lead} can do this.")


def grant_url(award: Award) -> str:
    return reverse("funding:grant", args=[award.key])

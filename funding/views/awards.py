"""The department's pages of awards."""

from functools import cached_property

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse

from bids.domain.queries import due_diligence
from bids.domain.queries.due_diligence import AreaFindings
from bids.models import Bid
from bids.views import listed_cases
from funding import policies
from funding.case_pages import award_navigation
from funding.domain import announcements, awards, ledger, offers, terms
from funding.domain.monitoring import RUNNING_STATES
from funding.domain.payments import PLANNABLE_STATES
from funding.domain.queries import awards as award_queries
from funding.domain.queries import grant_files, grants, published_awards
from funding.domain.queries.grant_files import SENT_FILES
from funding.forms import award as forms
from funding.models import Award, Offer, Payment
from funding.models.ledger import MoneyStatus
from funding.states import AwardState, PaymentState
from funding.views.actions import available_actions
from funding.wording import AWARD_TAGS, PAYMENT_TAGS, VARIATION_TAGS
from innovation.accounts.page_access import permission_required
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages
from innovation.web.actions import Action

AWARD_READER = permission_required(Permission.READ_AWARDS)
GRANT_MANAGER = permission_required(Permission.MANAGE_GRANTS)
_ACTIONS_BY_STATE: dict[str, list[tuple[str, str]]] = {
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


class Awards(pages.ListPage[Award]):
    policy = AWARD_READER
    scope = policies.awards_for
    title = "Awards"
    template_name = "funding/department/awards.html"
    ordering = award_queries.ORDER
    filter_form = forms.AwardsFilter

    def filter_options(self) -> dict[str, object]:
        return {"visible_awards": self.rows_in_scope()}

    def narrow(
        self, rows: QuerySet[Award], filter_values: dict[str, object]
    ) -> QuerySet[Award]:
        awards = award_queries.search(rows, self.request.GET.dict())
        return awards.select_related("round", "lead")

    def context(self) -> dict[str, object]:
        approved_bids = policies.bids_to_offer(self.user).select_related("lead")
        return {
            "tags": AWARD_TAGS,
            "bids_to_offer": approved_bids.order_by("opened_at", "pk")[:50],
        }


class _AwardTab(pages.DetailPage[Award]):
    policy = AWARD_READER
    scope = policies.awards_for
    back = "funding:awards"
    tab = ""

    def rows_in_scope(self) -> QuerySet[Award]:
        related = (
            "chain",
            "round",
            "lead",
            "idea_type",
            "bid__expression",
            "evaluation__evaluator",
        )
        return super().rows_in_scope().select_related(*related)

    def page_title(self) -> str:
        return str(self.object.title)

    def context(self) -> dict[str, object]:
        return {
            "navigation": award_navigation(
                self.user,
                self.object,
                current=f"funding:{self.tab}",
                query=listed_cases.query_of(self.request),
            ),
        }


class AwardPage(_AwardTab):
    template_name = "funding/department/award.html"
    tab = "award"

    def context(self) -> dict[str, object]:
        today = clock.london_day(clock.now())
        prefetch_related_objects([self.object], "councils")
        return super().context() | {
            "facts": published_awards.facts(self.object),
            "years": self.object.years.all(),
            "reasons": self.object.reasons.all(),
            "offer_is_overdue": offers.is_overdue(self.object, today),
            "actions": self.actions(),
        }

    def rows_in_scope(self) -> QuerySet[Award]:
        related = ("offer__terms", "offer__answered_by")
        return super().rows_in_scope().select_related(*related)

    def actions(self) -> list[Action]:
        award = self.object
        actions = list(_ACTIONS_BY_STATE.get(award.state, []))
        if award.state == AwardState.OFFERED and hasattr(award, "offer"):
            actions.insert(0, ("Change the date to answer by", "award-redate-offer"))
        is_announceable = award.state in announcements.ANNOUNCEABLE_STATES
        if is_announceable and award.announced_on is None:
            actions.append(("Announce", "award-announce"))
        elif announcements.is_upcoming(award, clock.now()):
            actions.append(("Call off the announcement", "award-call-off"))
        return available_actions(
            actions, award.key, self.user.may(Permission.MANAGE_GRANTS)
        )


class AwardMoney(_AwardTab):
    template_name = "funding/department/award_money.html"
    tab = "award-money"

    def context(self) -> dict[str, object]:
        people = ("requested_by", "released_by")
        payments = list(
            self.object.payments.select_related(*people).prefetch_related("claims")
        )
        return super().context() | {
            "payments": payments,
            "payment_tags": PAYMENT_TAGS,
            "today": clock.london_day(clock.now()),
            "statuses": grants.STATUS_COLUMNS,
            "money": grants.money_by_year(self.object),
            "may_request": self.user.may(Permission.REQUEST_PAYMENT),
            "may_plan": self.may_plan(payments),
            "may_release": self.user.may(Permission.RELEASE_PAYMENT),
        }

    def may_plan(self, payments: list[Payment]) -> bool:
        is_allowed = has_permission(
            self.user, Permission.MANAGE_GRANTS, Permission.RELEASE_PAYMENT
        )
        is_plannable = self.object.state in PLANNABLE_STATES
        is_unchanged = all(p.state == PaymentState.PLANNED for p in payments)
        return is_allowed and is_plannable and is_unchanged


class AwardReports(_AwardTab):
    template_name = "funding/department/award_reports.html"
    tab = "award-reports"

    def context(self) -> dict[str, object]:
        award = self.object
        evaluation = getattr(award, "evaluation", None)
        actions = [("Ask for a report", "award-ask-report")]
        if evaluation is None:
            actions.append(("Agree who evaluates", "award-evaluator"))
        else:
            actions.append(("Publish an evaluation report", "award-publish-evaluation"))
        may_manage = self.user.may(Permission.MANAGE_GRANTS)
        return super().context() | {
            "monitoring": [
                (report, grant_files.listed(report.files.all()))
                for report in award.monitoring_reports.prefetch_related(
                    "actuals__outcome", SENT_FILES
                )
            ],
            "is_running": award.state in RUNNING_STATES,
            "today": clock.london_day(clock.now()),
            "variations": award.variations.select_related("asked_by"),
            "variation_tags": VARIATION_TAGS,
            "evaluation": evaluation,
            "evaluation_reports": award.evaluation_reports.prefetch_related("findings"),
            "actions": available_actions(
                actions, award.key, may_manage and award.bid_id is not None
            ),
            "may_manage": may_manage,
        }


class AwardHistory(_AwardTab):
    template_name = "funding/department/award_history.html"
    tab = "award-history"

    def context(self) -> dict[str, object]:
        return super().context() | {"timeline": grants.timeline(self.object, self.user)}


class MakeOffer(pages.FormPage[Bid, forms.OfferForm]):
    policy = GRANT_MANAGER
    scope = policies.bids_to_offer
    back = "funding:awards"
    title = "Offer the grant"
    template_name = "funding/department/offer.html"
    form_class = forms.OfferForm
    submit_label = "Offer the grant"
    success_message = "The grant is offered"

    def rows_in_scope(self) -> QuerySet[Bid]:
        return super().rows_in_scope().select_related("lead", "round", "expression")

    def check(self) -> None:
        policies.refuse_own_organisations(self.user, self.object, "make the offer")

    def initial(self) -> dict[str, object]:
        return {"reply_by": offers.usual_reply_day(clock.now())}

    def context(self) -> dict[str, object]:
        amounts = ledger.totals(self.object, MoneyStatus.APPROVED)
        return {
            "years": [
                {"financial_year": year, "amount": amount}
                for year, amount in amounts.items()
            ],
            "terms": terms.latest_version(self.object.round),
            "due_diligence": due_diligence.words(self.findings),
            "missing": due_diligence.blocking(self.findings),
        }

    @cached_property
    def findings(self) -> list[AreaFindings]:
        bid = self.object
        return due_diligence.of_case(bid.expression_id, bid.round.due_diligence)

    def perform(self, form: forms.OfferForm) -> pages.Destination:
        award = awards.offer(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return reverse("funding:award", args=[award.key])


class _AwardStep(pages.Page[Award]):
    """A step of an award, by the grant manager."""

    policy = GRANT_MANAGER
    scope = policies.awards_for
    object_page = "funding:award"


class Start(_AwardStep, pages.ActionPage[Award]):
    title = "Start the grant"
    explanation = "You can ask for payments from now on."
    submit_label = "Start the grant"
    success_message = "The grant has started"
    step = awards.start


class Resume(_AwardStep, pages.ActionPage[Award]):
    title = "Resume the grant"
    explanation = "Finance can release payments again. We will write to the recipient."
    submit_label = "Resume the grant"
    success_message = "The grant has resumed"
    step = awards.resume


class WindDown(_AwardStep, pages.ActionPage[Award]):
    title = "Begin to wind down"
    explanation = "You can still make the last payments and ask for the last reports."
    submit_label = "Begin to wind down"
    success_message = "The grant is winding down"
    step = awards.wind_down


class CallOff(_AwardStep, pages.ActionPage[Award]):
    title = "Call off the announcement"
    explanation = "The award stays private until it is announced again."
    submit_label = "Call off the announcement"
    success_message = "The announcement is called off"
    step = announcements.call_off


class Suspend(_AwardStep, pages.StepPage[Award, forms.ReasonForm]):
    title = "Suspend the grant"
    form_class = forms.ReasonForm
    submit_label = "Suspend the grant"
    success_message = "The grant is suspended"
    step = awards.suspend


class RedateOffer(_AwardStep, pages.EditPage[Award, forms.OfferDateForm]):
    title = "Change the date to answer by"
    form_class = forms.OfferDateForm
    submit_label = "Change the date"
    success_message = "The date was changed, and we have told the recipient"
    step = offers.redate
    saved_offer: Offer

    def check(self) -> None:
        self.saved_offer = offers.require_open(self.object)

    def lock(self) -> None:
        self.saved_offer = offers.lock_open(self.object)

    def saved_values(self) -> dict[str, object]:
        return {"reply_by": self.saved_offer.reply_by}


class Withdraw(_AwardStep, pages.StepPage[Award, forms.ReasonForm]):
    title = "Withdraw the offer"
    form_class = forms.ReasonForm
    submit_label = "Withdraw the offer"
    success_message = "The offer is withdrawn, and its money is back in the budget"
    step = awards.withdraw


class Close(_AwardStep, pages.StepPage[Award, forms.LessonsForm]):
    title = "Close the grant"
    form_class = forms.LessonsForm
    submit_label = "Close the grant"
    success_message = "The grant is closed"
    step = awards.close


class Terminate(_AwardStep, pages.StepPage[Award, forms.TerminateForm]):
    title = "End the grant early"
    form_class = forms.TerminateForm
    submit_label = "End the grant"
    success_message = "The grant has ended"
    step = awards.terminate


class Announce(_AwardStep, pages.StepPage[Award, forms.AnnounceForm]):
    title = "Announce the award"
    form_class = forms.AnnounceForm
    submit_label = "Announce"
    success_message = "The date of the announcement is set"
    step = announcements.announce

    def initial(self) -> dict[str, object]:
        return {"on": clock.london_day(clock.now())}

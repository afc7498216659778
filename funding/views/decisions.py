"""Pages of bids to decide: the minister's office's, and the seed approver's."""

from functools import cached_property
from typing import ClassVar

from django.db.models import Case, IntegerField, QuerySet, Value, When

from bids.domain.queries import case_documents, results
from bids.models import Bid
from bids.states import BID, BidState
from funding import policies
from funding.domain import decisions, ledger
from funding.forms import decision as forms
from funding.forms.amounts import initial_amounts
from funding.models import Recommendation
from funding.views.actions import available_actions
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.money import Money
from innovation.web import pages
from innovation.web.pages import F

DECISION_MAKER = permission_required(Permission.DECIDE, Permission.DECIDE_SEED)
_UNDECIDED_FIRST = Case(
    When(state=BidState.WITH_MINISTER, then=Value(0)),
    default=Value(1),
    output_field=IntegerField(),
)


class Decisions(pages.ListPage[Bid]):
    """The list; bids to decide come before decided ones."""

    policy = DECISION_MAKER
    scope = policies.bids_to_decide
    title = "Decisions"
    template_name = "funding/minister/decisions.html"
    ordering = ("decided_rank", "-opened_at", "-id")

    def rows_in_scope(self) -> QuerySet[Bid]:
        rows = super().rows_in_scope().annotate(decided_rank=_UNDECIDED_FIRST)
        return rows.select_related("lead", "recommendation")


class DecisionPage(pages.DetailPage[Bid]):
    """The advice, the remaining budget, and the decision."""

    policy = DECISION_MAKER
    scope = policies.bids_to_decide
    back = "funding:decisions"
    template_name = "funding/minister/decision.html"

    def rows_in_scope(self) -> QuerySet[Bid]:
        return (
            super()
            .rows_in_scope()
            .select_related(
                "round", "lead", "strand", "recommendation__item", "reconsideration"
            )
        )

    def page_title(self) -> str:
        return str(self.object.title)

    def context(self) -> dict[str, object]:
        is_undecided = self.object.state == BidState.WITH_MINISTER
        actions = [("Approve", "decision-approve"), ("Decline", "decision-decline")]
        return {
            "requested_amounts": ledger.requested_amounts(self.object),
            "files": case_documents.files_of_case(self.object),
            "result": results.bid_result(self.object),
            "budgets": ledger.budgets(self.object),
            "advice": getattr(self.object, "recommendation", None),
            "decisions": self.object.decisions.prefetch_related(
                "amounts"
            ).select_related("reconsideration"),
            "reconsideration": getattr(self.object, "reconsideration", None),
            "actions": available_actions(actions, self.object.key, is_undecided),
        }


class _DecisionFormPage(pages.FormPage[Bid, F]):
    policy = DECISION_MAKER
    scope = policies.bids_to_decide
    object_page = "funding:decision"
    verb: ClassVar[str]

    def check(self) -> None:
        BID.next(self.verb, self.object.state)

    def rows_in_scope(self) -> QuerySet[Bid]:
        return super().rows_in_scope().select_related("round", "recommendation")

    @property
    def advice(self) -> Recommendation | None:
        """The Board's recommendation; seed grants have none."""
        return getattr(self.object, "recommendation", None)

    def form_options(self) -> dict[str, object]:
        return {"has_advice": self.advice is not None}


class Approve(_DecisionFormPage[forms.ApproveForm]):
    title = "Approve"
    verb = "approve"
    template_name = "funding/minister/approve_decision.html"
    form_class = forms.ApproveForm
    submit_label = "Approve"
    success_message = "The bid is approved. It is not public until it is announced"

    @cached_property
    def budgets(self) -> list[ledger.YearBudget]:
        return ledger.budgets(self.object)

    @cached_property
    def requested_amounts(self) -> dict[int, Money]:
        return ledger.requested_amounts(self.object)

    def context(self) -> dict[str, object]:
        return {
            "budgets": self.budgets,
            "total_requested": ledger.sum_amounts(self.requested_amounts),
        }

    def form_options(self) -> dict[str, object]:
        years = [budget.year for budget in self.budgets]
        return super().form_options() | {"years": years}

    def initial(self) -> dict[str, object]:
        if self.advice is None:
            return dict(initial_amounts(self.requested_amounts))
        return dict(initial_amounts(self.advice.amounts.by_year()))

    def perform(self, form: forms.ApproveForm) -> pages.Destination:
        decisions.approve(
            self.object,
            amounts=form.amounts(),
            reason=form.cleaned_data.get("reason", ""),
            overspend_reason=form.cleaned_data["overspend_reason"],
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()


class Decline(_DecisionFormPage[forms.DeclineForm]):
    title = "Decline"
    verb = "decline"
    form_class = forms.DeclineForm
    submit_label = "Decline"
    success_message = "The bid is declined and the applicant has the feedback"

    def form_options(self) -> dict[str, object]:
        criteria = list(self.object.round.criteria.all())
        return super().form_options() | {"criteria": criteria}

    def perform(self, form: forms.DeclineForm) -> pages.Destination:
        decisions.decline(
            self.object,
            feedback=form.feedback(),
            reason=form.cleaned_data.get("reason", ""),
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()

"""Pages to record the Board’s recommendation on a bid, or to defer the bid."""

from functools import cached_property
from typing import ClassVar

from funding.domain import ledger, recommendations
from funding.forms import recommendation as forms
from funding.forms.amounts import initial_amounts
from funding.models import AgendaItem
from funding.views.meetings import SECRETARY
from funding.views.papers import PaperStep
from innovation.core import clock
from innovation.core.money import Money
from innovation.web import pages


class _BoardStep(PaperStep):
    policy = SECRETARY
    verb: ClassVar[str]

    def check(self) -> None:
        recommendations.require_open(self.object, self.verb, self.object.bid)


class Recommend(_BoardStep, pages.FormPage[AgendaItem, forms.RecommendationForm]):
    verb = "recommend"
    title = "Record the Board’s recommendation"
    template_name = "funding/board/recommendation.html"
    form_class = forms.RecommendationForm
    submit_label = "Record the recommendation"
    success_message = "The recommendation is with the minister"

    def form_options(self) -> dict[str, object]:
        return {"years": [b.year for b in ledger.budgets(self.object.bid)]}

    @cached_property
    def requested_amounts(self) -> dict[int, Money]:
        return ledger.requested_amounts(self.object.bid)

    def context(self) -> dict[str, object]:
        return {"total_requested": ledger.sum_amounts(self.requested_amounts)}

    def initial(self) -> dict[str, object]:
        return dict(initial_amounts(self.requested_amounts))

    def perform(self, form: forms.RecommendationForm) -> pages.Destination:
        declines = form.cleaned_data["outcome"] == "decline"
        recommendations.record(
            self.object,
            outcome=form.cleaned_data["outcome"],
            # The fields are prefilled with the requested amounts.
            amounts={} if declines else form.amounts(),
            reasons=form.cleaned_data["reasons"],
            conditions=form.cleaned_data["conditions"],
            dissent=form.cleaned_data["dissent"],
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()


class Defer(_BoardStep, pages.StepPage[AgendaItem, forms.DeferForm]):
    verb = "defer"
    title = "Defer to a later meeting"
    form_class = forms.DeferForm
    submit_label = "Defer"
    success_message = "The bid is deferred to a later meeting"
    step = recommendations.defer

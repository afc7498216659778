"""While a grant runs: payments planned and asked for, reports, changes, evaluation."""

from typing import Any

from django.urls import reverse

from funding import policies
from funding.domain import evaluations, monitoring, payments, variations
from funding.forms import evaluation as evaluation_forms
from funding.forms import monitoring as forms
from funding.forms.payment import DEFAULT_LINES, PlanForm
from funding.models import Award
from funding.views.awards import GRANT_MANAGER
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.organisations.models import Organisation
from innovation.web import pages

PAYMENT_PLANNER = permission_required(
    Permission.MANAGE_GRANTS, Permission.RELEASE_PAYMENT
)
PAYMENT_REQUESTER = permission_required(Permission.REQUEST_PAYMENT)


class PlanPayments(pages.EditPage):
    policy = PAYMENT_PLANNER
    scope = policies.awards_for
    title = "Plan payments"
    template_name = "funding/department/plan_payments.html"
    form_class = PlanForm
    submit_label = "Keep the plan"
    success_message = "The payments are planned"
    confirms_unchanged = True

    def check(self) -> None:
        payments.require_open_plan(self.object)

    def back_url(self) -> str:
        return _payments_url(self.object)

    def lock(self) -> None:
        self.object = payments.lock_plan(self.object)

    def form_options(self) -> dict[str, Any]:
        return {"lines": max(DEFAULT_LINES, self.object.payments.count())}

    def group_title(self, name: str) -> str:
        return "The plan of payments"

    def saved_values(self) -> dict[str, Any]:
        planned = enumerate(self.object.payments.all(), start=1)
        return {
            f"{name}_{number}": value
            for number, payment in planned
            for name, value in (("due", payment.due_on), ("amount", payment.amount))
        }

    def context(self) -> dict[str, Any]:
        return {"years": self.object.years.all()}

    def perform(self, form: Any) -> pages.Destination:
        payments.plan(
            self.object, instalments=form.instalments(), by=self.user, at=clock.now()
        )
        return _payments_url(self.object)


class RequestPayment(pages.ActionPage):
    policy = PAYMENT_REQUESTER
    scope = policies.payments_for
    template_name = "funding/payment_action.html"
    title = "Ask for this payment"
    explanation = "Finance is asked to release it. Somebody else must release it."
    submit_label = "Ask for the payment"
    success_message = "Finance has the payment"

    def rows_in_scope(self) -> Any:
        return super().rows_in_scope().select_related("award__lead")

    def back_url(self) -> str:
        return _payments_url(self.object.award)

    def perform(self) -> pages.Destination:
        payments.request(self.object, by=self.user, at=clock.now())
        return _payments_url(self.object.award)


class AskReport(pages.FormPage):
    policy = GRANT_MANAGER
    scope = policies.awards_for
    title = "Ask for a report"
    form_class = forms.AskReportForm
    submit_label = "Ask for the report"
    success_message = "The report is asked for"

    def back_url(self) -> str:
        return _reports_url(self.object)

    def perform(self, form: Any) -> pages.Destination:
        period, due_on = form.cleaned_data["period"], form.cleaned_data["due_on"]
        monitoring.ask(
            self.object, period=period, due_on=due_on, by=self.user, at=clock.now()
        )
        return _reports_url(self.object)


class AnswerChange(pages.FormPage):
    policy = GRANT_MANAGER
    scope = policies.variations_for
    title = "Answer the change asked for"
    template_name = "funding/department/answer_change.html"
    form_class = forms.AnswerChangeForm
    submit_label = "Answer"
    success_message = "The change is answered"

    def rows_in_scope(self) -> Any:
        return super().rows_in_scope().select_related("award")

    def back_url(self) -> str:
        return _reports_url(self.object.award)

    def perform(self, form: Any) -> pages.Destination:
        agreed = form.cleaned_data["verdict"] == "agree"
        answer = variations.agree if agreed else variations.refuse
        words = form.cleaned_data["answer"]
        answer(self.object, answer=words, by=self.user, at=clock.now())
        return _reports_url(self.object.award)


class AgreeEvaluator(pages.FormPage):
    policy = GRANT_MANAGER
    scope = policies.awards_for
    title = "Agree who evaluates"
    form_class = evaluation_forms.EvaluatorForm
    submit_label = "Agree"
    success_message = "The evaluator is agreed"

    def form_options(self) -> dict[str, Any]:
        others = Organisation.objects.exclude(pk=self.object.lead_id)
        return {"organisations": others}

    def back_url(self) -> str:
        return _reports_url(self.object)

    def perform(self, form: Any) -> pages.Destination:
        evaluator = form.cleaned_data["evaluator"]
        evaluations.agree(
            self.object, evaluator=evaluator, by=self.user, at=clock.now()
        )
        return _reports_url(self.object)


class PublishEvaluation(pages.FormPage):
    policy = GRANT_MANAGER
    scope = policies.awards_for
    title = "Publish an evaluation report"
    form_class = evaluation_forms.PublishForm
    submit_label = "Publish"
    success_message = "The report is published beside its project"

    def back_url(self) -> str:
        return _reports_url(self.object)

    def perform(self, form: Any) -> pages.Destination:
        given = form.cleaned_data
        evaluations.publish(
            self.object,
            title=given["title"],
            published_on=given["published_on"],
            authors=given["authors"],
            source=given["source"],
            findings=form.findings(),
            by=self.user,
            at=clock.now(),
        )
        return _reports_url(self.object)


def _payments_url(award: Award) -> str:
    return reverse("funding:award-money", args=[award.key])


def _reports_url(award: Award) -> str:
    return reverse("funding:award-reports", args=[award.key])

"""Pages of a running grant: payments, reports, variations, evaluation."""

from django.db.models import QuerySet
from django.urls import reverse

from funding import policies
from funding.domain import evaluations, monitoring, payments, variations
from funding.forms import evaluation as evaluation_forms
from funding.forms import monitoring as forms
from funding.forms.payment import DEFAULT_LINES, PlanForm
from funding.models import Award, Payment, Variation
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


class PlanPayments(pages.EditPage[Award, PlanForm]):
    policy = PAYMENT_PLANNER
    scope = policies.awards_for
    object_page = "funding:award-money"
    title = "Plan payments"
    template_name = "funding/department/plan_payments.html"
    form_class = PlanForm
    submit_label = "Keep the plan"
    success_message = "The payments are planned"
    confirms_unchanged = True

    def check(self) -> None:
        payments.require_open_plan(self.object)

    def lock(self) -> None:
        self.object = payments.lock_plan(self.object)

    def form_options(self) -> dict[str, object]:
        return {"lines": max(DEFAULT_LINES, self.object.payments.count())}

    def group_title(self, name: str) -> str:
        return "The plan of payments"

    def saved_values(self) -> dict[str, object]:
        planned = enumerate(self.object.payments.all(), start=1)
        return {
            f"{name}_{number}": value
            for number, payment in planned
            for name, value in (("due", payment.due_on), ("amount", payment.amount))
        }

    def context(self) -> dict[str, object]:
        return {"years": self.object.years.all()}

    def perform(self, form: PlanForm) -> pages.Destination:
        payments.plan(
            self.object, instalments=form.instalments(), by=self.user, at=clock.now()
        )
        return self.back_url()


class RequestPayment(pages.ActionPage[Payment]):
    policy = PAYMENT_REQUESTER
    scope = policies.payments_for
    template_name = "funding/payment_action.html"
    title = "Ask for this payment"
    explanation = "Finance is asked to release it. Somebody else must release it."
    submit_label = "Ask for the payment"
    success_message = "Finance has the payment"
    step = payments.request

    def rows_in_scope(self) -> QuerySet[Payment]:
        return super().rows_in_scope().select_related("award__lead")

    def back_url(self) -> str:
        return _payments_url(self.object.award)


class AskReport(pages.StepPage[Award, forms.AskReportForm]):
    policy = GRANT_MANAGER
    scope = policies.awards_for
    object_page = "funding:award-reports"
    title = "Ask for a report"
    form_class = forms.AskReportForm
    submit_label = "Ask for the report"
    success_message = "The report is asked for"
    step = monitoring.ask


class AnswerChange(pages.FormPage[Variation, forms.AnswerChangeForm]):
    policy = GRANT_MANAGER
    scope = policies.variations_for
    title = "Answer the change asked for"
    template_name = "funding/department/answer_change.html"
    form_class = forms.AnswerChangeForm
    submit_label = "Answer"
    success_message = "The change is answered"

    def rows_in_scope(self) -> QuerySet[Variation]:
        return super().rows_in_scope().select_related("award")

    def back_url(self) -> str:
        return _reports_url(self.object.award)

    def perform(self, form: forms.AnswerChangeForm) -> pages.Destination:
        agreed = form.cleaned_data["verdict"] == "agree"
        answer = variations.agree if agreed else variations.refuse
        words = form.cleaned_data["answer"]
        answer(self.object, answer=words, by=self.user, at=clock.now())
        return self.back_url()


class AgreeEvaluator(pages.StepPage[Award, evaluation_forms.EvaluatorForm]):
    policy = GRANT_MANAGER
    scope = policies.awards_for
    object_page = "funding:award-reports"
    title = "Agree who evaluates"
    form_class = evaluation_forms.EvaluatorForm
    submit_label = "Agree"
    success_message = "The evaluator is agreed"
    step = evaluations.agree

    def form_options(self) -> dict[str, object]:
        evaluators = Organisation.objects.exclude(awards=self.object)
        return {"organisations": evaluators}


class PublishEvaluation(pages.FormPage[Award, evaluation_forms.PublishForm]):
    policy = GRANT_MANAGER
    scope = policies.awards_for
    object_page = "funding:award-reports"
    title = "Publish an evaluation report"
    form_class = evaluation_forms.PublishForm
    submit_label = "Publish"
    success_message = "The report is published beside its project"

    def perform(self, form: evaluation_forms.PublishForm) -> pages.Destination:
        data = form.cleaned_data
        evaluations.publish(
            self.object,
            title=data["title"],
            published_on=data["published_on"],
            authors=data["authors"],
            source=data["source"],
            findings=form.findings(),
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()


def _payments_url(award: Award) -> str:
    return reverse("funding:award-money", args=[award.key])


def _reports_url(award: Award) -> str:
    return reverse("funding:award-reports", args=[award.key])

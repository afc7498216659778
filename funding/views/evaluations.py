"""Pages of evaluators, and of published evaluation reports."""

from django.db.models import QuerySet

from funding import policies
from funding.domain import evaluations
from funding.forms import evaluation as forms
from funding.models import Award, EvaluationReport
from funding.views.awards import GRANT_MANAGER
from innovation.accounts.page_access import EVERYBODY
from innovation.accounts.permissions import Visitor
from innovation.core import clock
from innovation.organisations.models import Organisation
from innovation.web import pages


def published_reports(user: Visitor) -> QuerySet[EvaluationReport]:
    return policies.public_reports(clock.london_day(clock.now()))


class Evaluations(pages.ListPage[EvaluationReport]):
    policy = EVERYBODY
    shared = True
    scope = published_reports
    scope_depends_on_day = True
    title = "Published evaluations"
    description = (
        "Published evaluation reports on projects of the Children’s Social Care "
        "Innovation Programme, with their findings."
    )
    template_name = "funding/public/evaluations.html"
    ordering = ("-published_on", "id")

    def rows_in_scope(self) -> QuerySet[EvaluationReport]:
        return super().rows_in_scope().select_related("award")


class AgreeEvaluator(pages.StepPage[Award, forms.EvaluatorForm]):
    policy = GRANT_MANAGER
    scope = policies.awards_for
    object_page = "funding:award-reports"
    title = "Agree who evaluates"
    form_class = forms.EvaluatorForm
    submit_label = "Agree"
    success_message = "The evaluator is agreed"
    step = evaluations.agree

    def form_options(self) -> dict[str, object]:
        return {
            "organisations": Organisation.objects.registered().exclude(
                awards=self.object
            )
        }


class PublishEvaluation(pages.FormPage[Award, forms.PublishForm]):
    policy = GRANT_MANAGER
    scope = policies.awards_for
    object_page = "funding:award-reports"
    title = "Publish an evaluation report"
    form_class = forms.PublishForm
    submit_label = "Publish"
    success_message = "The report is published on the page of its project"

    def perform(self, form: forms.PublishForm) -> pages.Destination:
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

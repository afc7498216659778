"""Pages of monitoring reports: asked for by the manager, handed in by the holder."""

from django.contrib import messages
from django.db.models import QuerySet

from funding import policies
from funding.domain import monitoring
from funding.domain.queries import grants
from funding.forms import monitoring as forms
from funding.models import Award, MonitoringReport
from funding.views.awards import GRANT_MANAGER
from funding.views.grant_drafts import GrantDraftPage
from innovation.core import clock
from innovation.core.formatting import format_deadline
from innovation.web import pages


class AskReport(pages.StepPage[Award, forms.AskReportForm]):
    policy = GRANT_MANAGER
    scope = policies.awards_for
    object_page = "funding:award-reports"
    title = "Ask for a report"
    form_class = forms.AskReportForm
    submit_label = "Ask for the report"
    success_message = "We have asked for the report"
    step = monitoring.ask


class HandIn(GrantDraftPage[MonitoringReport, forms.HandInForm]):
    scope = policies.monitoring_for
    form_class = forms.HandInForm
    submit_label = "Hand in the report"
    saved_message = "Your draft is saved. We cannot see it until you hand it in"

    def rows_in_scope(self) -> QuerySet[MonitoringReport]:
        own_awards = policies.own_awards(self.user)
        reports = super().rows_in_scope().filter(award__in=own_awards)
        return reports.select_related("award__bid", "award__lead", "award__round")

    def page_title(self) -> str:
        return f"Report on {self.object.period}"

    def form_options(self) -> dict[str, object]:
        outcomes = grants.measured_outcomes(self.object.award)
        return {**super().form_options(), "outcomes": outcomes}

    def facts(self) -> list[tuple[str, object]]:
        return [
            ("Period", self.object.period),
            ("Due by", format_deadline(self.object.due_on)),
        ]

    def perform(self, form: forms.HandInForm) -> pages.Destination:
        if form.is_draft:
            return self.save_draft(form)
        monitoring.hand_in(
            self.object,
            progress=form.cleaned_data["progress"],
            spent=form.cleaned_data["spent"],
            actuals=form.actuals(),
            **self.changed_files(form),
            by=self.user,
            at=clock.now(),
        )
        messages.success(self.request, "You have handed in the report")
        return self.back_url()

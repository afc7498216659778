"""Pages of monitoring reports: asked for by the manager, handed in by the holder."""

from django.db.models import QuerySet

from funding import policies
from funding.domain import monitoring
from funding.forms import monitoring as forms
from funding.models import Award, MonitoringReport
from funding.views.awards import GRANT_MANAGER
from funding.views.grants import GRANT_HOLDER, grant_url, require_may_bind
from innovation.core import clock
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


class HandIn(pages.FormPage[MonitoringReport, forms.HandInForm]):
    policy = GRANT_HOLDER
    scope = policies.monitoring_for
    title = "Hand in a report"
    form_class = forms.HandInForm
    submit_label = "Hand in the report"
    success_message = "You have handed in the report"

    def rows_in_scope(self) -> QuerySet[MonitoringReport]:
        own_awards = policies.own_awards(self.user)
        reports = super().rows_in_scope().filter(award__in=own_awards)
        return reports.select_related("award__bid")

    def page_title(self) -> str:
        return f"Report on {self.object.period}"

    def check(self) -> None:
        require_may_bind(self.user, self.object.award)

    def form_options(self) -> dict[str, object]:
        bid = self.object.award.bid
        return {"outcomes": list(bid.outcomes.all()) if bid else []}

    def back_url(self) -> str:
        return grant_url(self.object.award)

    def perform(self, form: forms.HandInForm) -> pages.Destination:
        monitoring.hand_in(
            self.object,
            progress=form.cleaned_data["progress"],
            actuals=form.actuals(),
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()

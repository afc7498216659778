"""Due diligence on a case."""

from functools import cached_property

from django.http import Http404

from bids.domain import due_diligence
from bids.domain.queries import due_diligence as queries
from bids.domain.queries.due_diligence import AreaFindings
from bids.forms.due_diligence import DueDiligenceForm
from bids.models import DueDiligenceArea, Expression
from bids.views.case_pages import CasePage
from bids.views.cases import CaseStep, whole_cases_in_scope
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages

RECORD = permission_required(*due_diligence.PERMISSIONS)


class CaseDueDiligence(CasePage[Expression]):
    """What was found in each area. The delivery partner does not read it."""

    policy = permission_required(Permission.READ_ALL_CASES)
    scope = staticmethod(whole_cases_in_scope)
    tab = "bids:case-due-diligence"
    tab_title = "Due diligence"
    template_name = "bids/department/case_due_diligence.html"

    def tab_context(self) -> dict[str, object]:
        case = self.object
        findings = queries.of_case(case.pk, case.round.due_diligence)
        return {
            "findings": findings,
            "missing": queries.blocking(findings),
            "may_write": RECORD.allows(self.user),
        }


class Record(CaseStep, pages.FormPage[Expression, DueDiligenceForm]):
    policy = RECORD
    object_page = "bids:case-due-diligence"
    template_name = "bids/department/record_due_diligence.html"
    form_class = DueDiligenceForm
    submit_label = "Save"
    success_message = "The due diligence was recorded"

    @cached_property
    def findings(self) -> AreaFindings:
        return queries.findings_of(self.object, self.kwargs["area"])

    def check(self) -> None:
        if self.kwargs["area"] not in DueDiligenceArea.values:
            raise Http404

    def page_title(self) -> str:
        return f"Due diligence: {self.findings.area.label}"

    def form_options(self) -> dict[str, object]:
        return {"case": self.object, "findings": self.findings}

    def context(self) -> dict[str, object]:
        return {"findings": self.findings}

    def perform(self, form: DueDiligenceForm) -> pages.Destination:
        due_diligence.add(
            self.object,
            area=self.findings.area,
            **form.cleaned_data,
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()

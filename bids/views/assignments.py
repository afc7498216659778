"""Pages for assigning people to a case."""

from bids.domain import assignments
from bids.forms.assignment import AssignForm, UnassignForm, current_assignments
from bids.models import Expression
from bids.views.cases import CaseStep
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import TooLate
from innovation.web import pages

ASSIGN = permission_required(Permission.ASSIGN)


class Assign(CaseStep, pages.StepPage[Expression, AssignForm]):
    policy = ASSIGN
    title = "Assign this case to somebody"
    form_class = AssignForm
    submit_label = "Assign the case"
    success_message = "The case was assigned"
    step = assignments.assign


class Unassign(CaseStep, pages.FormPage[Expression, UnassignForm]):
    policy = ASSIGN
    title = "Remove somebody from this case"
    form_class = UnassignForm
    submit_label = "Remove from the case"
    success_message = "They no longer look after the case"

    def check(self) -> None:
        if not current_assignments(self.object.pk).exists():
            raise TooLate("Nobody looks after this case.")

    def form_options(self) -> dict[str, object]:
        return {"case": self.object}

    def perform(self, form: UnassignForm) -> pages.Destination:
        assignments.end(form.cleaned_data["assignment"], by=self.user, at=clock.now())
        return self.back_url()

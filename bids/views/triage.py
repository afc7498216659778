"""Pages for the department's steps of an expression of interest."""

from django.urls import reverse

from bids.domain import assignments, clarifications, expressions
from bids.forms import triage as forms
from bids.models import Clarification, Expression
from bids.states import EXPRESSION
from bids.views import messages
from bids.views.cases import cases_in_scope, snapshots_in_scope
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import TooLate
from innovation.web import pages

TRIAGE = permission_required(Permission.TRIAGE)
ASSIGN = permission_required(Permission.ASSIGN)
DEVELOP = permission_required(Permission.DEVELOP)


class _CasePage(pages.Page[Expression]):
    scope = staticmethod(cases_in_scope)
    object_page = "bids:case"


class TakeForward(_CasePage, pages.ActionPage[Expression]):
    policy = TRIAGE
    title = "Take this expression of interest forward"
    explanation = (
        "A bid is created with the applicant’s answers, and they get a letter. "
        "A seed grant goes to the approver."
    )
    submit_label = "Take forward"
    success_message = "The expression of interest was taken forward"

    def check(self) -> None:
        EXPRESSION.next("take_forward", self.object.state)

    def perform(self) -> pages.Destination:
        bid = expressions.take_forward(self.object, by=self.user, at=clock.now())
        return reverse("bids:bid", args=[bid.key])


class AskClarification(_CasePage, pages.StepPage[Expression, forms.ClarificationForm]):
    policy = TRIAGE
    title = "Ask the applicant a question"
    form_class = forms.ClarificationForm
    submit_label = "Send the question"
    success_message = "The question was sent"
    step = clarifications.ask

    def check(self) -> None:
        EXPRESSION.next("ask", self.object.state)


class _ClarificationPage(_CasePage):
    """The base of pages about the open clarification."""

    policy = TRIAGE
    clarification: Clarification

    def check(self) -> None:
        self.clarification = clarifications.open_clarification(self.object)

    def context(self) -> dict[str, object]:
        return {"clarification": self.clarification}


class ChangeClarificationDate(
    _ClarificationPage, pages.EditPage[Expression, forms.ClarificationDateForm]
):
    template_name = "bids/department/change_clarification_date.html"
    title = "Change the date to answer by"
    form_class = forms.ClarificationDateForm
    submit_label = "Change the date"
    success_message = "The date was changed, and the applicant gets a letter"

    def lock(self) -> None:
        self.clarification = clarifications.lock(self.clarification)

    def saved_values(self) -> dict[str, object]:
        return {"due_on": self.clarification.due_on}

    def perform(self, form: forms.ClarificationDateForm) -> pages.Destination:
        clarifications.redate(
            self.clarification, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back_url()


class TakeBackClarification(_ClarificationPage, pages.ActionPage[Expression]):
    template_name = "bids/department/take_back_clarification.html"
    title = "Take the question back"
    explanation = (
        "The applicant is told that no answer is needed, and you can go on with the "
        "expression of interest. The question stays to be read."
    )
    submit_label = "Take the question back"
    success_message = "The question was taken back"

    def perform(self) -> pages.Destination:
        clarifications.take_back(self.clarification, by=self.user, at=clock.now())
        return self.back_url()


class Decline(_CasePage, pages.FormPage[Expression, forms.FeedbackForm]):
    policy = TRIAGE
    title = "Decline this expression of interest"
    form_class = forms.FeedbackForm
    submit_label = "Decline"
    success_message = "The expression of interest was declined"

    def check(self) -> None:
        EXPRESSION.next("decline", self.object.state)

    def form_options(self) -> dict[str, object]:
        return {"case": self.object}

    def perform(self, form: forms.FeedbackForm) -> pages.Destination:
        expressions.decline(
            self.object,
            feedback=form.feedback(),
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()


class Merge(_CasePage, pages.StepPage[Expression, forms.MergeForm]):
    policy = TRIAGE
    title = "Merge this expression of interest into another"
    form_class = forms.MergeForm
    submit_label = "Merge"
    success_message = "The expression of interest was merged"
    step = expressions.merge

    def check(self) -> None:
        EXPRESSION.next("merge", self.object.state)

    def form_options(self) -> dict[str, object]:
        return {"user": self.user}


class Assign(_CasePage, pages.StepPage[Expression, forms.AssignForm]):
    policy = ASSIGN
    title = "Assign this case to somebody"
    form_class = forms.AssignForm
    submit_label = "Give the case"
    success_message = "The case was given"
    step = assignments.assign


class Unassign(_CasePage, pages.FormPage[Expression, forms.UnassignForm]):
    policy = ASSIGN
    title = "Remove somebody from this case"
    form_class = forms.UnassignForm
    submit_label = "Take the case"
    success_message = "The case was taken from them"

    def check(self) -> None:
        if not forms.current_assignments(self.object).exists():
            raise TooLate("Nobody is assigned to this case.")

    def form_options(self) -> dict[str, object]:
        return {"case": self.object}

    def perform(self, form: forms.UnassignForm) -> pages.Destination:
        assignments.end(form.cleaned_data["assignment"], by=self.user, at=clock.now())
        return self.back_url()


class WriteMessage(_CasePage, messages.WriteMessage):
    policy = DEVELOP
    scope = staticmethod(snapshots_in_scope)
    conversation = messages.conversation_with_applicant


class SettleMessages(_CasePage, messages.SettleMessages):
    policy = DEVELOP
    scope = staticmethod(snapshots_in_scope)
    conversation = messages.conversation_with_applicant

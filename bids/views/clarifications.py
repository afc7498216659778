"""Questions to an applicant about an expression of interest, and the answers."""

from bids import policies
from bids.domain import clarifications
from bids.forms.clarification import (
    AnswerForm,
    ClarificationDateForm,
    ClarificationForm,
)
from bids.models import Clarification, Expression
from bids.states import EXPRESSION
from bids.views.applicant_pages import APPLY
from bids.views.cases import CaseStep
from bids.views.expressions import TRIAGE
from bids.views.own_expressions import expression_url, own_expressions
from innovation.core import clock
from innovation.web import pages


class AskClarification(CaseStep, pages.StepPage[Expression, ClarificationForm]):
    policy = TRIAGE
    title = "Ask the applicant a question"
    form_class = ClarificationForm
    submit_label = "Send the question"
    success_message = "The question was sent"
    step = clarifications.ask

    def check(self) -> None:
        EXPRESSION.next("ask", self.object.state)


class _ClarificationPage(CaseStep):
    """Of the one that waits for its answer."""

    policy = TRIAGE
    clarification: Clarification

    def check(self) -> None:
        self.clarification = clarifications.open_clarification(self.object)

    def context(self) -> dict[str, object]:
        return {"clarification": self.clarification}


class ChangeClarificationDate(
    _ClarificationPage, pages.EditPage[Expression, ClarificationDateForm]
):
    template_name = "bids/department/change_clarification_date.html"
    title = "Change the date to answer by"
    form_class = ClarificationDateForm
    submit_label = "Change the date"
    success_message = "The date was changed, and we have written to the applicant"

    def lock(self) -> None:
        self.clarification = clarifications.lock(self.clarification)

    def saved_values(self) -> dict[str, object]:
        return {"due_on": self.clarification.due_on}

    def perform(self, form: ClarificationDateForm) -> pages.Destination:
        clarifications.redate(
            self.clarification, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back_url()


class TakeBackClarification(_ClarificationPage, pages.ActionPage[Expression]):
    template_name = "bids/department/take_back_clarification.html"
    title = "Take the question back"
    explanation = (
        "We will tell the applicant that no answer is needed, and you can continue "
        "with the expression of interest. They can still read the question."
    )
    submit_label = "Take the question back"
    success_message = "The question was taken back"

    def perform(self) -> pages.Destination:
        clarifications.take_back(self.clarification, by=self.user, at=clock.now())
        return self.back_url()


class AnswerClarification(pages.FormPage[Expression, AnswerForm]):
    policy = APPLY
    scope = staticmethod(own_expressions)
    template_name = "bids/applicant/answer_clarification.html"
    title = "Answer our question"
    form_class = AnswerForm
    submit_label = "Send the answer"
    success_message = "Your answer was sent"

    def check(self) -> None:
        policies.require_edit(self.user, self.object.lead)
        EXPRESSION.next("answer", self.object.state)
        self.clarification = clarifications.open_clarification(self.object)

    def back_url(self) -> str:
        return expression_url(self.object)

    def context(self) -> dict[str, object]:
        return {"clarification": self.clarification}

    def perform(self, form: AnswerForm) -> pages.Destination:
        clarifications.answer(
            self.clarification, **form.cleaned_data, by=self.user, at=self.arrived_at
        )
        return expression_url(self.object)

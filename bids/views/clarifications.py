"""Questions to an applicant about an expression of interest, and the answers."""

from typing import Any

from django.contrib import messages

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


class AskClarification(CaseStep, pages.FormPage[Expression, ClarificationForm]):
    policy = TRIAGE
    title = "Ask the applicant questions"
    form_class = ClarificationForm
    submit_label = "Send the questions"
    success_message = "The questions were sent"

    def form_options(self) -> dict[str, Any]:
        return {"about": clarifications.questions_to_ask_about(self.object)}

    def perform(self, form: ClarificationForm) -> pages.Destination:
        clarifications.ask(
            self.object,
            questions=form.questions(),
            due_on=form.cleaned_data["due_on"],
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()

    def check(self) -> None:
        EXPRESSION.next("ask", self.object.state)


class _ClarificationPage(CaseStep):
    """A page about the question that is waiting for an answer."""

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
    success_message = "The date was changed, and we have told the applicant"

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
        "We tell the applicant that you need no answer, and you can carry on with the "
        "expression of interest. You can both still read the question."
    )
    submit_label = "Take the question back"
    success_message = "The question was taken back"

    def perform(self) -> pages.Destination:
        clarifications.take_back(self.clarification, by=self.user, at=clock.now())
        return self.back_url()


class AnswerClarification(pages.EditPage[Expression, AnswerForm]):
    """All questions are answered together, in any order: what was typed can be saved
    first.
    """

    policy = APPLY
    scope = staticmethod(own_expressions)
    template_name = "bids/applicant/answer_clarification.html"
    title = "Answer our questions"
    form_class = AnswerForm
    submit_label = "Send the answers"
    confirms_unchanged = True
    clarification: Clarification

    def check(self) -> None:
        policies.require_edit(self.user, self.object.lead)
        EXPRESSION.next("answer", self.object.state)
        self.clarification = clarifications.open_clarification(self.object)

    def back_url(self) -> str:
        return expression_url(self.object)

    def lock(self) -> None:
        self.clarification = clarifications.lock(self.clarification)

    def form_options(self) -> dict[str, Any]:
        return {"clarification": self.clarification}

    def saved_values(self) -> dict[str, object]:
        return {
            clarifications.answer_name(question.number): question.draft
            for question in self.clarification.questions.all()
        } or {clarifications.answer_name(0): ""}

    def context(self) -> dict[str, object]:
        numbers = clarifications.numbers_of(self.clarification)
        return {
            "clarification": self.clarification,
            "is_one": len(numbers) == 1,
            "may_save": numbers != [0],
        }

    def perform(self, form: AnswerForm) -> pages.Destination:
        if "save" in self.request.POST:
            clarifications.save_drafts(
                self.clarification,
                answers=form.answers(),
                by=self.user,
                at=clock.now(),
            )
            messages.success(self.request, "Your answers are saved, and not yet sent")
            return self.request.path
        clarifications.answer(
            self.clarification,
            answers=form.answers(),
            by=self.user,
            at=self.arrived_at,
        )
        messages.success(self.request, "Your answers were sent")
        return expression_url(self.object)

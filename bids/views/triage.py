"""What can be done with an expression of interest, each on a page of its own."""

from typing import Any

from django.urls import reverse

from bids.domain import assignments, clarifications, expressions
from bids.forms import triage as forms
from bids.models import Clarification
from bids.states import EXPRESSION
from bids.views import messages
from bids.views.cases import in_reach, sheets_in_reach
from innovation.accounts.page_access import may
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import TooLate
from innovation.web import pages

TRIAGE = may(Permission.TRIAGE)
ASSIGN = may(Permission.ASSIGN)
DEVELOP = may(Permission.DEVELOP)


class _OfCase(pages.Page):
    scope = staticmethod(in_reach)

    def back(self) -> str:
        return reverse("bids:case", args=[self.object.key])


class TakeForward(_OfCase, pages.ActionPage):
    policy = TRIAGE
    title = "Take this expression of interest forward"
    explanation = (
        "A bid is opened, filled with what the applicant has said, and they are told. "
        "A seed grant goes to the approver."
    )
    submit = "Take forward"
    done = "The expression of interest was taken forward"

    def check(self) -> None:
        EXPRESSION.next("take_forward", self.object.state)

    def perform(self) -> pages.Destination:
        bid = expressions.take_forward(self.object, by=self.user, at=clock.now())
        return reverse("bids:bid", args=[bid.key])


class Ask(_OfCase, pages.FormPage):
    policy = TRIAGE
    title = "Ask the applicant a question"
    form_class = forms.AskForm
    submit = "Send the question"
    done = "The question was sent"

    def check(self) -> None:
        EXPRESSION.next("ask", self.object.state)

    def perform(self, form: Any) -> pages.Destination:
        clarifications.ask(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back()


class _OfQuestion(_OfCase):
    """Of the one that waits for its answer."""

    policy = TRIAGE
    asked: Clarification

    def check(self) -> None:
        self.asked = clarifications.open_one(self.object)

    def context(self) -> dict[str, Any]:
        return {"asked": self.asked}


class Redate(_OfQuestion, pages.EditPage):
    template_name = "bids/department/redate.html"
    title = "Change the date to answer by"
    form_class = forms.RedateForm
    submit = "Change the date"
    done = "The date was changed, and the applicant is told"

    def lock(self) -> None:
        self.asked = clarifications.lock(self.asked)

    def saved(self) -> dict[str, Any]:
        return {"due_on": self.asked.due_on}

    def perform(self, form: Any) -> pages.Destination:
        clarifications.redate(
            self.asked, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back()


class TakeBack(_OfQuestion, pages.ActionPage):
    template_name = "bids/department/take_back.html"
    title = "Take the question back"
    explanation = (
        "The applicant is told that no answer is needed, and you can go on with the "
        "expression of interest. The question stays to be read."
    )
    submit = "Take the question back"
    done = "The question was taken back"

    def perform(self) -> pages.Destination:
        clarifications.take_back(self.asked, by=self.user, at=clock.now())
        return self.back()


class Decline(_OfCase, pages.FormPage):
    policy = TRIAGE
    title = "Decline this expression of interest"
    form_class = forms.FeedbackForm
    submit = "Decline"
    done = "The expression of interest was declined"

    def check(self) -> None:
        EXPRESSION.next("decline", self.object.state)

    def form_options(self) -> dict[str, Any]:
        return {"case": self.object}

    def perform(self, form: Any) -> pages.Destination:
        expressions.decline(
            self.object,
            feedback=form.feedback(),
            by=self.user,
            at=clock.now(),
        )
        return self.back()


class Merge(_OfCase, pages.FormPage):
    policy = TRIAGE
    title = "Merge this expression of interest into another"
    form_class = forms.MergeForm
    submit = "Merge"
    done = "The expression of interest was merged"

    def check(self) -> None:
        EXPRESSION.next("merge", self.object.state)

    def form_options(self) -> dict[str, Any]:
        return {"user": self.user}

    def perform(self, form: Any) -> pages.Destination:
        expressions.merge(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back()


class Assign(_OfCase, pages.FormPage):
    policy = ASSIGN
    title = "Give this case to somebody"
    form_class = forms.AssignForm
    submit = "Give the case"
    done = "The case was given"

    def perform(self, form: Any) -> pages.Destination:
        assignments.assign(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back()


class Unassign(_OfCase, pages.FormPage):
    policy = ASSIGN
    title = "Take this case from somebody"
    form_class = forms.UnassignForm
    submit = "Take the case"
    done = "The case was taken from them"

    def check(self) -> None:
        if not forms.current(self.object).exists():
            raise TooLate("Nobody looks after this case.")

    def form_options(self) -> dict[str, Any]:
        return {"case": self.object}

    def perform(self, form: Any) -> pages.Destination:
        assignments.end(form.cleaned_data["assignment"], by=self.user, at=clock.now())
        return self.back()


class Write(_OfCase, messages.Write):
    policy = DEVELOP
    scope = staticmethod(sheets_in_reach)
    read = messages.with_applicant


class Settle(_OfCase, messages.Settle):
    policy = DEVELOP
    scope = staticmethod(sheets_in_reach)
    read = messages.with_applicant

"""Pages of reconsiderations: asked for by an applicant, answered by an official."""

from django.db.models import QuerySet
from django.urls import reverse

from bids import policies
from bids.domain import reconsiderations
from bids.domain.applications import Case
from bids.forms.reconsideration import AnswerForm, AskForm
from bids.models import Bid, Expression, Reconsideration
from bids.views.applicant_pages import ApplicantCasePage
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages

TRIAGE = permission_required(Permission.TRIAGE)


class Ask(ApplicantCasePage, pages.FormPage[Case, AskForm]):
    title = "Ask us to look at the decision again"
    template_name = "bids/applicant/ask_reconsideration.html"
    form_class = AskForm
    submit_label = "Ask us to look again"
    success_message = "You have asked us to look at the decision again"

    def check(self) -> None:
        policies.require_edit(self.user, self.object.lead)
        self.decline = reconsiderations.require_askable(self.object, self.arrived_at)

    def context(self) -> dict[str, object]:
        return {"last_day": self.decline.last_day}

    def perform(self, form: AskForm) -> pages.Destination:
        reconsiderations.ask(
            self.object, **form.cleaned_data, by=self.user, at=self.arrived_at
        )
        return self.back_url()


def in_scope(user: User) -> QuerySet[Reconsideration]:
    return policies.reconsiderations_for(user).select_related(
        "expression__lead",
        "expression__round",
        "expression__chain",
        "bid__lead",
        "bid__round",
        "bid__chain",
        "bid__expression",
        "asked_by",
        "declined_by",
    )


class Waiting(pages.ListPage[Reconsideration]):
    """Those that the reader may answer, the oldest first."""

    policy = TRIAGE
    title = "Decisions to look at again"
    template_name = "bids/department/reconsiderations.html"
    ordering = ("asked_at", "id")

    @staticmethod
    def scope(user: User) -> QuerySet[Reconsideration]:
        return policies.reconsiderations_to_answer(user)

    def rows_in_scope(self) -> QuerySet[Reconsideration]:
        related = ("expression__lead", "bid__lead", "declined_by")
        return super().rows_in_scope().select_related(*related)


class Answer(pages.FormPage[Reconsideration, AnswerForm]):
    policy = TRIAGE
    scope = staticmethod(in_scope)
    title = "Look at the decision again"
    template_name = "bids/department/answer_reconsideration.html"
    form_class = AnswerForm
    submit_label = "Send the answer"
    success_message = "The answer was sent"

    def check(self) -> None:
        reconsiderations.require_may_answer(self.object, self.user)

    def back_url(self) -> str:
        return department_url(self.object.case)

    def context(self) -> dict[str, object]:
        case = self.object.case
        feedback = case.feedback.filter(reconsideration=None)
        return {"case": case, "feedback": feedback.select_related("criterion")}

    def perform(self, form: AnswerForm) -> pages.Destination:
        is_upheld = form.cleaned_data["answer"] == "uphold"
        step = reconsiderations.uphold if is_upheld else reconsiderations.overturn
        reasons = form.cleaned_data["reasons"]
        step(self.object, reasons=reasons, by=self.user, at=clock.now())
        return self.back_url()


def department_url(case: Expression | Bid) -> str:
    page = "bid" if isinstance(case, Bid) else "case"
    return reverse(f"bids:{page}", args=[case.key])

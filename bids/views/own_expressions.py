"""Pages of an applicant's own expressions: start, fill in, send, answer, withdraw."""

from datetime import datetime
from typing import Any, Never

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from bids import cards, policies
from bids.domain import completeness, expressions, lateness
from bids.domain.lateness import LateSubmission
from bids.domain.queries import case_snapshot, own_cases, summaries
from bids.domain.sections import is_on_one_page, sections_of
from bids.forms import application as forms
from bids.forms.expression import StartAgainForm, StartForm
from bids.models import Expression
from bids.models.round import Route
from bids.states import EXPRESSION, ExpressionState
from bids.views import (
    answer_versions,
    applications,
    briefings,
    case_documents,
    copies,
    messages,
    partners,
    reconsiderations,
    sections,
    seed_grants,
    signature_requests,
    signatures,
)
from bids.views.applicant_pages import APPLY, ApplicantCasePage
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.errors import TooLate
from innovation.core.nulls import without_nulls
from innovation.web import pages


def own_expressions(user: User) -> QuerySet[Expression]:
    return policies.own_expressions(user).select_related("round", "lead")


def own_snapshots(user: User) -> QuerySet[Expression]:
    return case_snapshot.expressions_with_snapshot(policies.own_expressions(user))


def expression_url(expression: Expression, page: str = "expression") -> str:
    return reverse(f"bids:{page}", args=[expression.key])


class OwnCases(pages.ListPage[Expression]):
    """A card for each case, the newest first."""

    policy = APPLY
    scope = staticmethod(own_cases.own_cases)
    ordering = ("-started_at", "key")
    template_name = "bids/applicant/cases.html"
    title = "Your expressions of interest and bids"

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        return super().show(
            status, cards=cards.cards(more["rows"], self.user, clock.now()), **more
        )


class Start(pages.FormPage[Never, StartForm]):
    policy = APPLY
    back = "bids:own-cases"
    template_name = "bids/applicant/start_expression.html"
    title = "Start an expression of interest"
    form_class = StartForm

    def initial(self) -> dict[str, object]:
        own = list(policies.leads_for(self.user)[:2])
        return {
            "round": self.request.GET.get("round", ""),
            "lead": own[0].key if len(own) == 1 else "",
        }

    def form_options(self) -> dict[str, object]:
        return {"user": self.user, "at": clock.now()}

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """A user without an organisation is redirected to join one, and back."""
        if policies.leads_for(self.user).exists():
            asked_for = without_nulls(request.GET.get("round", ""))
            if seed_grants.seed_rounds(self.user).filter(key=asked_for).exists():
                return redirect("bids:start-seed", asked_for)
            return super().get(request, **kwargs)
        context = {
            "title": "First tell us who you work for",
            "back_url": self.back_url(),
            "membership_requests": self.user.memberships.filter(
                confirmed_at__isnull=True
            ).select_related("organisation"),
            "next_query": urlencode({"next": request.get_full_path()}),
        }
        return render(request, "bids/applicant/join_organisation_first.html", context)

    def perform(self, form: StartForm) -> pages.Destination:
        return expression_url(
            expressions.start(**form.cleaned_data, by=self.user, at=self.arrived_at)
        )


class StartAgain(pages.FormPage[Expression, StartAgainForm]):
    policy = APPLY
    scope = staticmethod(own_expressions)
    title = "Start a new expression of interest from this one"
    form_class = StartAgainForm
    success_message = "We have copied the answers that still apply. Check each section"

    def check(self) -> None:
        policies.require_edit(self.user, self.object.lead)
        expressions.require_restartable(self.object, self.arrived_at)

    def back_url(self) -> str:
        return expression_url(self.object)

    def form_options(self) -> dict[str, object]:
        return {"user": self.user, "at": self.arrived_at}

    def perform(self, form: StartAgainForm) -> pages.Destination:
        draft = expressions.restart(
            self.object, **form.cleaned_data, by=self.user, at=self.arrived_at
        )
        return expression_url(draft)


class Detail(pages.DetailPage[Expression]):
    """The task list of a draft; after submission, its status and answers."""

    policy = APPLY
    scope = staticmethod(own_snapshots)
    back = "bids:own-cases"

    def get_template_name(self) -> str:
        draft = self.object.state == ExpressionState.DRAFT
        name = "expression_tasks" if draft else "expression"
        return f"bids/applicant/{name}.html"

    def page_title(self) -> str:
        return str(self.object.title)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page with all questions of a seed grant, for whoever may fill it in."""
        if is_on_one_page(self.object) and policies.may_write(self.user, self.object):
            [section] = sections_of(self.object)
            return redirect("bids:expression-section", self.object.key, section.slug)
        return self.show()

    def context(self) -> dict[str, object]:
        is_draft = self.object.state == ExpressionState.DRAFT
        context = applications.own_case_context(
            self.object, self.user, EXPRESSION, "expression", with_record=not is_draft
        )
        if is_draft:
            return context | self._tasks()
        return context | {"groups": summaries.groups(self.object)}

    def _tasks(self) -> dict[str, object]:
        problems = completeness.problems(self.object, clock.now())
        ends_at = lateness.closing_time_for(self.object.round, self.object.lead)
        has_closed = ends_at is not None and clock.now() > ends_at
        return {
            "tasks": sections.tasks(self.object, problems, "expression", self.user),
            "check_url": expression_url(self.object, "expression-check"),
            "is_complete": not problems,
            **signatures.signature_context(self.object, self.user, "expression"),
            "ends_at": ends_at,
            **(_late_context(self.object, ends_at) if has_closed else {}),
        }


def closed_round_context(draft: Expression) -> dict[str, object]:
    """What the notice about a closed round says; empty while the draft can be sent."""
    closed_at = lateness.closed_at(draft.round, draft.lead, clock.now())
    return {} if closed_at is None else _late_context(draft, closed_at)


def _late_context(draft: Expression, closed_at: datetime | None) -> dict[str, object]:
    """When it closed, and the receipt if somebody tried to send it since."""
    return {"closed_at": closed_at, "late_attempt": draft.late_attempts.first()}


class _ExpressionPage(ApplicantCasePage):
    object: Expression
    scope = staticmethod(own_snapshots)
    url_name = "expression"


class SectionPage(_ExpressionPage, seed_grants.SectionPage):
    """One section of a draft."""

    def context(self) -> dict[str, object]:
        return super().context() | closed_round_context(self.object)


class EditConflict(_ExpressionPage, answer_versions.EditConflict): ...


class Versions(_ExpressionPage, answer_versions.Versions): ...


class Restore(_ExpressionPage, answer_versions.Restore): ...


class Files(_ExpressionPage, case_documents.Files): ...


class AddPartner(_ExpressionPage, partners.AddPartner): ...


class Sign(_ExpressionPage, signatures.Sign): ...


class SignOffPage(_ExpressionPage, signature_requests.SignOffPage): ...


class AskToSign(_ExpressionPage, signature_requests.AskToSign): ...


class DeclineToSign(_ExpressionPage, signature_requests.DeclineToSign): ...


class Copy(_ExpressionPage, copies.Copy): ...


class AskReconsideration(_ExpressionPage, reconsiderations.Ask): ...


class Summary(_ExpressionPage, briefings.Summary): ...


class SummaryDownload(_ExpressionPage, briefings.SummaryDownload): ...


class Check(_ExpressionPage, applications.Check):
    title = "Check your answers and send"
    states = EXPRESSION

    def context(self) -> dict[str, object]:
        return super().context() | closed_round_context(self.object)

    def perform(self, form: forms.SendForm) -> pages.Destination:
        try:
            expressions.submit(self.object, by=self.user, at=self.arrived_at)
        except LateSubmission:
            return self.address("-late")
        return self.address("-sent")


class Withdraw(_ExpressionPage, applications.Withdraw):
    title = "Withdraw this expression of interest"
    success_message = "The expression of interest was withdrawn"
    states = EXPRESSION
    step = expressions.withdraw


class AskToWithdraw(_ExpressionPage, applications.AskToWithdraw):
    states = EXPRESSION


class WriteMessage(_ExpressionPage, messages.WriteMessage):
    conversation = messages.conversation_with_department


class SettleMessages(_ExpressionPage, messages.SettleMessages):
    conversation = messages.conversation_with_department


class SentConfirmation(pages.DetailPage[Expression]):
    policy = APPLY
    scope = staticmethod(own_expressions)
    template_name = "bids/applicant/expression_sent.html"
    title = "Expression of interest sent"

    def page_title(self) -> str:
        is_seed = self.object.round.route == Route.SEED
        return "Seed grant application sent" if is_seed else self.title

    def check(self) -> None:
        if self.object.submitted_at is None:
            raise TooLate("This expression of interest was not sent.")

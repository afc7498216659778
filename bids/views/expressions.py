"""The department's steps of an expression of interest, each on its own page."""

from functools import cached_property

from django.urls import reverse

from bids.domain import expressions
from bids.domain.queries.flags import Concern, concerns
from bids.forms import expression as forms
from bids.forms.feedback import FeedbackForm
from bids.forms.flag import TakeForwardForm
from bids.models import Expression
from bids.states import EXPRESSION
from bids.views import listed_cases, messages
from bids.views.cases import CaseStep, snapshots_in_scope
from bids.views.feedback_drafts import prepared_texts
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages

TRIAGE = permission_required(Permission.TRIAGE)
DEVELOP = permission_required(Permission.DEVELOP)


class TakeForward(CaseStep, pages.FormPage[Expression, TakeForwardForm]):
    policy = TRIAGE
    title = "Take this expression of interest forward"
    template_name = "bids/department/take_expression_forward.html"
    form_class = TakeForwardForm
    submit_label = "Take forward"
    success_message = "The expression of interest was taken forward"

    def check(self) -> None:
        EXPRESSION.next("take_forward", self.object.state)

    @cached_property
    def concerns(self) -> list[Concern]:
        return concerns(self.object.pk)

    def form_options(self) -> dict[str, object]:
        return {"has_concerns": bool(self.concerns)}

    def context(self) -> dict[str, object]:
        return {"concerns": self.concerns}

    def perform(self, form: TakeForwardForm) -> pages.Destination:
        bid = expressions.take_forward(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )
        query = listed_cases.query_of(self.request)
        return f"{reverse('bids:bid', args=[bid.key])}{query}"


class Decline(CaseStep, pages.FormPage[Expression, FeedbackForm]):
    policy = TRIAGE
    title = "Decline this expression of interest"
    form_class = FeedbackForm
    submit_label = "Decline"
    success_message = "The expression of interest was declined"

    def check(self) -> None:
        EXPRESSION.next("decline", self.object.state)

    def form_options(self) -> dict[str, object]:
        return {"case": self.object}

    def initial(self) -> dict[str, object]:
        """What was prepared, which declining replaces."""
        return prepared_texts(self.object)

    def perform(self, form: FeedbackForm) -> pages.Destination:
        expressions.decline(
            self.object,
            feedback=form.feedback(),
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()


class Merge(CaseStep, pages.StepPage[Expression, forms.MergeForm]):
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


class WriteMessage(CaseStep, messages.WriteMessage):
    policy = DEVELOP
    object_page = "bids:case-messages"
    scope = staticmethod(snapshots_in_scope)
    conversation = messages.conversation_with_applicant


class SettleMessages(CaseStep, messages.SettleMessages):
    policy = DEVELOP
    object_page = "bids:case-messages"
    scope = staticmethod(snapshots_in_scope)
    conversation = messages.conversation_with_applicant

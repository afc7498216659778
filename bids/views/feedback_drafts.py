"""The page on which officials prepare feedback before they decline a case."""

from bids.domain import expressions, feedback_drafts
from bids.forms.batch import FeedbackDraftForm
from bids.models import Expression
from bids.states import EXPRESSION
from bids.views.cases import CaseStep
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages


def prepared_texts(case: Expression) -> dict[str, object]:
    """By the field of the criterion."""
    texts = feedback_drafts.texts_of(case)
    return {f"criterion_{pk}": text for pk, text in texts.items()}


class PrepareFeedback(CaseStep, pages.EditPage[Expression, FeedbackDraftForm]):
    policy = permission_required(Permission.TRIAGE)
    title = "Prepare feedback"
    template_name = "bids/department/prepare_feedback.html"
    form_class = FeedbackDraftForm
    submit_label = "Save the feedback"
    success_message = "The feedback is saved, and not yet sent"

    def check(self) -> None:
        EXPRESSION.next("decline", self.object.state)

    def form_options(self) -> dict[str, object]:
        return {"case": self.object}

    def lock(self) -> None:
        self.object = expressions.lock(self.object)

    def saved_values(self) -> dict[str, object]:
        return prepared_texts(self.object)

    def perform(self, form: FeedbackDraftForm) -> pages.Destination:
        feedback_drafts.save(
            self.object, texts=form.feedback(), by=self.user, at=clock.now()
        )
        return self.back_url()

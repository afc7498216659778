"""Pages for commenting on an answer of a bid, and for marking a comment as done."""

from django.http import Http404
from django.urls import reverse

from bids import policies
from bids.domain import bids, comments, question_types, sections, standard_questions
from bids.domain.queries import case_snapshot
from bids.forms.comment import CommentForm
from bids.models import Bid, Comment
from bids.views import answers
from bids.views.applicant_pages import APPLY
from bids.views.bids import snapshots_in_scope
from innovation.accounts.domain.queries.people import names_by_key
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages


class AddComment(pages.FormPage[Bid, CommentForm]):
    """A comment on one answer, for those who write the bid."""

    policy = permission_required(Permission.DEVELOP)
    scope = staticmethod(snapshots_in_scope)
    object_page = "bids:bid"
    title = "Comment on an answer"
    form_class = CommentForm
    template_name = "bids/department/comment.html"
    submit_label = "Comment"
    success_message = "Your comment was added"

    def check(self) -> None:
        policies.require(self.user, Permission.DEVELOP, self.object.expression)
        bids.require_writable(self.object)
        questions = standard_questions.questions_of(self.object)
        code = self.kwargs["question_code"]
        question = next((row for row in questions if row.code == code), None)
        if question is None:
            raise Http404
        self.question = question

    def context(self) -> dict[str, object]:
        return {
            "question": self.question,
            "answer": question_types.answer_text(self.question, self.object),
            "comments": answers.notes_by_code(self.object, names_by_key)[
                self.question.code
            ].comments,
        }

    def perform(self, form: CommentForm) -> pages.Destination:
        comments.add(
            self.object,
            code=self.kwargs["question_code"],
            **form.cleaned_data,
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()


class _Finish(pages.ActionPage[Comment]):
    template_name = "bids/finish_comment.html"
    title = "Mark this comment as done"
    submit_label = "Mark as done"
    success_message = "The comment is marked as done"
    step = comments.finish

    def check(self) -> None:
        comments.require_open(self.object, self.user)


class FinishOwn(_Finish):
    policy = APPLY
    scope = staticmethod(policies.own_comments)

    def back_url(self) -> str:
        """The section of the question, or the bid if it is no longer applicable."""
        bid = self.object.bid
        for question in standard_questions.questions_of(
            case_snapshot.with_snapshot(bid)
        ):
            if question.code == self.object.code:
                place = [bid.key, sections.slug_of(question)]
                return reverse("bids:own-bid-section", args=place)
        return reverse("bids:own-bid", args=[bid.key])


class Finish(_Finish):
    policy = permission_required(Permission.DEVELOP)
    scope = staticmethod(policies.working_comments)

    def back_url(self) -> str:
        return reverse("bids:bid", args=[self.object.bid.key])

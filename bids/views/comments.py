"""The comments beside the answers of a bid, as they are read, and marked as done."""

from django.urls import reverse

from bids import policies
from bids.domain import comments, sections, standard_questions
from bids.domain.queries import case_snapshot
from bids.models import Comment
from bids.views.applicant_pages import APPLY
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.web import pages


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
        """To the section where the question is, unless it is no longer asked."""
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

"""The department's pages of a bid."""

from django.db.models import QuerySet
from django.urls import reverse

from bids import actions, policies
from bids.domain import bids
from bids.domain.queries import case_snapshot, summaries
from bids.domain.sections import Section
from bids.forms.bid import ReturnForm
from bids.models import Bid, Question
from bids.states import BID
from bids.views import answers
from bids.views.case_pages import CasePage, assessments_of, facts_beside_answers
from innovation.accounts.domain.queries.people import names_by_key
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.web import pages


def bids_in_scope(user: User) -> QuerySet[Bid]:
    return policies.working_bids(user).select_related(
        "round", "lead", "chain", "expression"
    )


def snapshots_in_scope(user: User) -> QuerySet[Bid]:
    return case_snapshot.bids_with_snapshot(policies.working_bids(user))


class Detail(CasePage[Bid]):
    """What the bid says, with the comments, and what was known of its councils."""

    scope = staticmethod(snapshots_in_scope)
    tab = "bids:bid"
    tab_title = "Bid"
    template_name = "bids/department/bid.html"

    def tab_context(self) -> dict[str, object]:
        bid = self.object
        return {
            "actions": actions.bid_actions(self.user, bid, assessments_of(bid)),
            "groups": summaries.groups(
                bid, self._comment_link(), answers.summary_notes(bid, names_by_key)
            ),
            **facts_beside_answers(bid, self.user),
        }

    def _comment_link(self) -> summaries.Link | None:
        """A comment link beside each answer of a bid that is being written."""
        case = self.object
        if case.state not in bids.WRITABLE:
            return None
        if not policies.may(self.user, Permission.DEVELOP, case.expression):
            return None

        def link(section: Section, question: Question) -> tuple[str, str]:
            address = reverse("bids:bid-comment", args=[case.key, question.code])
            return address, "Comment"

        return link


class Return(pages.StepPage[Bid, ReturnForm]):
    policy = permission_required(Permission.DEVELOP)
    scope = staticmethod(bids_in_scope)
    object_page = "bids:bid"
    title = "Return this bid to the applicant"
    form_class = ReturnForm
    submit_label = "Return the bid"
    success_message = "The bid was returned"
    step = bids.send_back

    def check(self) -> None:
        BID.next("return", self.object.state)

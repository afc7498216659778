"""The department's pages of a bid."""

from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse

from bids import actions, policies
from bids.case_navigation import case_navigation
from bids.domain import bids, partners
from bids.domain.queries import (
    assessments,
    case_councils,
    case_snapshot,
    history,
    summaries,
)
from bids.domain.sections import Section
from bids.forms.bid import ReturnForm
from bids.models import Bid, Question
from bids.states import BID
from bids.views import answers, messages
from innovation.accounts.domain.queries.people import names_by_key
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages

READ = permission_required(Permission.READ_CASES)


def bids_in_scope(user: User) -> QuerySet[Bid]:
    return policies.working_bids(user).select_related(
        "round", "lead", "chain", "expression"
    )


def snapshots_in_scope(user: User) -> QuerySet[Bid]:
    return case_snapshot.bids_with_snapshot(policies.working_bids(user))


class Detail(pages.DetailPage[Bid]):
    policy = READ
    scope = staticmethod(snapshots_in_scope)
    template_name = "bids/department/bid.html"

    def page_title(self) -> str:
        return str(self.object.title)

    def back_url(self) -> str:
        return reverse("bids:case", args=[self.object.expression.key])

    def context(self) -> dict[str, object]:
        user, progress = self.user, assessments.assessment_progress(self.object)
        navigation = case_navigation(user, self.object, current="bids:bid")
        facts_day = case_councils.facts_day(self.object, clock.now())
        return {
            "navigation": navigation,
            "facts_day": facts_day,
            "council_facts": case_councils.facts_on(self.object, facts_day),
            "actions": actions.bid_actions(user, self.object, progress.assessments),
            "progress": progress,
            "is_being_assessed": BID.allows("assess", self.object.state),
            "groups": summaries.groups(
                self.object,
                self._comment_link(),
                answers.summary_notes(self.object, names_by_key),
            ),
            "changed_partners": partners.changed_partners(self.object),
            "may_check_partners": user.may(Permission.CONFIRM_ORGANISATIONS),
            "conversation": messages.conversation_with_applicant(
                self.object, may_write=self._may_develop
            ),
            "may_answer_reconsideration": user.may(Permission.TRIAGE),
            "timeline": history.timeline(self.object, user, navigation.grant_href),
        }

    @cached_property
    def _may_develop(self) -> bool:
        return policies.may(self.user, Permission.DEVELOP, self.object.expression)

    def _comment_link(self) -> summaries.Link | None:
        """A comment link beside each answer of a bid that is being written."""
        if self.object.state not in bids.WRITABLE or not self._may_develop:
            return None

        def link(section: Section, question: Question) -> tuple[str, str]:
            address = reverse("bids:bid-comment", args=[self.object.key, question.code])
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

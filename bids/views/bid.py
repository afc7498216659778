"""A bid as the department reads it, and its return to the applicant."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from bids import actions, policies
from bids.domain import bids, comments, progress, question_types, standard, summaries
from bids.domain.queries import case_snapshot, history
from bids.domain.sections import Section
from bids.forms.triage import CommentForm, ReturnForm
from bids.models import Bid, Question
from bids.states import BID
from bids.views import beside, messages
from innovation.accounts.models import User
from innovation.accounts.page_access import may
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages

READ = may(Permission.READ_CASES)


def in_reach(user: User) -> QuerySet[Bid]:
    return policies.working_bids(user).select_related(
        "round", "lead", "chain", "expression"
    )


def sheets_in_reach(user: User) -> QuerySet[Bid]:
    return case_snapshot.of_bids(policies.working_bids(user))


class Detail(pages.DetailPage):
    policy = READ
    scope = staticmethod(sheets_in_reach)
    template_name = "bids/department/bid.html"

    def page_title(self) -> str:
        return str(self.object.title)

    def back(self) -> str:
        return reverse("bids:case", args=[self.object.expression.key])

    def context(self) -> dict[str, Any]:
        user, come = self.user, progress.of(self.object)
        return {
            "actions": actions.of_bid(user, self.object, come.assessments),
            "progress": come,
            "assessing": BID.allows("assess", self.object.state),
            "groups": summaries.groups(
                self.object,
                self._commenting(),
                beside.notes(self.object, history.people),
            ),
            "conversation": messages.with_applicant(
                self.object, may_write=self._develops
            ),
            "timeline": history.timeline(self.object, user),
        }

    @cached_property
    def _develops(self) -> bool:
        return policies.may(self.user, Permission.DEVELOP, self.object.expression)

    def _commenting(self) -> summaries.Link | None:
        """A link beside each answer, for whoever develops a bid being written."""
        if self.object.state not in bids.WRITABLE or not self._develops:
            return None

        def link(section: Section, question: Question) -> tuple[str, str]:
            address = reverse("bids:bid-comment", args=[self.object.key, question.code])
            return address, "Comment"

        return link


class Comment(pages.FormPage):
    """On one answer, for whoever writes the bid."""

    policy = may(Permission.DEVELOP)
    scope = staticmethod(sheets_in_reach)
    title = "Comment on an answer"
    form_class = CommentForm
    template_name = "bids/department/comment.html"
    submit = "Comment"
    done = "Your comment stands beside the answer"

    def check(self) -> None:
        policies.require(self.user, Permission.DEVELOP, self.object.expression)
        bids.require_writable(self.object)
        asked = {question.code: question for question in standard.asked(self.object)}
        self.question = asked.get(self.kwargs["asked"])
        if self.question is None:
            raise Http404

    def back(self) -> str:
        return reverse("bids:bid", args=[self.object.key])

    def context(self) -> dict[str, Any]:
        assert self.question is not None
        return {
            "question": self.question,
            "answer": question_types.text(self.question, self.object),
            "comments": beside.of(self.object, history.people)[
                self.question.code
            ].comments,
        }

    def perform(self, form: Any) -> pages.Destination:
        comments.add(
            self.object,
            code=self.kwargs["asked"],
            **form.cleaned_data,
            by=self.user,
            at=clock.now(),
        )
        return self.back()


class Return(pages.FormPage):
    policy = may(Permission.DEVELOP)
    scope = staticmethod(in_reach)
    title = "Return this bid to the applicant"
    form_class = ReturnForm
    submit = "Return the bid"
    done = "The bid was returned"

    def check(self) -> None:
        BID.next("return", self.object.state)

    def back(self) -> str:
        return reverse("bids:bid", args=[self.object.key])

    def perform(self, form: Any) -> pages.Destination:
        bids.send_back(self.object, **form.cleaned_data, by=self.user, at=clock.now())
        return self.back()

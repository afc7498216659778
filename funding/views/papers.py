"""Pages of a bid at the Board: the paper, views, interests, the recommendation."""

from functools import cached_property
from typing import Never

from django.db.models import QuerySet
from django.urls import reverse

from bids.domain.queries import case_files
from bids.states import BidState
from funding import policies
from funding.domain import interests, ledger, opinions, recommendations
from funding.domain.queries import board
from funding.forms import interest as forms
from funding.forms import recommendation as advice_forms
from funding.forms.amounts import initial_amounts
from funding.models import AgendaItem, Interest
from funding.models.board import Mitigation
from funding.states import MeetingState
from funding.views.actions import available_actions
from funding.views.board import BOARD, SECRETARY
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.money import Money
from innovation.web import pages
from innovation.web.actions import Action

MEMBER = permission_required(Permission.ADVISE)


class Paper(pages.DetailPage[AgendaItem]):
    policy = BOARD
    scope = policies.papers_for
    template_name = "funding/board/paper.html"

    def rows_in_scope(self) -> QuerySet[AgendaItem]:
        return (
            super()
            .rows_in_scope()
            .select_related(
                "meeting",
                "recommendation",
                "bid__chain",
                "bid__lead",
                "bid__strand",
                "bid__idea_type",
                "bid__maturity",
            )
        )

    def page_title(self) -> str:
        return str(self.object.bid.title)

    def back_url(self) -> str:
        return reverse("funding:meeting", args=[self.object.meeting.key])

    def context(self) -> dict[str, object]:
        bid = self.object.bid
        return {
            "bid": bid,
            "requested_amounts": ledger.requested_amounts(bid),
            "files": case_files.files_of_case(bid),
            "opinions": board.member_opinions(self.object, self.user),
            "interests": board.interests_in_bid(bid, self.user),
            "timeline": board.timeline(bid),
            "actions": self.actions(),
            "may_read_cases": self.user.may(Permission.READ_CASES),
            "waits_for_meeting": self._is_open()
            and self.user.may(Permission.RUN_BOARD)
            and not self._is_held(),
        }

    def actions(self) -> list[Action]:
        member = [
            ("Declare an interest", "paper-declare"),
            ("Give your view", "paper-view"),
        ]
        secretary = [("Defer to a later meeting", "paper-defer")]
        if self._is_held():
            secretary.insert(0, ("Record the recommendation", "paper-recommend"))
        open_ = self._is_open()
        return [
            *available_actions(
                member, self.object.key, open_ and self.user.may(Permission.ADVISE)
            ),
            *available_actions(
                secretary,
                self.object.key,
                open_ and self.user.may(Permission.RUN_BOARD),
            ),
        ]

    def _is_open(self) -> bool:
        return (
            self.object.bid.state == BidState.AT_BOARD and not self.object.deferred_at
        )

    def _is_held(self) -> bool:
        return bool(self.object.meeting.state == MeetingState.HELD)


class _PaperStep(pages.Page[AgendaItem]):
    scope = policies.papers_for
    object_page = "funding:paper"

    def rows_in_scope(self) -> QuerySet[AgendaItem]:
        return (
            super().rows_in_scope().select_related("bid", "meeting", "recommendation")
        )


class DeclareInterest(_PaperStep, pages.FormPage[AgendaItem, forms.OwnInterestForm]):
    """Declares an interest. The member loses access, so the meeting comes next."""

    policy = MEMBER
    title = "Declare an interest"
    template_name = "funding/board/declare.html"
    form_class = forms.OwnInterestForm
    submit_label = "Declare"
    success_message = "Your interest is recorded. The case is no longer shown to you"

    def perform(self, form: forms.OwnInterestForm) -> pages.Destination:
        interests.declare(
            self.object.bid,
            member=self.user,
            nature=form.cleaned_data["nature"],
            mitigation=Mitigation.LEAVES,
            by=self.user,
            at=clock.now(),
        )
        return reverse("funding:meeting", args=[self.object.meeting.key])


class GiveView(_PaperStep, pages.EditPage[AgendaItem, forms.OpinionForm]):
    policy = MEMBER
    title = "Give your view"
    form_class = forms.OpinionForm
    submit_label = "Give your view"
    success_message = "Your view is recorded"

    def lock(self) -> None:
        opinions.lock(self.object)

    def saved_values(self) -> dict[str, object]:
        own = board.member_opinions(self.object, self.user).own
        return {"text": own.text} if own else {}

    def perform(self, form: forms.OpinionForm) -> pages.Destination:
        text = form.cleaned_data["text"]
        opinions.give(self.object, text=text, by=self.user, at=clock.now())
        return self.back_url()


class Recommend(
    _PaperStep, pages.FormPage[AgendaItem, advice_forms.RecommendationForm]
):
    policy = SECRETARY
    title = "Record the Board’s recommendation"
    template_name = "funding/board/recommend.html"
    form_class = advice_forms.RecommendationForm
    submit_label = "Record the recommendation"
    success_message = "The recommendation is with the minister"

    def form_options(self) -> dict[str, object]:
        return {"years": [b.year for b in ledger.budgets(self.object.bid)]}

    @cached_property
    def requested_amounts(self) -> dict[int, Money]:
        return ledger.requested_amounts(self.object.bid)

    def context(self) -> dict[str, object]:
        return {"total_requested": ledger.sum_amounts(self.requested_amounts)}

    def initial(self) -> dict[str, object]:
        return dict(initial_amounts(self.requested_amounts))

    def perform(self, form: advice_forms.RecommendationForm) -> pages.Destination:
        declines = form.cleaned_data["outcome"] == "decline"
        recommendations.record(
            self.object,
            outcome=form.cleaned_data["outcome"],
            # The fields are filled with the requested amounts; a decline has none.
            amounts={} if declines else form.amounts(),
            reasons=form.cleaned_data["reasons"],
            conditions=form.cleaned_data["conditions"],
            dissent=form.cleaned_data["dissent"],
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()


class Defer(_PaperStep, pages.StepPage[AgendaItem, advice_forms.DeferForm]):
    policy = SECRETARY
    title = "Defer to a later meeting"
    form_class = advice_forms.DeferForm
    submit_label = "Defer"
    success_message = "The bid waits for a later meeting"
    step = recommendations.defer


class Interests(pages.ListPage[Interest]):
    policy = SECRETARY
    scope = policies.interests_for
    title = "Register of interests"
    template_name = "funding/board/interests.html"
    ordering = ("-declared_at", "key")

    def rows_in_scope(self) -> QuerySet[Interest]:
        return super().rows_in_scope().select_related("bid", "member")

    def context(self) -> dict[str, object]:
        agreeing = dict(board.options(board.board_and_secretary()))
        return {"names": agreeing}


class RecordInterest(pages.FormPage[Never, forms.RecordInterestForm]):
    policy = SECRETARY
    back = "funding:interests"
    title = "Record an interest"
    form_class = forms.RecordInterestForm
    submit_label = "Record the interest"
    success_message = "The interest is recorded"

    def form_options(self) -> dict[str, object]:
        live = policies.bids_to_record_interests_in(self.user)
        return {
            "bids": live.order_by("title"),
            "people": board.options(board.members()),
            "agreed_by_options": board.options(board.board_and_secretary()),
        }

    def perform(self, form: forms.RecordInterestForm) -> pages.Destination:
        data, now = form.cleaned_data, clock.now()
        people = {
            p.key: p for p in board.users_by_keys([data["member"], data["agreed_by"]])
        }
        interests.declare(
            data["bid"],
            member=people[data["member"]],
            nature=data["nature"],
            mitigation=data["mitigation"],
            agreed_by=people[data["agreed_by"]],
            agreed_at=min(clock.end_of_day(data["agreed_on"]), now),
            by=self.user,
            at=now,
        )
        return self.back_url()


class AgreeInterest(pages.EditPage[Interest, forms.AgreeInterestForm]):
    policy = SECRETARY
    scope = policies.interests_for
    back = "funding:interests"
    title = "Record what was agreed"
    form_class = forms.AgreeInterestForm
    submit_label = "Record"
    success_message = "What was agreed is recorded"
    confirms_unchanged = True

    def lock(self) -> None:
        self.object = interests.lock(self.object)

    def rows_in_scope(self) -> QuerySet[Interest]:
        return super().rows_in_scope().select_related("bid", "member")

    def saved_values(self) -> dict[str, object]:
        return {"mitigation": self.object.mitigation}

    def perform(self, form: forms.AgreeInterestForm) -> pages.Destination:
        mitigation = form.cleaned_data["mitigation"]
        interests.agree(
            self.object, mitigation=mitigation, by=self.user, at=clock.now()
        )
        return self.back_url()

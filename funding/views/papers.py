"""The page of a bid's paper for the Board, and the base of the pages about it."""

from django.db.models import QuerySet
from django.urls import reverse

from bids.domain.queries import case_documents, due_diligence, results
from bids.states import BidState
from funding import policies
from funding.domain import ledger
from funding.domain.queries import board
from funding.models import AgendaItem
from funding.states import MeetingState
from funding.views.actions import available_actions
from funding.views.meetings import BOARD
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
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
                "bid__round",
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
            "files": case_documents.files_of_case(bid),
            "result": results.bid_result(bid),
            "due_diligence": due_diligence.words(
                due_diligence.of_case(bid.expression_id, bid.round.due_diligence)
            ),
            "decisions": board.known_decisions(
                bid, self.user, clock.london_day(clock.now())
            ),
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
        member_actions = [
            ("Declare an interest", "paper-declare"),
            ("Give your view", "paper-view"),
        ]
        secretary_actions = [("Defer to a later meeting", "paper-defer")]
        if self._is_held():
            secretary_actions.insert(
                0, ("Record the recommendation", "paper-recommend")
            )
        is_open = self._is_open()
        return [
            *available_actions(
                member_actions,
                self.object.key,
                is_open and self.user.may(Permission.ADVISE),
            ),
            *available_actions(
                secretary_actions,
                self.object.key,
                is_open and self.user.may(Permission.RUN_BOARD),
            ),
        ]

    def _is_open(self) -> bool:
        return (
            self.object.bid.state == BidState.AT_BOARD and not self.object.deferred_at
        )

    def _is_held(self) -> bool:
        return bool(self.object.meeting.state == MeetingState.HELD)


class PaperStep(pages.Page[AgendaItem]):
    """The base of the pages about a paper."""

    scope = policies.papers_for
    object_page = "funding:paper"

    def rows_in_scope(self) -> QuerySet[AgendaItem]:
        return (
            super().rows_in_scope().select_related("bid", "meeting", "recommendation")
        )

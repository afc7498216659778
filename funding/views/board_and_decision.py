"""The department's page of what the Board advised on a bid, and what was decided."""

from django.db.models import QuerySet
from django.urls import reverse

from bids.case_navigation import case_navigation
from bids.domain.queries import results
from bids.models import Bid
from bids.models.round import Route
from bids.views import listed_cases
from funding import policies
from funding.models import Recommendation
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.web import pages


class BoardAndDecision(pages.DetailPage[Bid]):
    policy = permission_required(Permission.READ_AWARDS)
    scope = policies.bids_with_advice
    template_name = "funding/department/board_and_decision.html"

    def rows_in_scope(self) -> QuerySet[Bid]:
        related = ("expression", "round", "lead", "recommendation", "reconsideration")
        return super().rows_in_scope().select_related(*related)

    def page_title(self) -> str:
        return str(self.object.title)

    def back_url(self) -> str:
        return reverse("bids:bid", args=[self.object.key])

    def context(self) -> dict[str, object]:
        bid = self.object
        recommendation: Recommendation | None = getattr(bid, "recommendation", None)
        return {
            "navigation": case_navigation(
                self.user,
                bid,
                current="funding:board-and-decision",
                query=listed_cases.query_of(self.request),
            ),
            "result": results.bid_result(bid),
            "recommendation": recommendation,
            "items": bid.agenda_items.select_related("meeting").order_by(
                "meeting__starts_at"
            ),
            "decisions": bid.decisions.prefetch_related("amounts"),
            "reconsideration": getattr(bid, "reconsideration", None),
            "is_seed": bid.round.route == Route.SEED,
            "is_imported": bid.submitted_by_id is None,
        }

"""The ranking of a round’s assessed bids, and the health of their scores."""

from bids import policies
from bids.domain.queries import results
from bids.domain.score_health import FEWEST_BIDS
from bids.models import Round
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.audit.presenters import Audience
from innovation.web import pages


class RoundRanking(pages.DetailPage[Round]):
    """Of the cases that the user may read; a coach, who reads a few, has no ranking."""

    policy = permission_required(Permission.READ_ALL_CASES)
    scope = staticmethod(policies.published_rounds)
    object_page = "bids:round"
    template_name = "bids/department/round_ranking.html"

    def page_title(self) -> str:
        return f"Ranking of {self.object.name}"

    def context(self) -> dict[str, object]:
        return {
            "ranking": results.ranking(self.object, self.user),
            "criteria": self.object.criteria.all(),
            "audience": Audience.DEPARTMENT,
        }


class ScoreHealth(pages.DetailPage[Round]):
    policy = permission_required(Permission.READ_ALL_CASES)
    scope = staticmethod(policies.published_rounds)
    object_page = "bids:round-ranking"
    template_name = "bids/department/score_health.html"

    def page_title(self) -> str:
        return f"Scores of {self.object.name}"

    def context(self) -> dict[str, object]:
        return {
            "health": results.round_health(self.object, self.user),
            "fewest_bids": FEWEST_BIDS,
        }

"""The page that shows how long applying takes, by round."""

from bids.domain.queries import burden
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages


class Burden(pages.Page):
    policy = permission_required(Permission.READ_ALL_CASES)
    template_name = "bids/department/burden.html"
    title = "How long it takes to apply"

    def context(self) -> dict[str, object]:
        return {"burdens": burden.rounds_with_burden(self.user, at=clock.now())}

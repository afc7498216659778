"""What the pages about an applicant's own case have in common: an expression's and a
bid's are the same pages.
"""

from typing import ClassVar

from django.urls import reverse

from bids.domain.applications import Case
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.web import pages

APPLY = permission_required(Permission.APPLY)


class ApplicantCasePage(pages.Page[Case]):
    policy = APPLY
    url_name: ClassVar[str]
    """The name of the case's own page; those of its other pages begin with it."""

    def back_url(self) -> str:
        return self.address()

    def address(self, ending: str = "", *places: str | int) -> str:
        """Of another page about the case, by how its name ends."""
        return reverse(f"bids:{self.url_name}{ending}", args=[self.object.key, *places])

"""What the pages about an applicant's own case have in common: an expression's and a
bid's are the same pages.
"""

from typing import ClassVar

from django.urls import reverse

from innovation.accounts.page_access import may
from innovation.accounts.roles import Permission
from innovation.web import pages

APPLY = may(Permission.APPLY)


class OwnPage(pages.Page):
    policy = APPLY
    page: ClassVar[str]
    """The name of the case's own page; those of its other pages begin with it."""

    def back(self) -> str:
        return self.address()

    def address(self, ending: str = "", *places: str | int) -> str:
        """Of another page about the case, by how its name ends."""
        return reverse(f"bids:{self.page}{ending}", args=[self.object.key, *places])

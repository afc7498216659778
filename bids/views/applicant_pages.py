"""The base of an applicant's pages, which expressions and bids share."""

from functools import cached_property
from typing import ClassVar

from django.urls import reverse

from bids.domain import signatures
from bids.domain.applications import Case
from bids.models import Signature
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.web import pages

APPLY = permission_required(Permission.APPLY)


class ApplicantCasePage(pages.Page[Case]):
    policy = APPLY
    url_name: ClassVar[str]
    """The URL name of the case's own page; those of its other pages start with it."""

    def back_url(self) -> str:
        return self.address()

    def address(self, ending: str = "", *places: str | int) -> str:
        """The address of another page about the case, by the end of its URL name."""
        return reverse(f"bids:{self.url_name}{ending}", args=[self.object.key, *places])

    @cached_property
    def signature(self) -> Signature | None:
        """The valid signature, which an edit ends: for the warning on the page."""
        return signatures.current_signature(self.object)

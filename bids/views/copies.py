"""The copy an applicant keeps of what was sent."""

from django.http import HttpRequest, HttpResponse

from bids.domain.applications import Case
from bids.domain.copies import submission_copy
from bids.views.applicant_pages import APPLY
from innovation.core.errors import TooLate
from innovation.web import pages, pdf


class Copy(pages.DetailPage[Case]):
    """As a PDF, dated with the sending: asked for twice, it is the same file."""

    policy = APPLY
    title = "A copy of what was sent"

    def check(self) -> None:
        if self.object.submitted_at is None:
            raise TooLate("This was not sent, so there is no copy of it yet.")
        self.sent_at = self.object.submitted_at

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        return pdf.download(
            request,
            "bids/pdf/copy.typ",
            submission_copy(self.object),
            name=self.object.key,
            at=self.sent_at,
        )

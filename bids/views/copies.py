"""Downloads of the applicant's copy of what was sent."""

from django.http import HttpRequest, HttpResponse

from bids.domain.applications import Case
from bids.domain.copies import submission_copy
from bids.views.applicant_pages import APPLY
from innovation.core.errors import TooLate
from innovation.web import pages, pdf


class Copy(pages.DetailPage[Case]):
    """A PDF with the date of submission, so that it is the same file every time."""

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

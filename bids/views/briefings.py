"""The one-page summary of an applicant’s own case, to read, print or download."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse

from bids.domain.applications import Case
from bids.domain.queries.briefings import briefing
from bids.models import Bid, Signature
from bids.views.answers import cost_totals
from bids.views.applicant_pages import ApplicantCasePage
from innovation.core import clock
from innovation.core.formatting import format_date, format_moment
from innovation.web import pages, pdf


class Summary(ApplicantCasePage, pages.DetailPage[Case]):
    template_name = "bids/applicant/briefing.html"

    def page_title(self) -> str:
        return "One-page summary"

    def context(self) -> dict[str, object]:
        return {
            "briefing": briefing(self.object),
            "cost_totals": cost_totals(self.object),
            "sign_off": _sign_off_text(self.object, self.signature),
            "as_at": clock.now(),
            "download_url": self.address("-summary-download"),
        }


class SummaryDownload(ApplicantCasePage, pages.DetailPage[Case]):
    title = "One-page summary"

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        case, now = self.object, clock.now()
        facts = {
            "key": case.key,
            "title": case.title,
            "lead": case.lead.name,
            "round": case.round.name,
            "sign_off": _sign_off_text(case, self.signature),
            "totals": [
                {name: str(value) for name, value in row.items()}
                for row in cost_totals(case)
            ],
            "has_other_funding": isinstance(case, Bid),
            "as_at": format_moment(now),
            **asdict(briefing(case)),
        }
        name = f"{case.key}-summary"
        return pdf.download(request, "bids/pdf/briefing.typ", facts, name=name, at=now)


def _sign_off_text(case: Case, signature: Signature | None) -> str:
    text = _signature_text(signature)
    if case.submitted_at is None:
        return text
    return f"{text}. Sent on {format_date(case.submitted_at)}"


def _signature_text(signature: Signature | None) -> str:
    if signature is None:
        return "Not signed off yet"
    office = f", {signature.office}," if signature.office else ""
    day = format_date(signature.signed_at)
    return f"Signed off by {signature.signed_by}{office} on {day}"

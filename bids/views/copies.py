"""The copy an applicant keeps of what was sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from bids.views import facts
from bids.views.own import APPLY
from innovation.core.errors import TooLate
from innovation.web import pages, pdf
from innovation.web.words import written_deadline


class Copy(pages.DetailPage):
    """As a PDF, dated with the sending: asked for twice, it is the same file."""

    policy = APPLY
    title = "A copy of what was sent"

    def check(self) -> None:
        if self.thing.submitted_at is None:
            raise TooLate("This was not sent, so there is no copy of it yet.")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        made = pdf.made(
            "bids/pdf/copy.typ", said(self.thing), at=self.thing.submitted_at
        )
        name = f'attachment; filename="{self.thing.key}.pdf"'
        headers = {"Content-Disposition": name}
        return HttpResponse(made, content_type="application/pdf", headers=headers)


def said(case: Any) -> dict[str, Any]:
    """What the template shows, as text."""
    return {
        "key": case.key,
        "title": case.title,
        "lead": case.lead.name,
        "lines": [
            f"Reference {case.key}",
            f"{case.round.name}: {case.lead.name}",
            f"Sent on {written_deadline(case.submitted_at)}",
        ],
        "groups": [
            {"title": group["title"], "rows": [_row(row) for row in group["rows"]]}
            for group in facts.groups(case)
        ],
    }


def _row(row: facts.Row) -> dict[str, Any]:
    texts = str(row["value"] or row["empty"]).splitlines()
    return {"label": row["label"], "texts": [text for text in texts if text.strip()]}

"""Where what a case says is changed."""

from django.urls import reverse

from bids.domain.applications import Case
from bids.domain.queries.summaries import Link
from bids.domain.sections import Section
from bids.models import Question


def change_link(case: Case, page: str) -> Link:
    """Beside each row, where it is answered; saving there leads back to the check."""

    def link(section: Section, question: Question) -> tuple[str, str]:
        address = reverse(f"bids:{page}", args=[case.key, section.slug])
        return f"{address}?from=check#{section.anchor(question)}", "Change"

    return link

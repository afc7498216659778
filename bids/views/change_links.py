"""Links to change the answers of a case."""

from django.urls import reverse

from bids.domain.applications import Case
from bids.domain.queries.summaries import Link
from bids.domain.sections import Section
from bids.models import Question


def change_link(case: Case, page: str) -> Link:
    """A link to the answer of a row; saving there leads back to the check page."""

    def link(section: Section, question: Question) -> tuple[str, str]:
        address = reverse(f"bids:{page}", args=[case.key, section.slug])
        return f"{address}?from=check#{section.anchor(question)}", "Change"

    return link

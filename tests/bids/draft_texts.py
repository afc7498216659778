"""The summary of a draft: as a page sends it, and as its versions store it."""

from bids.domain.answer_versions import DraftAnswer
from bids.models import Bid, Expression


def summary_part(text: str) -> dict[str, DraftAnswer]:
    return {"summary": DraftAnswer({"summary": [text]}, facts={"summary": text})}


def saved_texts(draft: Expression | Bid) -> list[str]:
    rows = draft.versions.filter(code="summary")
    return [row.raw_input["summary"][0] for row in rows.order_by("number")]

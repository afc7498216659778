"""The files of a case for pages, from its snapshot."""

from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse

from bids.domain.applications import Case
from bids.models import Bid, Expression
from bids.models.application import Row
from innovation.documents import serving, wording

_REJECTED_STATES = {"infected", "refused"}


@dataclass(frozen=True, slots=True)
class File:
    name: str
    size: int
    """In bytes."""
    state_wording: wording.StateWording
    href: str
    """The address of the download; empty if it is not allowed yet."""
    remove: str


def files_of_question(case: Case, code: str) -> list[File]:
    return [_file(row) for row in _rows(case, code)]


def files_of_case(case: Bid | Expression) -> list[File]:
    """All files in the order they were added. Makes a query."""
    rows = case.documents.filter(removed_at=None).order_by("pk")
    values = rows.values(
        "key",
        name=F("document__name"),
        size=F("document__size"),
        state=F("document__state"),
        last_error=F("document__last_error"),
        document_key=F("document__key"),
    )
    return [_file({**row, "document": row["document_key"]}) for row in values]


def file_names(case: Case, code: str) -> list[str]:
    return [row["name"] for row in _rows(case, code)]


def rejected_file_names(case: Case, code: str) -> list[str]:
    """The names of files that the scanner rejected and that were deleted."""
    return [
        row["name"] for row in _rows(case, code) if row["state"] in _REJECTED_STATES
    ]


def _rows(case: Case, code: str) -> list[Row]:
    # The case of a preview is not saved, so it has none.
    rows = getattr(case, "snapshot_documents", [])
    return [row for row in rows if row["code"] == code]


def _file(row: Row) -> File:
    is_served = serving.may_be_served(row["state"])
    return File(
        name=row["name"],
        size=row["size"],
        state_wording=wording.state_wording(row["state"], row["last_error"]),
        href=reverse("documents:document", args=[row["document"]]) if is_served else "",
        remove=reverse("bids:file-remove", args=[row["key"]]),
    )

"""The files of a case for pages, from its snapshot."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.urls import reverse

from bids.domain.applications import Case
from bids.models import Bid, CaseDocument, Expression, Question
from bids.models.application import Row
from innovation.core import statements
from innovation.documents import serving, wording
from innovation.documents.models import Document

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


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file that answers this question of the expression, of the bid, or of both."""

    file: File
    question: str
    places: str


def files_of_whole_case(expression: Expression) -> list[CaseFile]:
    """The files of the expression and of its bid, each once, in the order in which they
    were added. One query.
    """
    rows: dict[str, list[Row]] = {}
    for value in statements.values(_whole_case, expression.pk):
        row = dict(zip(_COLUMNS, value, strict=True))
        rows.setdefault(row["document"], []).append(row)
    return [
        CaseFile(
            file=_file(copies[0]),
            question=copies[0]["question"] or "A question that is no longer asked",
            places=" and ".join(
                "the bid" if row["is_of_bid"] else "the expression of interest"
                for row in copies
            ),
        )
        for copies in rows.values()
    ]


def documents_of_whole_case(expression: int) -> QuerySet[Document]:
    """Those that stand on the expression with this id, or on its bid."""
    of_case = Q(expression=expression) | Q(bid__expression=expression)
    attached = CaseDocument.objects.filter(of_case, removed_at=None)
    return Document.objects.filter(pk__in=attached.values("document")).order_by("pk")


_COLUMNS = (
    *("key", "document", "name", "size", "state", "last_error"),
    *("is_of_bid", "question"),
)


def _whole_case(expression: int) -> "QuerySet[CaseDocument, Any]":
    rows = CaseDocument.objects.filter(
        Q(expression=expression) | Q(bid__expression=expression), removed_at=None
    )
    question = Question.objects.filter(
        Q(question_set__expressions=OuterRef("expression"))
        | Q(question_set__bids=OuterRef("bid")),
        code=OuterRef("code"),
    )
    facts = ("key", "name", "size", "state", "last_error")
    return rows.order_by("document__added_at", "document", "pk").values_list(
        "key",
        *(f"document__{name}" for name in facts),
        ExpressionWrapper(Q(bid__isnull=False), BooleanField()),
        Subquery(question.order_by("pk").values("wording")[:1]),
    )


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

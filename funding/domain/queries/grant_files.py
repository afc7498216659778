"""The files of claims and reports, as pages list them."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.urls import reverse

from bids.domain.queries.case_documents import File
from funding.models import GrantFile
from innovation.documents import serving

SENT_FILES = Prefetch(
    "files",
    GrantFile.objects.filter(sent_at__isnull=False).select_related("document"),
)
"""The files that the department may see."""


def listed(files: Iterable[GrantFile]) -> list[File]:
    return [_file(file) for file in files]


def _file(file: GrantFile) -> File:
    document = file.document
    is_served = serving.may_be_served(document.state)
    return File(
        name=document.name,
        size=document.size,
        state_wording=document.state_wording,
        href=reverse("documents:document", args=[document.key]) if is_served else "",
        remove="",
    )

"""Accessible PDF files: tagged, with a title and a language (PDF/UA-1).

A Typst template gets its facts as JSON and shows them as text, so that nothing that
somebody typed is read as markup. Longer text comes as `core.text_blocks`, which the
template shows with `show-blocks`.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from innovation.core import limits, sandbox
from innovation.core.errors import TooMuch
from innovation.web import rate_limits

_RENDERER = "innovation.web.typesetting:render_pdf"
_BLOCKS = "pdf/blocks.typ"


def render(template: str, facts: Mapping[str, object], *, at: datetime) -> bytes:
    """`template` is a path below `templates/`; `at` is the date of the file. Raise
    `TooMuch` if the file needs too much memory or time.
    """
    order = {"template": _source(template), "facts": facts, "at": int(at.timestamp())}
    try:
        return sandbox.run(_RENDERER, json.dumps(order).encode())
    except sandbox.SandboxExhausted:
        raise TooMuch(
            "This is too long to be made into a PDF. Read it on its page, or print "
            "the page."
        ) from None


def download(
    request: HttpRequest,
    template: str,
    facts: Mapping[str, object],
    *,
    name: str,
    at: datetime,
) -> HttpResponse:
    """Raise `TooOften` if the user has had too many files made."""
    limit, window = limits.PDFS_A_PERSON, limits.PDF_WINDOW
    rate_limits.require_within_limit(
        request, "requests for files", limit=limit, window=window
    )
    return HttpResponse(
        render(template, facts, at=at),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )


@cache
def _source(template: str) -> str:
    """The template, after the functions that all templates share."""
    folder = Path(settings.BASE_DIR) / "templates"
    return (folder / _BLOCKS).read_text() + (folder / template).read_text()

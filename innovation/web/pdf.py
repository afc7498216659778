"""PDF that a screen reader can read: tagged, titled and in a language (PDF/UA-1).

A template in Typst is given its facts as JSON and shows them as text: nothing that
somebody typed is ever read as markup.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings


def made(template: str, facts: Mapping[str, Any], *, at: datetime) -> bytes:
    """`template` is a path below `templates/`; `at` is the date the file bears."""
    found = typst.compile(
        _source(template),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(facts)},
        ignore_system_fonts=True,
        timestamp=int(at.timestamp()),
    )
    assert isinstance(found, bytes)
    return found


@cache
def _source(template: str) -> bytes:
    return (Path(settings.BASE_DIR) / "templates" / template).read_bytes()

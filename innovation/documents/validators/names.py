"""Cleans the names of files, to be shown and downloaded."""

import re
from pathlib import PurePosixPath

from innovation.core import limits
from innovation.core.lines import single_line

LONGEST = limits.FILE_NAME
_PATH = re.compile(r"[/\\]")


def tidy_name(name: str) -> str:
    """Remove folders and invisible characters; cut long names before the extension."""
    # No characters that change the reading direction, or `exe` could look like `jpg`.
    full_name = single_line(_PATH.split(name)[-1]).strip(". ") or "file"
    suffix = PurePosixPath(full_name).suffix
    return full_name.removesuffix(suffix)[: LONGEST - len(suffix)] + suffix


def extension(name: str) -> str:
    """`pdf` for `Plan.PDF`; empty if there is none."""
    return PurePosixPath(tidy_name(name)).suffix.removeprefix(".").lower()

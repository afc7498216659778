"""What a person called a file, fit to be shown and sent back."""

import re
from pathlib import PurePosixPath

from innovation.core import limits
from innovation.core.lines import single_line

LONGEST = limits.FILE_NAME
_PATH = re.compile(r"[/\\]")


def tidy_name(name: str) -> str:
    """Without folders and characters that are not seen; cut before the extension."""
    # On one line none turns the reading direction: `gpj.exe` looks like no picture.
    whole = single_line(_PATH.split(name)[-1]).strip(". ") or "file"
    suffix = PurePosixPath(whole).suffix
    return whole[: len(whole) - len(suffix)][: LONGEST - len(suffix)] + suffix


def extension(name: str) -> str:
    """`pdf` for `Plan.PDF`; empty where there is none."""
    return PurePosixPath(tidy_name(name)).suffix.removeprefix(".").lower()

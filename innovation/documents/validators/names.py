"""What a person called a file, fit to be shown and sent back."""

import re
import unicodedata
from pathlib import PurePosixPath

from innovation.core import limits

LONGEST = limits.FILE_NAME
_PATH = re.compile(r"[/\\]")
_NOT_SHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Control and format characters: among the latter are those that turn the reading
direction, by which `gpj.exe` is made to look like a picture."""


def tidied(name: str) -> str:
    """Without folders and characters that are not seen; cut before the extension."""
    last = _PATH.split(name)[-1]
    seen = "".join(
        " " if unicodedata.category(one) in _NOT_SHOWN else one for one in last
    )
    whole = " ".join(seen.split()).strip(". ") or "file"
    suffix = PurePosixPath(whole).suffix
    return whole[: len(whole) - len(suffix)][: LONGEST - len(suffix)] + suffix


def extension(name: str) -> str:
    """`pdf` for `Plan.PDF`; empty where there is none."""
    return PurePosixPath(tidied(name)).suffix.removeprefix(".").lower()

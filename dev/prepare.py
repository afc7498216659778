"""What happens between an installed checkout and a service that can start.

A step is skipped when nothing it reads has changed since it last succeeded.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from dev import manage, paths, say

STATIC_STAMP = paths.RUN / "static.stamp"


def static_files(env: Mapping[str, str]) -> None:
    read = [
        *_files(paths.ROOT / "static"),
        *_files(paths.ROOT / "innovation" / "web"),
        paths.ROOT / "package-lock.json",
        paths.REQUIREMENTS / "prod.txt",
    ]
    stamp = paths.digest(*read)
    if paths.STATIC.exists() and _text(STATIC_STAMP) == stamp:
        return
    with say.step("Static files"):
        manage.run("Collecting the static files", "collectstatic", "--noinput", env=env)
    STATIC_STAMP.write_text(stamp)


def _files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""

"""Steps between an installed checkout and a service that can start.

A step is skipped when nothing it reads has changed since it last succeeded.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dev import django_commands, paths, process, terminal
from dev.background_command import BackgroundCommand

STATIC_STAMP = paths.RUN / "static.stamp"
PINS = paths.REQUIREMENTS / "prod.txt"


class BackgroundStep:
    """A command begun before its turn, as two cores can do two things.

    `finish` waits for it and then remembers that it is done; leaving the block early
    ends it.
    """

    def __init__(
        self, name: str, work: BackgroundCommand | None, remember: Callable[[], object]
    ) -> None:
        self.name = name
        self.work = work
        self.remember = remember

    def finish(self) -> None:
        if self.work is not None:
            with terminal.step(self.name):
                self.work.finish()
            self.remember()

    def __enter__(self) -> "BackgroundStep":
        return self

    def __exit__(self, *error: object) -> None:
        if self.work is not None:
            process.end(self.work.process)


def collect_static(env: Mapping[str, str]) -> BackgroundStep:
    stamp = paths.digest(*_static_sources())
    collected = paths.STATIC.exists() and read_text(STATIC_STAMP) == stamp
    return BackgroundStep(
        "Static files",
        None
        if collected
        else django_commands.start_command("collectstatic", "--noinput", env=env),
        lambda: STATIC_STAMP.write_text(stamp),
    )


def _static_sources() -> Iterator[Path]:
    yield from iter_files(paths.ROOT / "static")
    yield from iter_files(paths.ROOT / "innovation" / "web")
    yield paths.ROOT / "package-lock.json"
    yield PINS


def iter_files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def read_text(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""

"""`make reset`: deletes the data of the database and the broker."""

import shutil
from collections.abc import Sequence

from dev import locks, paths, terminal
from dev.instance import Instance
from dev.services import VARIABLES


def main(arguments: Sequence[str]) -> int:
    run = Instance.persistent().run
    for part in VARIABLES:
        if not locks.Lock(run / f"{part}.users").try_exclusive():
            raise terminal.CommandFailed(
                f"The kept {part} is in use: stop make run first."
            )
    for part in VARIABLES:
        for root in (paths.LOCAL, paths.OUTSIDE):
            for folder in (root / part, root / "tests" / part):
                shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(paths.LOCAL / "media", ignore_errors=True)
    terminal.print_line(
        "The kept data is gone; the next make run starts with empty tables."
    )
    return 0

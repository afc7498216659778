"""The commands by name, and how each of them ends."""

import os
import signal
import sys
from collections.abc import Callable, Sequence

from dev import (
    check,
    execute,
    paths,
    pins,
    quick,
    reset,
    run,
    signals,
    supervisor,
    terminal,
    testing,
)

COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run.main,
    "test": testing.suite,
    "soak": testing.soak,
    "coverage": testing.coverage,
    "bench": testing.benchmarks,
    "check": check.main,
    "quick": quick.main,
    "exec": execute.main,
    "pins": pins.main,
    "reset": reset.main,
}


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["supervise"]:
        return supervisor.main(*arguments[1:])
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        print(f"Say what to do: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    signals.install_handlers()
    if os.geteuid() == 0:
        # PostgreSQL runs as another user, who must be able to read its programs.
        os.umask(0o022)
    try:
        paths.make_folders()
        return command(arguments[1:])
    except terminal.CommandFailed as refusal:
        print(refusal, file=sys.stderr, flush=True)
        return 1
    except signals.StopRequested:
        return 128 + (signals.last_signal() or signal.SIGINT)
    except PermissionError as error:
        print(
            f"{error.filename} belongs to another user: run this as that user, or "
            "remove .local, .venv and node_modules first.",
            file=sys.stderr,
        )
        return 1

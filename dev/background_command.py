"""Commands of the set-up: each with its own log, several at a time."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from dev import paths, process, signals, terminal


class BackgroundCommand:
    """A part of the set-up that runs beside others; `finish` waits for it."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        failure: str,
        tail: bool = True,
    ) -> None:
        """With `tail`, a failure shows the end of the log as well as its sentence."""
        self.failure = failure
        self.tail = tail
        self.log = paths.LOGS / f"{name}.log"
        self.log.unlink(missing_ok=True)
        self.process = process.spawn(command, log=self.log, env=env)

    def finish(self) -> None:
        try:
            while not process.has_ended(self.process):
                signals.pause(0.02)
        finally:
            process.end(self.process)
        if self.process.returncode:
            log = self.log.relative_to(paths.ROOT)
            end_of_log = f" The end of {log}:\n{paths.log_tail(self.log)}"
            details = end_of_log if self.tail else f" Details are in {log}."
            raise terminal.CommandFailed(self.failure + details)

"""The service's own processes: web, Celery worker and beat."""

import contextlib
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from dev import paths, process, signals, terminal

RUN_MARK = f"INNOVATION_RUN={paths.KEY}"
# No proxy stands between this machine and itself.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def commands(port: int) -> dict[str, list[str | Path]]:
    celery: list[str | Path] = [paths.PYTHON, "-m", "celery", "-A", "innovation"]
    return {
        "web": [
            *(paths.PYTHON, "-m", "gunicorn", "innovation.wsgi"),
            *("--config", "python:innovation.server.config", "--workers", "2"),
            *("--bind", f"127.0.0.1:{port}", "--graceful-timeout", "5"),
        ],
        "worker": [
            *(*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        "beat": [
            *(*celery, "beat", "--loglevel", "INFO", "--pidfile", ""),
            *("--schedule", paths.RUN / "beat-schedule"),
        ],
    }


class Processes:
    """Stopped in the order in which they were started."""

    def __init__(self) -> None:
        self.running: dict[str, process.Running] = {}

    def start(self, part: str, port: int, env: Mapping[str, str]) -> None:
        name, _, value = RUN_MARK.partition("=")
        log = log_path(part)
        with contextlib.suppress(FileNotFoundError):
            log.rename(log.with_suffix(".log.old"))
        # `migrate` has run Django's checks when anything they read has changed.
        marked = {**env, name: value, "CELERY_SKIP_CHECKS": "1"}
        self.running[part] = process.spawn(commands(port)[part], log=log, env=marked)

    def raise_if_ended(self) -> None:
        for part, running in self.running.items():
            if process.has_ended(running):
                log = log_path(part)
                raise terminal.CommandFailed(
                    f"The {part} process ended by itself. The end of "
                    f"{log.relative_to(paths.ROOT)}:\n{paths.log_tail(log)}"
                )

    def stop(self) -> None:
        """All are asked before any is waited for; the worker finishes its tasks."""
        for running in self.running.values():
            if not process.has_ended(running):
                running.send_signal(signal.SIGTERM)
        for running in self.running.values():
            process.end(running, patience=20)
        self.running.clear()

    def wait(self, url: str, seconds: float) -> bool:
        """Whether the address has answered 200 in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.raise_if_ended()
            if is_answering(url):
                return True
            signals.pause(0.1)
        return False


def log_path(part: str) -> Path:
    return paths.LOGS / f"{part}.log"


def is_answering(url: str) -> bool:
    try:
        with _DIRECT.open(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.HTTPError):
        return False


def require_free_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise terminal.CommandFailed(
                f"Port {port} cannot be used ({os.strerror(error.errno or 0)}): stop "
                f"what uses it, or choose another with make run PORT={port + 1}."
            ) from None


def end_leftovers() -> None:
    """End the processes that an earlier `make run` left behind after a `kill -9`. They
    have a mark in their environment, which child processes inherit.
    """
    leftovers = [process.Identity.from_pid(pid) for pid in _marked_pids()]
    if not leftovers:
        return
    with terminal.step("Stopping what an earlier run left behind"):
        for identity in leftovers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(identity.pid, signal.SIGTERM)
        for identity in leftovers:
            process.end_by_identity(identity, signal.SIGTERM)


def _marked_pids() -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            variables = (folder / "environ").read_bytes().split(b"\0")
            if RUN_MARK.encode() in variables and process.start_time(int(folder.name)):
                yield int(folder.name)

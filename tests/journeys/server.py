"""The web process as production runs it, on the database of the test: to be killed."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from tests import database_copies

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Server:
    def __init__(
        self,
        log: Path,
        *options: str,
        workers: int = 1,
        threads: int = 8,
        env: Mapping[str, str] | None = None,
        application: str = "innovation.wsgi",
    ) -> None:
        """`options` are gunicorn's; `env` changes settings."""
        self.application = application
        self.log = log
        sizes = ("--workers", str(workers), "--threads", str(threads))
        self.options = (*sizes, *options)
        self.env = env or {}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.site = f"http://127.0.0.1:{self.port}"
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [
            *(sys.executable, "-m", "gunicorn", self.application),
            *("--config", "python:innovation.server.config"),
            *("--bind", f"127.0.0.1:{self.port}", *self.options),
        ]
        env = {**os.environ, "DATABASE_URL": database_copies.database_url(), **self.env}
        with self.log.open("ab") as lines:
            self.running = subprocess.Popen(
                command,
                env=env,
                stdout=lines,
                stderr=lines,
                cwd=settings.BASE_DIR,
                start_new_session=True,
            )
        self._wait()

    def kill(self) -> None:
        """Master and worker at once, in the middle of whatever they do."""
        if self.running is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
            self.running = None

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                answer = _DIRECT.open(f"{self.site}/health/live", timeout=5)
                answer.close()
                return
            time.sleep(0.05)
        raise AssertionError(f"The server did not start: {self.log.read_text()}")

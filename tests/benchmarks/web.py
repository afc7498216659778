"""Gunicorn as `make run` starts it, and what its processes have used so far."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int

    def workers(self) -> list[int]:
        return [pid for pid in _everybody() if _parent(pid) == self.pid]

    def cpu(self) -> float:
        """Seconds used by the workers."""
        return sum(_cpu(pid) for pid in self.workers())

    def memory(self) -> int:
        """Bytes of the larger worker."""
        return max(_memory(pid) for pid in self.workers())


def database_cpu() -> float:
    """Seconds used by the database's sessions that are there now, but our own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid()"
        )
        return sum(_cpu(pid) for (pid,) in cursor.fetchall())


@contextmanager
def serving(application: str) -> Iterator[Server]:
    port = _free_port()
    running = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", application),
            *("--config", "python:innovation.server.config"),
            *("--workers", "2"),
            *("--bind", f"127.0.0.1:{port}"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        server = Server(port, running.pid)
        _wait_for(server, running)
        yield server
    finally:
        running.terminate()
        running.wait()


def _wait_for(server: Server, running: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running.poll() is None:
        with socket.socket() as line:
            is_listening = line.connect_ex(("127.0.0.1", server.port)) == 0
        if is_listening and len(server.workers()) == 2:
            return
        time.sleep(0.05)
    raise SystemExit("gunicorn did not start")


def _everybody() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdecimal()]


def _parent(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    # The name, in brackets, may itself hold spaces and brackets.
    return int(stat.rpartition(")")[2].split()[1])


def _cpu(pid: int) -> float:
    """To the nanosecond; `stat` counts hundredths of a second."""
    try:
        spent = Path(f"/proc/{pid}/task").iterdir()
        return sum(int((t / "schedstat").read_text().split()[0]) for t in spent) / 1e9
    except FileNotFoundError:
        return 0.0


def _memory(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])

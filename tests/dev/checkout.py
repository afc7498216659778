"""A small checkout with the real launcher, services and packages, and a tiny project.

What is tested is how the commands start and stop; a tiny project does that in two
seconds where the real one needs ten.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from pathlib import Path

from dev import paths, process
from dev.instance import Instance
from dev.supervisor import SERVICES

MANAGE = """
import os, sys, time
if os.environ.get("SLOW") in sys.argv:
    time.sleep(60)
os.makedirs(os.environ["STATIC_ROOT"], exist_ok=True)
"""
WSGI = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
"""
# Worker and beat of the real Celery take seconds of processor time for each start;
# the real ones start and stop in `tests/journeys` and in `make run` itself.
CELERY = """
import signal
signal.signal(signal.SIGTERM, lambda *_: exit(0))
signal.pause()
"""
PROJECT = {
    "manage.py": MANAGE,
    "innovation/__init__.py": "",
    "innovation/core/__init__.py": "",
    "innovation/wsgi.py": WSGI,
    "celery/__init__.py": "",
    "celery/__main__.py": CELERY,
    "static/.keep": "",
    "innovation/web/.keep": "",
}
SERVICE_VARIABLES = ("DATABASE_URL", "CELERY_BROKER_URL", "STATIC_ROOT", "MEDIA_ROOT")


# The one a person would type: a virtual environment's has no pip.
PYTHON = str(Path(sys.base_prefix) / "bin" / "python3")


class Checkout:
    def __init__(self) -> None:
        # Not pytest's own folder: an unprivileged PostgreSQL must get there.
        self.root = Path(tempfile.mkdtemp(prefix="checkout-"))
        self.root.chmod(0o755)
        self.mark = f"STAGE={uuid.uuid4()}"
        self.port = _free_port()
        self.started: list[subprocess.Popen[str]] = []
        for folder in ("dev", "requirements", "innovation/server"):
            shutil.copytree(paths.ROOT / folder, self.root / folder)
        for file in ("Makefile", "package.json", "package-lock.json"):
            shutil.copy(paths.ROOT / file, self.root / file)
        for name, text in PROJECT.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text)
        # The server reads how large a body may be.
        limits = "innovation/core/limits.py"
        shutil.copy(paths.ROOT / limits, self.root / limits)
        (self.root / ".venv").symlink_to(paths.VENV.resolve())
        (self.root / "node_modules").symlink_to(paths.NODE_MODULES.resolve())

    def environment(self, **extra: str) -> dict[str, str]:
        inherited = {
            key: text
            for key, text in os.environ.items()
            if key not in SERVICE_VARIABLES
        }
        name, _, value = self.mark.partition("=")
        return {**inherited, name: value, "PORT": str(self.port), **extra}

    def launch(self, *arguments: str, **extra: str) -> "subprocess.Popen[str]":
        running = subprocess.Popen(
            [PYTHON, "dev/launch.py", *arguments],
            cwd=self.root,
            env=self.environment(**extra),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(running)
        return running

    def run_until(self, words: str, *arguments: str, **extra: str) -> "CommandOutput":
        running = self.launch(*(arguments or ("run",)), **extra)
        reading = CommandOutput(running)
        reading.wait_for(words)
        return reading

    def output(self, *arguments: str, **extra: str) -> str:
        """What the command itself wrote, without the launcher's own lines."""
        return self.python("dev/launch.py", *arguments, **extra)

    def python(self, *arguments: str, **extra: str) -> str:
        process = subprocess.run(
            [PYTHON, *arguments],
            cwd=self.root,
            env=self.environment(**extra),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=60,
        )
        return process.stdout

    def answer(self) -> int:
        url = f"http://127.0.0.1:{self.port}/"
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)

    def processes(self) -> list[str]:
        """Command lines of everything alive that belongs to this checkout."""
        pids = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                variables = (folder / "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if not process.start_time(int(folder.name)):
                continue
            if self.mark in variables or str(self.root) in words:
                pids.append(f"{folder.name} {words}")
        return pids

    def processes_after(self, seconds: float) -> list[str]:
        deadline = time.monotonic() + seconds
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.1)
        return self.processes()

    def kill_all(self) -> None:
        """Kill everything at once, like a power failure."""
        for line in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(line.split()[0]), signal.SIGKILL)

    def close(self) -> None:
        self.kill_all()
        for running in self.started:
            running.wait()
            if running.stdout is not None:
                running.stdout.close()
        sockets = [Instance(self.root / ".local").sockets(part) for part in SERVICES]
        for folder in (*sockets, self.root):
            shutil.rmtree(folder, ignore_errors=True)


class CommandOutput:
    """What a command has said so far."""

    def __init__(self, running: "subprocess.Popen[str]") -> None:
        self.running = running
        self.text = ""

    def wait_for(self, words: str) -> None:
        assert self.running.stdout is not None
        for line in self.running.stdout:
            self.text += line
            if words in line:
                return
        raise AssertionError(f"“{words}” was never said:\n{self.text}")

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Signals the command alone, as its children sit in groups of their own."""
        self.running.send_signal(number)
        return self.finish()

    def finish(self) -> int:
        printed, _ = self.running.communicate(timeout=40)
        self.text += printed
        return self.running.returncode


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

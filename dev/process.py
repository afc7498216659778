"""Processes: known by number and start time, started and ended as whole groups."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dev import paths, signals

Running = subprocess.Popen[bytes]

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Identity:
    """A process id can be used again; with its start time it identifies a process."""

    pid: int
    started: str

    @classmethod
    def from_pid(cls, pid: int) -> "Identity":
        return cls(pid, start_time(pid) or "")

    def is_alive(self) -> bool:
        return bool(self.started) and start_time(self.pid) == self.started

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def start_time(pid: int) -> str | None:
    """When the process began, in a form only good for comparing; None if it ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None if Path("/proc/self/stat").exists() else _start_time_by_ps(pid)
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else f"{boot}:{fields[19]}"


def _start_time_by_ps(pid: int) -> str | None:
    result = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True
    )
    return result.stdout.strip() or None


def signal_on_parent_death(number: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: the kernel sends the signal when whoever started it is gone."""
    if _LIBC is None:
        return None
    prctl = _LIBC.prctl
    return lambda: prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0) and None


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    owner: int | None = None,
    on_parent_death: signal.Signals | None = signal.SIGTERM,
) -> Running:
    """Start it out of reach of the terminal's Ctrl-C, so that we decide the order in
    which processes stop.
    """
    with log.open("ab") as file:
        return Running(
            [str(part) for part in command],
            cwd="/" if owner is not None else paths.ROOT,
            env=dict(env) if env is not None else None,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=signal_on_parent_death(on_parent_death)
            if on_parent_death
            else None,
            **as_user(owner),
        )


def run_captured(
    *command: str | Path,
    owner: int | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """For commands that take only a moment."""
    return subprocess.run(
        [str(part) for part in command],
        cwd="/" if owner is not None else paths.ROOT,
        env=dict(env) if env is not None else None,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **as_user(owner),
    )


def as_user(owner: int | None) -> dict[str, Any]:
    if owner is None:
        return {}
    return {"user": owner, "group": pwd.getpwuid(owner).pw_gid, "extra_groups": []}


def has_ended(process: Running) -> bool:
    """Do not reap the process, so that its id and its group's are not used again."""
    if process.returncode is not None:
        return True
    if not hasattr(os, "waitid"):  # macOS
        return process.poll() is not None
    wait_options = os.WEXITED | os.WNOHANG | os.WNOWAIT
    return os.waitid(os.P_PID, process.pid, wait_options) is not None


def end(
    process: Running,
    number: signal.Signals = signal.SIGTERM,
    patience: float = 5,
) -> None:
    """Ask the process to end, wait, and then kill what is left of its group.

    A further Ctrl-C shortens the wait.
    """
    if process.returncode is not None:
        return
    if not has_ended(process):
        process.send_signal(number)
    deadline = time.monotonic() + patience
    signals_before = signals.signal_count()
    while not has_ended(process) and time.monotonic() < deadline:
        if signals.signal_count() > signals_before:
            break
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def end_by_identity(identity: Identity, number: int, patience: float = 10) -> None:
    """Ends a process that an earlier command left behind."""
    for signal_number, seconds in ((number, patience), (signal.SIGKILL, 5)):
        if identity.is_alive():
            os.kill(identity.pid, signal_number)
        deadline = time.monotonic() + seconds
        while identity.is_alive() and time.monotonic() < deadline:
            time.sleep(0.05)

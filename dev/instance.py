"""One set of embedded services: the persistent one in `.local`, or a throwaway one."""

import hashlib
import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dev import locks, paths, process, terminal

TESTS = "tests"


@dataclass(frozen=True)
class Instance:
    folder: Path

    @classmethod
    def persistent(cls) -> "Instance":
        return cls(paths.LOCAL)

    @classmethod
    def throwaway(cls) -> "Instance":
        return cls(paths.LOCAL / "fresh" / secrets.token_hex(4))

    @classmethod
    def for_tests(cls) -> "Instance":
        """A throwaway one that starts with the database of the last tests."""
        return cls(paths.LOCAL / "fresh" / f"{TESTS}-{secrets.token_hex(4)}")

    @classmethod
    def left_by_tests(cls) -> "Instance":
        """The data of the last tests, which never runs: the next tests take it over."""
        return cls(paths.LOCAL / TESTS)

    @property
    def is_for_tests(self) -> bool:
        return self.folder.name.startswith(TESTS)

    @property
    def is_persistent(self) -> bool:
        return self.folder == paths.LOCAL

    @property
    def run(self) -> Path:
        return self.folder / "run"

    @property
    def logs(self) -> Path:
        return self.folder / "log"

    def sockets(self, part: str) -> Path:
        """In /tmp because a socket's whole path must be shorter than 104 bytes."""
        key = hashlib.sha256(f"{self.folder}:{os.geteuid()}".encode()).hexdigest()
        return Path("/tmp") / f"innovation-{key[:10]}-{part}"

    def data(self, part: str, owner: int | None) -> Path:
        """The folder of a part's data: in the checkout, if its user can reach it."""
        inside = self.folder / part
        inside.mkdir(parents=True, exist_ok=True)
        if can_reach(inside, owner):
            return inside
        outside = paths.OUTSIDE / inside.relative_to(paths.LOCAL)
        outside.mkdir(parents=True, exist_ok=True)
        (paths.OUTSIDE / "checkout").write_text(f"{paths.ROOT}\n")
        return outside

    def create(self) -> None:
        self.run.mkdir(parents=True, exist_ok=True)
        self.logs.mkdir(parents=True, exist_ok=True)

    def make_sockets(self, part: str, owner: int | None) -> None:
        """Create the folder of the sockets, unless it belongs to somebody else."""
        folder = self.sockets(part)
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if folder.is_symlink() or status.st_uid not in {os.geteuid(), owner}:
            raise terminal.CommandFailed(
                f"{folder} belongs to somebody else; remove it and run this again."
            )
        if owner is not None:
            os.chown(folder, owner, -1)

    def remove(self) -> None:
        """Only for a throwaway instance that nobody uses any more."""
        assert not self.is_persistent
        outside = paths.OUTSIDE / self.folder.relative_to(paths.LOCAL)
        sockets = [self.sockets(part) for part in ("postgres", "valkey")]
        for folder in (*sockets, outside, self.folder):
            shutil.rmtree(folder, ignore_errors=True)


def can_reach(folder: Path, owner: int | None) -> bool:
    if owner is None:
        return True
    return not subprocess.run(
        ["/bin/sh", "-c", 'cd "$0"', str(folder)],
        cwd="/",
        stderr=subprocess.DEVNULL,
        **process.as_user(owner),
    ).returncode


def remove_abandoned() -> None:
    """Removes throwaway instances whose commands were killed."""
    for folder in (paths.LOCAL / "fresh").glob("*"):
        locks_of_users = [locks.Lock(file) for file in (folder / "run").glob("*.users")]
        if locks_of_users and all(lock.try_exclusive() for lock in locks_of_users):
            Instance(folder).remove()

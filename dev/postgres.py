"""PostgreSQL's own programs, from the wheel or from the system, on a unix socket."""

import contextlib
import os
import re
import secrets
import shutil
import signal
from pathlib import Path

from dev import process, programs, terminal
from dev.instance import Instance

NAME = "postgres"
# Fast: ends the sessions, keeps every committed transaction.
STOP_SIGNAL = signal.SIGINT
THROWAWAY_OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    # A test’s rows are never committed. A table that is vacuumed meanwhile looks empty
    # to the planner, which joins it with everything: a query of 1 ms took 7 minutes.
    # The tests vacuum by themselves (`tests/database_copies.py`).
    "autovacuum=off",
)


class Postgres:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.owner = programs.unprivileged_user()
        self.programs = programs.postgres_folder(self.owner)
        self.folder = instance.data(NAME, self.owner)
        self.data = self.folder / "data"
        self.sockets = instance.sockets(NAME)
        self.log = instance.logs / "postgres.log"

    def url(self) -> str:
        return f"postgresql://innovation@/innovation?host={self.sockets}"

    def prepare(self) -> None:
        self.instance.make_sockets(NAME, self.owner)
        if self.instance.is_for_tests:
            self._take_over()
        if not self.data.exists():
            self._create()
        _refuse_other_version(self.data, self._version())
        for lock in (
            self.data / "postmaster.pid",
            self.sockets / ".s.PGSQL.5432.lock",
        ):
            _remove_stale(lock)

    def _take_over(self) -> None:
        """Move the data of the last tests here, unless another run has taken it."""
        with contextlib.suppress(FileNotFoundError):
            self._left_by_tests().rename(self.data)

    def leave_to_next_tests(self) -> None:
        """Leave the migrated data to the next tests, after the server has stopped."""
        data_folder = self._left_by_tests()
        if self.data.exists() and not (self.data / "postmaster.pid").exists():
            shutil.rmtree(data_folder, ignore_errors=True)
            self.data.rename(data_folder)

    def _left_by_tests(self) -> Path:
        folder = Instance.left_by_tests().data(NAME, self.owner)
        return folder / f"data-{self._version()}"

    def command(self) -> list[str | Path]:
        options = [
            "listen_addresses=",
            f"unix_socket_directories={self.sockets}",
            "unix_socket_permissions=0700",
            "timezone=UTC",
            "log_timezone=UTC",
            *(() if self.instance.is_persistent else THROWAWAY_OPTIONS),
        ]
        flags = [part for option in options for part in ("-c", option)]
        return [self.programs / "postgres", "-D", self.data, *flags]

    def is_ready(self) -> bool:
        result = process.run_captured(
            self.programs / "pg_isready", "-q", "-h", self.sockets
        )
        return result.returncode == 0

    def set_up(self) -> None:
        """The application owns its database and is not a superuser. Production has one
        more user, which a test creates.
        """
        if not self._ask("SELECT 1 FROM pg_roles WHERE rolname = 'innovation'"):
            self._ask("CREATE ROLE innovation LOGIN CREATEDB CREATEROLE")
        if not self._ask("SELECT 1 FROM pg_database WHERE datname = 'innovation'"):
            self._ask("CREATE DATABASE innovation OWNER innovation")

    def identity(self) -> str:
        """It changes when the data is deleted and created again."""
        file = self.data / "innovation-identity"
        return file.read_text() if file.exists() else "unknown"

    def applied_migrations(self) -> str:
        exists = "SELECT to_regclass('django_migrations')"
        if not self._ask(exists, "innovation"):
            return "none"
        statement = "SELECT count(*), max(id) FROM django_migrations"
        return self._ask(statement, "innovation")

    def _ask(self, statement: str, database: str = "postgres") -> str:
        connection = ("-h", self.sockets, "-U", "postgres", "-d", database)
        psql = self.programs / "psql"
        result = process.run_captured(psql, "-XqAt", *connection, "-c", statement)
        if result.returncode:
            raise terminal.CommandFailed(
                f"PostgreSQL refused its set-up: {result.stderr.strip()}"
            )
        return result.stdout.strip()

    def _version(self) -> int:
        answer = process.run_captured(self.programs / "postgres", "--version").stdout
        match = re.search(r"\d+", answer)
        return int(match.group()) if match else 0

    def _create(self) -> None:
        """Under another name first: an interrupted attempt must not look finished."""
        attempt = self.folder / "data.new"
        shutil.rmtree(attempt, ignore_errors=True)
        attempt.mkdir(mode=0o700)
        if self.owner is not None:
            os.chown(attempt, self.owner, -1)
        builtin = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        result = process.run_captured(
            *(self.programs / "initdb", "-D", attempt, "-U", "postgres", "-A", "trust"),
            *("-E", "UTF8", "--no-locale", "--no-sync"),
            *(builtin if self._version() >= 17 else ()),
            env={**os.environ, "LC_ALL": "C"},
            owner=self.owner,
        )
        if result.returncode:
            reason = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise terminal.CommandFailed(
                f"PostgreSQL could not create its data: {reason}"
            )
        (attempt / "innovation-identity").write_text(secrets.token_hex(8))
        attempt.rename(self.data)


def _refuse_other_version(data: Path, version: int) -> None:
    made_by = (data / "PG_VERSION").read_text().strip()
    if made_by != str(version):
        raise terminal.CommandFailed(
            f"The kept data was made by PostgreSQL {made_by} and this is {version}: "
            "`make reset` starts again with empty data."
        )


def _remove_stale(lock: Path) -> None:
    """`kill -9` leaves the file, and its number may be another process by now."""
    with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
        pid = int(lock.read_text().splitlines()[0])
        if not _is_postgres(pid):
            lock.unlink()


def _is_postgres(pid: int) -> bool:
    if process.start_time(pid) is None:
        return False
    try:
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return True

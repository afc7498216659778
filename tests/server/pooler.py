"""PgBouncer with the configuration in the documentation, before the test's database."""

import contextlib
import os
import pwd
import re
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from dev import pgbouncer, programs
from tests.server.proxy import free_port

PGBOUNCER_INI = Path(settings.BASE_DIR) / "docs/pgbouncer.ini"
PRODUCTION = Path(settings.BASE_DIR) / "docs/production.md"
PASSWORD = "of-the-pooler"


class Pooler:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        database = connection.settings_dict
        self.name = str(database["NAME"])
        self.user = str(database["USER"] or os.environ.get("PGUSER", ""))
        self.password = str(database["PASSWORD"] or PASSWORD)
        self.url = (
            f"postgresql://{self.user}:{self.password}@127.0.0.1:{self.port}/innovation"
        )
        self.running: subprocess.Popen[bytes] | None = None

    def start(self, **changed: str) -> None:
        """`changed` are lines of the file with another value."""
        program = pgbouncer.program()
        if program is None:
            if os.environ.get("REQUIRE_PGBOUNCER") == "1":
                pytest.fail(pgbouncer.NOT_FOUND)
            pytest.skip(pgbouncer.NOT_FOUND)
        self._write(changed)
        log = self.folder / "pgbouncer.log"
        with log.open("ab") as lines:
            self.running = subprocess.Popen(
                [program, *_user_option(), self.folder / "pgbouncer.ini"],
                stdout=lines,
                stderr=lines,
            )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.running.poll() is None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            time.sleep(0.05)
        raise AssertionError(f"PgBouncer did not start: {log.read_text()}")

    def connect(self, **options: str) -> Any:
        connection = psycopg2.connect(self.url, **options)
        connection.autocommit = True
        return connection

    def show(self, setting: str) -> str:
        """A setting of a connection that it gives out."""
        with contextlib.closing(self.connect()) as line, line.cursor() as cursor:
            cursor.execute("SELECT current_setting(%s)", [setting])
            return str(cursor.fetchone()[0])

    def stop(self) -> None:
        if self.running is not None:
            self.running.send_signal(signal.SIGTERM)
            self.running.wait()
            self.running = None

    def _write(self, changed: dict[str, str]) -> None:
        database = connection.settings_dict
        host = database["HOST"] or "127.0.0.1"
        port = database["PORT"] or 5432
        text = PGBOUNCER_INI.read_text()
        for documented, local_value in (
            (
                "host=127.0.0.1 port=5432 dbname=innovation",
                f"host={host} port={port} dbname={self.name}",
            ),
            ("listen_port = 6432", f"listen_port = {self.port}"),
            ("/etc/pgbouncer/userlist.txt", f"{self.folder}/userlist.txt"),
        ):
            assert documented in text
            text = text.replace(documented, local_value)
        for name, value in changed.items():
            text, count = re.subn(
                rf"^{name} = .*$", f"{name} = {value}", text, flags=re.MULTILINE
            )
            assert count == 1
        (self.folder / "pgbouncer.ini").write_text(f"{text}unix_socket_dir =\n")
        users = self.folder / "userlist.txt"
        users.write_text(f'"{self.user}" "{self.password}"\n')


def _user_option() -> list[str]:
    """It refuses to be root, and the tests' own server lets only its owner in."""
    owner = programs.unprivileged_user()
    return [] if owner is None else ["-u", pwd.getpwuid(owner).pw_name]


def set_role_defaults(pooler: Pooler) -> None:
    """As documented, but only in this database, which other tests do not use."""
    [statements] = re.findall(
        r"```sql\n(ALTER ROLE innovation_app SET .*?)```",
        PRODUCTION.read_text(),
        re.DOTALL,
    )
    role_prefix = f'ALTER ROLE "{pooler.user}" IN DATABASE "{pooler.name}" SET'
    with connection.cursor() as cursor:
        cursor.execute(statements.replace("ALTER ROLE innovation_app SET", role_prefix))

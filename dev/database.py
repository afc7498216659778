"""Creates the tables and loads the data of one database, and remembers which."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from dev import django_commands, paths, postgres, terminal
from dev.instance import Instance
from dev.static_files import PINS, BackgroundStep, iter_files, read_text

STAMP = paths.RUN / "database.json"
SIGN_INS = paths.RUN / "sign-ins.txt"


class Database:
    def __init__(self, env: Mapping[str, str], *, embedded: bool) -> None:
        """For a database that is not `embedded`, all steps run at every start."""
        self.env = env
        self.postgres = postgres.Postgres(Instance.persistent()) if embedded else None
        identity = self.postgres.identity() if self.postgres is not None else "not ours"
        saved_stamps: dict[str, str] = json.loads(read_text(STAMP) or "{}")
        same = self.postgres is not None and saved_stamps.get("database") == identity
        self.stamps = saved_stamps if same else {"database": identity}

    def migration_step(self) -> BackgroundStep:
        stamp = paths.digest(*_migration_files(), PINS)
        same = self.stamps.get("migrations") == stamp
        migrated = same and self.stamps.get("applied") == self._applied_migrations()
        return BackgroundStep(
            "Database tables",
            None
            if migrated
            else django_commands.start_command("migrate", "--noinput", env=self.env),
            lambda: self._remember(
                migrations=stamp, applied=self._applied_migrations()
            ),
        )

    def load_data(self, *, demonstration: bool) -> None:
        """Load what has changed. Call it after the migration."""
        stamp = paths.digest(*_data_files())
        if self.stamps.get("reference") != stamp:
            with terminal.step("Reference data"):
                django_commands.run_command("load_reference_data", env=self.env)
            self._remember(reference=stamp)
        if demonstration and self.stamps.get("demonstration") != stamp:
            with terminal.step("Demonstration"):
                django_commands.run_command("load_demonstration", env=self.env)
                SIGN_INS.write_text(
                    django_commands.command_output(
                        "demonstration_sign_ins", env=self.env
                    )
                )
            self._remember(demonstration=stamp)

    def _applied_migrations(self) -> str:
        """A stamp that changes when somebody migrates by hand."""
        return (
            self.postgres.applied_migrations()
            if self.postgres is not None
            else "unknown"
        )

    def _remember(self, **facts: str) -> None:
        self.stamps |= facts
        new = STAMP.with_suffix(".new")
        new.write_text(json.dumps(self.stamps))
        new.rename(STAMP)


def demo_sign_ins() -> str:
    return read_text(SIGN_INS)


def _migration_files() -> Iterator[Path]:
    for package in paths.PACKAGES:
        yield from (paths.ROOT / package).glob("**/migrations/*.py")


def _data_files() -> Iterator[Path]:
    """The data files, and the code that loads them."""
    yield from _migration_files()
    for package in paths.PACKAGES:
        for file in iter_files(paths.ROOT / package):
            words = "/".join(file.relative_to(paths.ROOT).parts)
            loads = any(word in words for word in ("demonstration", "reference"))
            if loads or file.suffix in {".csv", ".json", ".ndjson", ".toml", ".xlsx"}:
                yield file

"""Tables, reference data and demonstration, remembered for one database."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from dev import manage, paths, postgres, say
from dev.instance import Instance
from dev.prepare import PINS, Ahead, files, text

STAMP = paths.RUN / "database.json"
SIGN_INS = paths.RUN / "sign-ins.txt"


class Database:
    def __init__(self, env: Mapping[str, str], *, embedded: bool) -> None:
        """One that is not ours is not remembered: its steps run at every start."""
        self.env = env
        self.kept = postgres.Postgres(Instance.kept()) if embedded else None
        identity = self.kept.identity() if self.kept is not None else "not ours"
        remembered: dict[str, str] = json.loads(text(STAMP) or "{}")
        same = self.kept is not None and remembered.get("database") == identity
        self.done = remembered if same else {"database": identity}

    def tables(self) -> Ahead:
        stamp = paths.digest(*_migrations(), PINS)
        same = self.done.get("migrations") == stamp
        migrated = same and self.done.get("applied") == self._applied()
        return Ahead(
            "Database tables",
            None if migrated else manage.begin("migrate", "--noinput", env=self.env),
            lambda: self._remember(migrations=stamp, applied=self._applied()),
        )

    def data(self, *, demonstration: bool) -> None:
        """After the tables."""
        stamp = paths.digest(*_data())
        if self.done.get("reference") != stamp:
            with say.step("Reference data"):
                manage.run("load_reference_data", env=self.env)
            self._remember(reference=stamp)
        if demonstration and self.done.get("demonstration") != stamp:
            with say.step("Demonstration"):
                manage.run("load_demonstration", env=self.env)
                SIGN_INS.write_text(manage.ask("demonstration_sign_ins", env=self.env))
            self._remember(demonstration=stamp)

    def _applied(self) -> str:
        """Changes when somebody migrates by hand."""
        return self.kept.applied_migrations() if self.kept is not None else "unknown"

    def _remember(self, **facts: str) -> None:
        self.done |= facts
        new = STAMP.with_suffix(".new")
        new.write_text(json.dumps(self.done))
        new.rename(STAMP)


def sign_ins() -> str:
    return text(SIGN_INS)


def _migrations() -> Iterator[Path]:
    for package in paths.PACKAGES:
        yield from (paths.ROOT / package).glob("**/migrations/*.py")


def _data() -> Iterator[Path]:
    """Tables of data, and the code that says how they are loaded."""
    yield from _migrations()
    for package in paths.PACKAGES:
        for file in files(paths.ROOT / package):
            words = "/".join(file.relative_to(paths.ROOT).parts)
            loads = any(word in words for word in ("demonstration", "reference"))
            if loads or file.suffix in {".csv", ".json", ".ndjson", ".toml", ".xlsx"}:
                yield file

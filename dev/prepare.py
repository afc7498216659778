"""What happens between an installed checkout and a service that can start.

A step is skipped when nothing it reads has changed since it last succeeded on the
same database.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from dev import manage, paths, postgres, process, say
from dev.instance import Instance

STATIC_STAMP = paths.RUN / "static.stamp"
DATABASE_STAMP = paths.RUN / "database.json"
SIGN_INS = paths.RUN / "sign-ins.txt"
PINS = paths.REQUIREMENTS / "prod.txt"


class StaticFiles:
    """Begins on entering, so that the database is prepared at the same time."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.stamp = paths.digest(*_static_sources())
        self.work: process.Work | None = None

    def __enter__(self) -> "StaticFiles":
        if not paths.STATIC.exists() or _text(STATIC_STAMP) != self.stamp:
            self.work = manage.begin("collectstatic", "--noinput", env=self.env)
        return self

    def finish(self) -> None:
        if self.work is not None:
            with say.step("Static files"):
                self.work.finish()
            STATIC_STAMP.write_text(self.stamp)

    def __exit__(self, *error: object) -> None:
        if self.work is not None:
            process.end(self.work.process)


def static_files(env: Mapping[str, str]) -> None:
    with StaticFiles(env) as static:
        static.finish()


def _static_sources() -> Iterator[Path]:
    yield from _files(paths.ROOT / "static")
    yield from _files(paths.ROOT / "innovation" / "web")
    yield paths.ROOT / "package-lock.json"
    yield PINS


def database(env: Mapping[str, str], *, embedded: bool, demonstration: bool) -> None:
    """Migrations first: the data is loaded into the tables they make."""
    kept = postgres.Postgres(Instance.kept()) if embedded else None
    done = _done(kept)
    migrations, data = paths.digest(*_migrations(), PINS), paths.digest(*_data())
    if done.get("migrations") != migrations or done.get("applied") != _applied(kept):
        with say.step("Database tables"):
            manage.run("migrate", "--noinput", env=env)
        done |= {"migrations": migrations, "applied": _applied(kept)}
        _write(done)
    if manage.has("load_reference_data") and done.get("reference") != data:
        with say.step("Reference data"):
            manage.run("load_reference_data", env=env)
        done["reference"] = data
        _write(done)
    demonstration = demonstration and manage.has("load_demonstration")
    if demonstration and done.get("demonstration") != data:
        with say.step("Demonstration"):
            manage.run("load_demonstration", env=env)
            SIGN_INS.write_text(manage.ask("demonstration_sign_ins", env=env))
        done["demonstration"] = data
        _write(done)


def _done(kept: postgres.Postgres | None) -> dict[str, str]:
    """Empty for a database that is not the one remembered, or not ours to know."""
    remembered: dict[str, str] = json.loads(_text(DATABASE_STAMP) or "{}")
    if kept is None or remembered.get("database") != kept.identity():
        return {"database": kept.identity()} if kept is not None else {}
    return remembered


def _applied(kept: postgres.Postgres | None) -> str:
    """Changes when somebody migrates by hand."""
    return kept.applied_migrations() if kept is not None else "unknown"


def _write(done: Mapping[str, str]) -> None:
    new = DATABASE_STAMP.with_suffix(".new")
    new.write_text(json.dumps(done))
    new.rename(DATABASE_STAMP)


def _migrations() -> Iterator[Path]:
    for package in paths.PACKAGES:
        yield from (paths.ROOT / package).glob("**/migrations/*.py")


def _data() -> Iterator[Path]:
    """Tables of data, and the code that says how they are loaded."""
    yield from _migrations()
    for package in paths.PACKAGES:
        for file in _files(paths.ROOT / package):
            words = "/".join(file.relative_to(paths.ROOT).parts)
            loads = any(word in words for word in ("demonstration", "reference"))
            if loads or file.suffix in {".csv", ".json", ".ndjson", ".toml", ".xlsx"}:
                yield file


def _files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""


def sign_ins() -> str:
    return _text(SIGN_INS)

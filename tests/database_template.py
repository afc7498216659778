"""The template of the test databases.

Migrating takes many seconds, copying a tenth of one. So the migrated database is kept
on the server as a template, under a name made from the migrations' content. It only has
the rows that migrations wrote.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

PREFIX = "innovation_template_"
_LOCK = 5_071_909
_ROOT = Path(settings.BASE_DIR)


def create_template() -> str:
    """Create the template if it does not exist; return its name."""
    name = template_name()
    with connection._nodb_cursor() as cursor:
        # Every worker begins at the same moment, and one of them migrates.
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
        )
        present = {row[0] for row in cursor.fetchall()}
        for outdated in present - {name}:
            cursor.execute(f'DROP DATABASE "{outdated}" WITH (FORCE)')
        if name not in present:
            unfinished = f"{PREFIX}unfinished"
            cursor.execute(f'CREATE DATABASE "{unfinished}" TEMPLATE template0')
            _migrate(unfinished)
            # Nobody writes there, and autovacuum does not hinder copying.
            cursor.execute(f'ALTER DATABASE "{unfinished}" ALLOW_CONNECTIONS false')
            cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return name


def use_database(name: str) -> None:
    """Switch the connection to this database."""
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _migrate(name: str) -> None:
    before = connection.settings_dict["NAME"]
    use_database(name)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    use_database(before)


def template_name() -> str:
    """From the migrations, our modules that they import, and Django’s version."""
    total = hashlib.sha256(django.get_version().encode())
    for file in sorted(files_migrating_reads()):
        total.update(f"\0{file}\0".encode())
        total.update(file.read_bytes())
    return f"{PREFIX}{total.hexdigest()[:16]}"


def files_migrating_reads() -> Iterator[Path]:
    yield Path(__file__)
    for app in apps.get_app_configs():
        yield from Path(app.path).glob("migrations/*.py")
    for package in ("audit", "core", "settings"):
        yield from (_ROOT / "innovation" / package).glob("*.py")

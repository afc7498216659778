"""A database of the run's own, thrown away at its end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg2


@contextmanager
def throwaway() -> Iterator[str]:
    """Sets DATABASE_URL, which must happen before the settings are read."""
    url = os.environ["DATABASE_URL"]
    name = f"bench_{os.getpid()}"
    _run(url, f'CREATE DATABASE "{name}" TEMPLATE template0')
    own = urlsplit(url)._replace(path=f"/{name}").geturl()
    os.environ["DATABASE_URL"] = own
    try:
        yield own
    finally:
        os.environ["DATABASE_URL"] = url
        _run(url, f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()

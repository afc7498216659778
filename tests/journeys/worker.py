"""A Celery worker as production runs it, on the database of the test."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests import database_copies


@contextmanager
def worker(log: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", "innovation.celery", "worker"]
    options = ["-c", "1", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    env = {**os.environ, "DATABASE_URL": database_copies.database_url()}
    with log.open("wb") as lines:
        running = subprocess.Popen(
            [*command, *options],
            env=env,
            stdout=lines,
            stderr=lines,
            cwd=settings.BASE_DIR,
        )
        try:
            yield
        finally:
            running.terminate()
            running.wait(20)

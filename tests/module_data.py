"""Loads data once for a module of tests, and rolls it back afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def module_transaction(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Rows written inside are there for all tests of the module, each of which is
    rolled back to its own savepoint. Where they are many, check the deferred
    constraints before the tests run: otherwise each test does it again.
    """
    with blocker.unblock(), transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)

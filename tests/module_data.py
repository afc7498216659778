"""Loads much data once for a whole module of tests, and takes it back after it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def module_transaction(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written inside stands under every test of the module, each of which is
    undone by its own savepoint.
    """
    with blocker.unblock(), transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)

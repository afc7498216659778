"""Drives: one rule, tried with many examples that Hypothesis makes up."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

SOAK = "soak"
"""The profile of Hypothesis that `make soak` names."""
Test = TypeVar("Test", bound=Callable[..., None])
settings.register_profile(SOAK)


def drive(few: int, *, all: int) -> Callable[[Test], Test]:
    """`make test` tries a few examples, and `make soak` all of them. They are the same
    in each run.
    """
    is_soak = settings.get_current_profile_name() == SOAK
    chosen = settings(
        max_examples=all if is_soak else few,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
        ],
    )

    def decorate(test: Test) -> Test:
        marked: Test = pytest.mark.drive(chosen(test))
        return marked

    return decorate

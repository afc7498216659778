"""What a test knows to be there, for the type checker that cannot know it."""

from typing import TypeVar

_T = TypeVar("_T")


def not_none(value: _T | None) -> _T:
    assert value is not None
    return value

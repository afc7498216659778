"""Registries, through which apps add to a mechanism that must not import them.

The module of the mechanism holds a `Registry`. An app's modules add to it in a function
`register`, which the `ready` of the app's `apps.py` calls.
"""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Entries in order of registration, one for each key. Without `key`, an entry is
    its own key.
    """

    def __init__(self, key: Callable[[T], object] = lambda entry: entry) -> None:
        self._key = key
        self._entries: dict[object, T] = {}

    def register(self, *entries: T) -> None:
        """An equal entry may be registered again; a different one with the same key
        raises `ValueError`.
        """
        for entry in entries:
            key = self._key(entry)
            if self._entries.setdefault(key, entry) != entry:
                raise ValueError(f"{key} is already registered as something else")

    def get(self, key: object) -> T | None:
        return self._entries.get(key)

    def __getitem__(self, key: object) -> T:
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

"""What apps tell a mechanism that knows none of them.

The mechanism holds a `Registry`. An app's modules add to it in a function `register`,
which the `ready` of its `apps.py` calls: what is not called there is not registered.
"""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Entries in the order in which they were registered, one for each key; without
    `key` an entry is its own.
    """

    def __init__(self, key: Callable[[T], object] = lambda entry: entry) -> None:
        self._key = key
        self._entries: dict[object, T] = {}

    def register(self, *entries: T) -> None:
        """The same entry may come twice; two with one key are a mistake."""
        for entry in entries:
            key = self._key(entry)
            if self._entries.setdefault(key, entry) != entry:
                raise ValueError(f"{key} is registered already, and not as this")

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

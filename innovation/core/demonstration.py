"""What apps that import `funding` add to its demonstration, once, when it is loaded."""

from datetime import datetime
from typing import Protocol

from innovation.core.registry import Registry


class Loader(Protocol):
    def __call__(self, *, at: datetime) -> None: ...


loaders: Registry[Loader] = Registry()

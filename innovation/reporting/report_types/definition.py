"""What a report is: the base of every class in this package."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto
from typing import ClassVar

from django.db.models import Model, QuerySet

from innovation.accounts.models import User
from innovation.accounts.permissions import (
    Visitor,
    has_permission,
    require_permission,
)
from innovation.accounts.roles import Permission
from innovation.core.clock import london_day

Params = Mapping[str, str]
"""Filters as text, as they stand in the address of a list."""


class Format(Enum):
    FILE = auto()
    """CSV or an Excel workbook, which a worker builds and its maker downloads later."""
    STREAM = auto()
    """CSV as PostgreSQL writes it, while the reader waits."""


class ReportType(ABC):
    name: ClassVar[str]
    """Names it in addresses and in `Report.kind`: it never changes."""
    title: ClassVar[str]
    columns: ClassVar[tuple[str, ...]]
    permissions: ClassVar[tuple[Permission, ...]]
    """All of them are needed."""
    formats: ClassVar[frozenset[Format]]
    # For those that a worker builds.
    noun: ClassVar[str]
    """What a row is of, for “12 cases”."""
    source: ClassVar[str]
    """The list that leads to it, and whose filters it takes."""
    source_title: ClassVar[str]
    filter_names: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def rows(
        self, user: User, params: Params, at: datetime
    ) -> "QuerySet[Model, tuple[object, ...]]":
        """Tuples in the order of `columns`, of what `user` may read at `at`. Raises
        `Invalid` where a filter cannot be read.
        """

    def count(self, user: User, params: Params, at: datetime) -> int:
        return self.rows(user, params, at).order_by().count()

    def file_name(self, params: Params, at: datetime) -> str:
        return f"{self.name}-{london_day(at)}"

    def closed_to(self, user: User) -> set[int]:
        """Ids of what is kept from `user`: a file is theirs until another is."""
        return set()

    def is_allowed(self, user: Visitor) -> bool:
        return all(has_permission(user, each) for each in self.permissions)

    def require(self, user: Visitor) -> None:
        """Raises `NotAllowed` for whoever may not have it."""
        for each in self.permissions:
            require_permission(user, each)

    @property
    def ask_title(self) -> str:
        return f"Download these {self.noun}s"

    @property
    def is_built(self) -> bool:
        return Format.FILE in self.formats

    @property
    def is_streamed(self) -> bool:
        return Format.STREAM in self.formats

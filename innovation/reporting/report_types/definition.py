"""The base class of the report types."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto
from typing import ClassVar

from django.db.models import Model, QuerySet
from django.utils.text import slugify

from bids.conflicts import expression_ids_closed_to
from innovation.accounts.models import User
from innovation.accounts.permissions import (
    Visitor,
    has_permission,
    require_permission,
)
from innovation.accounts.roles import Permission
from innovation.core.clock import london_day

MAX_WORDS = 120
"""Longer names of files are cut off by some systems."""
Params = Mapping[str, str]
"""Filters, as in the query string of a list."""


class Format(Enum):
    FILE = auto()
    """CSV or an Excel workbook, which a worker builds and its maker downloads later."""
    STREAM = auto()
    """CSV from PostgreSQL, streamed in the response."""


class ReportType(ABC):
    name: ClassVar[str]
    """Used in addresses and in `Report.kind`, so it must never change."""
    title: ClassVar[str]
    columns: ClassVar[tuple[str, ...]]
    permissions: ClassVar[tuple[Permission, ...]]
    """The user needs all of them."""
    formats: ClassVar[frozenset[Format]]
    # For those that a worker builds.
    noun: ClassVar[str]
    """The name of a row, for “12 cases”."""
    source: ClassVar[str]
    """The list that links to the report and has its filters."""
    source_title: ClassVar[str]
    filter_names: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def rows(
        self, user: User, params: Params, at: datetime
    ) -> "QuerySet[Model, tuple[object, ...]]":
        """What `user` may read at `at`, as tuples in the order of `columns`. Raise
        `Invalid` if a filter is invalid.
        """

    def count(self, user: User, params: Params, at: datetime) -> int:
        return self.rows(user, params, at).order_by().count()

    def headings(self, params: Params) -> tuple[str, ...]:
        """The first line of the file."""
        return self.columns

    def file_name(self, params: Params, at: datetime) -> str:
        return f"{self.name}-{london_day(at)}"

    def name_of_built_file(self, params: Params, at: datetime, count: int) -> str:
        """Its date, its filters and the number of its rows, because files are copied
        and sent on.
        """
        filters = [
            f"{name} {text}"
            for name, text in params.items()
            if text and not name.startswith(("as_at", "columns"))
        ]
        words = slugify(" ".join(filters).replace("_", " "))[:MAX_WORDS]
        rows = f"{count}-{self.noun}{'' if count == 1 else 's'}"
        return "-".join(filter(None, [self.file_name(params, at), words, rows]))

    def closed_to(self, user: User) -> set[int]:
        """The ids of cases that `user` must not see. If more are added after a file was
        built, its maker cannot download it any more.
        """
        return expression_ids_closed_to(user)

    def is_allowed(self, user: Visitor) -> bool:
        return all(has_permission(user, permission) for permission in self.permissions)

    def require(self, user: Visitor) -> None:
        """Raise `NotAllowed` if the user may not have the report."""
        for permission in self.permissions:
            require_permission(user, permission)

    @property
    def ask_title(self) -> str:
        return f"Download these {self.noun}s"

    @property
    def is_built(self) -> bool:
        return Format.FILE in self.formats

    @property
    def is_streamed(self) -> bool:
        return Format.STREAM in self.formats

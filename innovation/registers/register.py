"""The definition of a register: a simple table that administrators edit.

It gives the list, form and page of a row for administrators, the CSV, the API resource,
the guard and the evidence. CONTRIBUTING.md says how to add a register.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from django.db.models import QuerySet

from innovation.accounts.permissions import Visitor
from innovation.core.columns import column_field
from innovation.core.formatting import format_date, format_moment
from innovation.registers.forms import RegisterForm
from innovation.registers.models import RegisterRow

R = TypeVar("R", bound=RegisterRow, covariant=True)


@dataclass(frozen=True, slots=True)
class Register(Generic[R]):
    """`columns` are the fields shown in the list, CSV and API; a field’s `verbose_name`
    is its heading. `published` gives the rows that the API shows to a user, who may be
    anonymous; `example` is one of them, as in the API.
    """

    model: type[R]
    title: str
    noun: str
    description: str
    form: type[RegisterForm]
    columns: Sequence[str]
    published: Callable[[Visitor, datetime], QuerySet[R]]
    example: Mapping[str, object]
    order: int = 96

    @property
    def name(self) -> str:
        return self.model.register_name

    @property
    def headings(self) -> list[str]:
        fields = [column_field(self.model, name) for name in self.columns]
        return [str(field.verbose_name).capitalize() for field in fields]

    def rows(self) -> QuerySet[R]:
        return self.model._default_manager.select_related("chain")

    def cells(self, row: RegisterRow) -> list[str]:
        """The cells of the row in the list, in the order of the columns."""
        return [_cell_text(row, column) for column in self.columns]


def _cell_text(row: RegisterRow, column: str) -> str:
    label = getattr(row, f"get_{column}_display", None)
    value = label() if label else getattr(row, column)
    if isinstance(value, datetime):
        return format_moment(value)
    return format_date(value) if isinstance(value, date) else str(value)

"""Two people who change the same thing at once: what each page of `test_versions` is
driven with, and how those of the registers are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import resolve, reverse

from innovation.accounts.models import User
from innovation.registers.definitions import REGISTERS
from innovation.registers.register import Register
from innovation.web import pages
from tests.factories import registers, users


@dataclass(frozen=True, slots=True)
class EditScenario:
    """Two people and what each types into the same page; `value` is what is saved."""

    mine: dict[str, Any]
    theirs: dict[str, Any]
    address: str
    people: tuple[User, User]
    value: Callable[[], Any]
    words: tuple[str, str, str]
    """As seen, theirs and mine, on the page that asks."""


def of_registers() -> dict[type[pages.EditPage], Callable[[], EditScenario]]:
    return {_change_page(each): _row_of_register(each) for each in REGISTERS}


def _change_page(register: Register[Any]) -> type[pages.EditPage]:
    match = resolve(reverse(f"registers:{register.name}-change", args=["key"]))
    page: type[pages.EditPage] = vars(match.func)["view_class"]
    return page


def _row_of_register(register: Register[Any]) -> Callable[[], EditScenario]:
    name = register.columns[0]

    def row() -> EditScenario:
        register_row = registers.row(register, **{name: "As it was"})
        return EditScenario(
            {name: "Mine"},
            {name: "Theirs"},
            reverse(f"registers:{register.name}-change", args=[register_row.key]),
            (users.administrator(), users.administrator()),
            lambda: getattr(
                type(register_row)._default_manager.get(pk=register_row.pk), name
            ),
            ("As it was", "Theirs", "Mine"),
        )

    row.__name__ = register.name
    return row

"""This app's entries in the navigation at the top of every page."""

from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.registers.definitions import REGISTERS
from innovation.web.navigation import Entry, entries

MANAGER = permission_required(Permission.MANAGE_REGISTERS)


def register() -> None:
    entries.register(
        *(
            Entry(
                definition.title,
                f"registers:{definition.name}",
                MANAGER,
                order=definition.order,
            )
            for definition in REGISTERS
        )
    )

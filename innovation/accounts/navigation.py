from innovation.accounts.page_access import SIGNED_IN, permission_required
from innovation.accounts.roles import Permission
from innovation.web.navigation import Entry, entries


def register() -> None:
    entries.register(
        Entry(
            "People",
            "accounts:people",
            permission_required(Permission.MANAGE_PEOPLE),
            order=80,
        ),
        Entry(
            "Roles",
            "accounts:roles",
            permission_required(Permission.MANAGE_PEOPLE),
            order=81,
        ),
        Entry(
            "Organisations",
            "accounts:organisations",
            permission_required(
                Permission.APPLY,
                Permission.CONFIRM_ORGANISATIONS,
                Permission.MANAGE_PEOPLE,
            ),
            order=70,
        ),
        Entry(
            "API",
            "accounts:tokens",
            permission_required(Permission.USE_API),
            order=85,
            personal=True,
        ),
        Entry("Account", "accounts:account", SIGNED_IN, order=90, personal=True),
    )

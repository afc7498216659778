from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.web.navigation import Entry, entries


def register() -> None:
    entries.register(
        Entry(
            "Letters",
            "notifications:outbox",
            permission_required(Permission.READ_SYSTEM_HEALTH),
            order=90,
        ),
    )

from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.web.navigation import Entry, entries


def register() -> None:
    entries.register(
        Entry(
            "Feedback",
            "contact:received",
            permission_required(Permission.READ_FEEDBACK),
            order=85,
        ),
    )

from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.reporting.report_types import READERS
from innovation.web.navigation import Entry, entries


def register() -> None:
    entries.register(
        Entry(
            "Reports",
            "reporting:reports",
            READERS,
            order=80,
        ),
        Entry(
            "System health",
            "reporting:system-health",
            permission_required(Permission.READ_SYSTEM_HEALTH),
            order=95,
        ),
    )

"""This app's entries in the navigation at the top of every page."""

from innovation.accounts.page_access import EVERYBODY, permission_required
from innovation.accounts.roles import Permission
from innovation.web.navigation import Entry, entries


def register() -> None:
    entries.register(
        Entry("Projects", "funding:projects", EVERYBODY, order=15),
        Entry(
            "Board",
            "funding:meetings",
            permission_required(Permission.RUN_BOARD, Permission.ADVISE),
            order=30,
        ),
        Entry(
            "Interests",
            "funding:interests",
            permission_required(Permission.RUN_BOARD),
            order=31,
        ),
        Entry(
            "Decisions",
            "funding:decisions",
            permission_required(Permission.DECIDE, Permission.DECIDE_SEED),
            order=32,
        ),
        Entry(
            "Awards",
            "funding:awards",
            permission_required(Permission.READ_AWARDS),
            order=40,
        ),
        Entry(
            "Payments",
            "funding:payments",
            permission_required(Permission.RELEASE_PAYMENT),
            order=41,
        ),
        Entry(
            "Your grants",
            "funding:grants",
            permission_required(Permission.RESPOND_TO_OFFER),
            order=42,
        ),
        Entry(
            "Import",
            "funding:imports",
            permission_required(Permission.IMPORT_CASES),
            order=85,
        ),
    )

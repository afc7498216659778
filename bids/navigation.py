"""This app's entries in the navigation at the top of every page."""

from innovation.accounts.page_access import EVERYBODY, permission_required
from innovation.accounts.roles import Permission
from innovation.web.navigation import Entry, entries


def register() -> None:
    entries.register(
        Entry("Funding rounds", "bids:rounds", EVERYBODY, order=10),
        Entry(
            "Your applications",
            "bids:own-cases",
            permission_required(Permission.APPLY),
            order=20,
        ),
        Entry(
            "Cases", "bids:cases", permission_required(Permission.READ_CASES), order=20
        ),
        Entry(
            "Barriers",
            "bids:barriers",
            permission_required(Permission.READ_CASES),
            order=25,
        ),
        Entry(
            "Manage rounds",
            "bids:manage-rounds",
            permission_required(Permission.MANAGE_ROUNDS),
            order=70,
        ),
    )

"""This app's entries in the navigation at the top of every page."""

from innovation.accounts.page_access import EVERYBODY, permission_required
from innovation.accounts.roles import Permission
from innovation.web import navigation

navigation.register("Funding rounds", "bids:rounds", EVERYBODY, order=10)
navigation.register(
    "Your applications",
    "bids:own-cases",
    permission_required(Permission.APPLY),
    order=20,
)
navigation.register(
    "Cases", "bids:cases", permission_required(Permission.READ_CASES), order=20
)
navigation.register(
    "Manage rounds",
    "bids:manage-rounds",
    permission_required(Permission.MANAGE_ROUNDS),
    order=70,
)

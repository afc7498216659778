"""This app's entries in the navigation at the top of every page."""

from innovation.accounts.page_access import EVERYBODY, may
from innovation.accounts.roles import Permission
from innovation.web import navigation

navigation.register("Funding rounds", "bids:rounds", EVERYBODY, order=10)
navigation.register("Your applications", "bids:own", may(Permission.APPLY), order=20)
navigation.register("Cases", "bids:cases", may(Permission.READ_CASES), order=20)
navigation.register(
    "Manage rounds", "bids:manage-rounds", may(Permission.MANAGE_ROUNDS), order=70
)

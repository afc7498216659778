from innovation.accounts.page_access import SIGNED_IN
from innovation.web.navigation import Entry, entries


def register() -> None:
    entries.register(
        Entry("Home", "dashboard:home", SIGNED_IN, order=10),
    )

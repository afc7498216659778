"""This app's entries in the navigation at the top of every page."""

from innovation.accounts.policy import EVERYBODY, may
from innovation.accounts.roles import Verb
from innovation.web import navigation

navigation.register("Rounds", "bids:rounds", EVERYBODY, order=10)
navigation.register("Your applications", "bids:own", may(Verb.APPLY), order=20)
navigation.register("Cases", "bids:cases", may(Verb.READ_CASES), order=20)
navigation.register(
    "Manage rounds", "bids:manage-rounds", may(Verb.MANAGE_ROUNDS), order=70
)

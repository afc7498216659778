from innovation.accounts.policy import SIGNED_IN, may
from innovation.accounts.roles import Verb
from innovation.web import navigation

navigation.register("People", "accounts:people", may(Verb.MANAGE_PEOPLE), order=80)
navigation.register("Roles", "accounts:roles", may(Verb.MANAGE_PEOPLE), order=81)
navigation.register(
    "Organisations",
    "accounts:organisations",
    may(Verb.APPLY, Verb.CONFIRM_ORGANISATIONS, Verb.MANAGE_PEOPLE),
    order=70,
)
navigation.register(
    "API", "accounts:tokens", may(Verb.USE_API), order=85, personal=True
)
navigation.register("Account", "accounts:account", SIGNED_IN, order=90, personal=True)

from innovation.accounts.page_access import SIGNED_IN, permission_required
from innovation.accounts.roles import Permission
from innovation.web import navigation

navigation.register(
    "People", "accounts:people", permission_required(Permission.MANAGE_PEOPLE), order=80
)
navigation.register(
    "Roles", "accounts:roles", permission_required(Permission.MANAGE_PEOPLE), order=81
)
navigation.register(
    "Organisations",
    "accounts:organisations",
    permission_required(
        Permission.APPLY, Permission.CONFIRM_ORGANISATIONS, Permission.MANAGE_PEOPLE
    ),
    order=70,
)
navigation.register(
    "API",
    "accounts:tokens",
    permission_required(Permission.USE_API),
    order=85,
    personal=True,
)
navigation.register("Account", "accounts:account", SIGNED_IN, order=90, personal=True)

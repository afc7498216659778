from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.web import navigation

navigation.register(
    "Reports",
    "reporting:reports",
    permission_required(Permission.MAKE_REPORTS),
    order=80,
)
navigation.register(
    "System health",
    "reporting:system-health",
    permission_required(Permission.READ_WORKINGS),
    order=95,
)

from innovation.accounts.page_access import may
from innovation.accounts.roles import Permission
from innovation.web import navigation

navigation.register(
    "Reports", "reporting:reports", may(Permission.MAKE_REPORTS), order=80
)
navigation.register(
    "Workings", "reporting:workings", may(Permission.READ_WORKINGS), order=95
)

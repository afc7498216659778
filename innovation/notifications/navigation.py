from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.web import navigation

navigation.register(
    "Letters",
    "notifications:outbox",
    permission_required(Permission.READ_WORKINGS),
    order=90,
)

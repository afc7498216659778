from innovation.accounts.page_access import may
from innovation.accounts.roles import Permission
from innovation.web import navigation

navigation.register(
    "Letters", "notifications:outbox", may(Permission.READ_WORKINGS), order=90
)

"""What the answering side adds to the service's navigation."""

from innovation.accounts.page_access import EVERYBODY, permission_required
from innovation.accounts.roles import Permission
from innovation.web import navigation


def register() -> None:
    entry = navigation.register
    entry("Projects", "funding:projects", EVERYBODY, order=15)
    entry(
        "Board",
        "funding:meetings",
        permission_required(Permission.RUN_BOARD, Permission.ADVISE),
        order=30,
    )
    entry(
        "Interests",
        "funding:interests",
        permission_required(Permission.RUN_BOARD),
        order=31,
    )
    entry(
        "Decisions",
        "funding:decisions",
        permission_required(Permission.DECIDE, Permission.DECIDE_SEED),
        order=32,
    )
    entry(
        "Awards",
        "funding:awards",
        permission_required(Permission.READ_AWARDS),
        order=40,
    )
    entry(
        "Payments",
        "funding:payments",
        permission_required(Permission.RELEASE_PAYMENT),
        order=41,
    )
    entry(
        "Your grants",
        "funding:grants",
        permission_required(Permission.RESPOND_TO_OFFER),
        order=42,
    )
    entry(
        "Import",
        "funding:imports",
        permission_required(Permission.IMPORT_CASES),
        order=85,
    )

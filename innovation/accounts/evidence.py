"""Which rows about people are evidence: see `innovation.audit.evidence`.

Names, addresses and passwords are not evidence: the log holds no personal data.
"""

from innovation.accounts.models import (
    ApiToken,
    Invitation,
    Membership,
    RoleGrant,
    RoleRequest,
    User,
)
from innovation.audit.evidence import Evidence, declared
from innovation.audit.models import Chain


def register() -> None:
    declared.register(
        Evidence(
            User,
            values=("roles",),
            excluded=(
                *("email", "name", "password", "last_login", "declared_interest"),
                *("roles_change_at", "session_epoch", "wants_reminders"),
            ),
            kind=Chain.Kind.PERSON,
        ),
        Evidence(
            Membership,
            ("organisation",),
            values=("confirmed_by",),
            excluded=("job_title",),
        ),
        Evidence(RoleRequest, ("user",), values=("role",)),
        Evidence(RoleGrant, ("user",), values=("role",), excluded=("warned_at",)),
        Evidence(
            Invitation,
            ("organisation",),
            excluded=("email", "name", "hands_over", "reminded_at"),
        ),
        Evidence(ApiToken, ("user",), values=("scopes",), excluded=("name",)),
    )

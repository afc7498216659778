"""What may never happen to accounts, memberships and keys to the API."""

from innovation.accounts.models import (
    ApiToken,
    Invitation,
    Membership,
    RoleGrant,
    RoleRequest,
    User,
)
from innovation.audit.guards import ALWAYS, guard, may_change, once

GUARDS = (
    guard(
        User,
        # Each of these has its event; the sign-in pages save whole rows.
        may_change("email", "name", "password", "last_login", "roles", "is_active"),
        may_change("roles_change_at", "session_epoch"),
        may_change("declared_interest", when="NEW.declared_interest"),
        # An account whose address was never confirmed is forgotten.
        deleted="OLD.last_login IS NULL",
        whole_rows=True,
    ),
    guard(
        RoleRequest,
        may_change(
            *("state", "answered_by", "answered_at", "answer"),
            when="OLD.state = 'waiting'",
        ),
        begins="NEW.state = 'waiting'",
    ),
    guard(
        RoleGrant,
        once("begun_at"),
        once("ended_at"),
        once("warned_at"),
        may_change("taken", when="OLD.ended_at IS NULL"),
        # With an account that is forgotten.
        deleted="OLD.origin = 'joined'",
    ),
    guard(
        Invitation,
        may_change("ended_at", "accepted_by", when="OLD.ended_at IS NULL"),
        begins="NEW.ended_at IS NULL",
    ),
    # Ends with the row: what it was is in the organisation's chain.
    guard(
        Membership,
        may_change("standing", "office"),
        may_change("confirmed_at", "confirmed_by", when="OLD.confirmed_at IS NULL"),
        deleted=ALWAYS,
    ),
    guard(ApiToken, once("revoked_at"), begins="NEW.revoked_at IS NULL"),
)

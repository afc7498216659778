"""What may never happen to accounts, memberships and keys to the API."""

from innovation.accounts.models import ApiToken, ApiUse, Membership, User
from innovation.audit.guards import ALWAYS, guard, may_change, once

GUARDS = (
    guard(
        User,
        # Each of these has its event; the sign-in pages save whole rows.
        may_change("email", "name", "password", "last_login", "roles", "is_active"),
        may_change("declared_interest", when="NEW.declared_interest"),
        whole_rows=True,
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
EXCUSED = {ApiUse: "a count of one minute, on an unlogged table"}

"""The guards of accounts, memberships and API tokens."""

from innovation.accounts.models import (
    ApiToken,
    Invitation,
    Membership,
    RoleGrant,
    RoleRequest,
    User,
)
from innovation.audit.guards import (
    ALWAYS,
    DELETE,
    INSERT,
    UPDATE,
    ParentRule,
    guard,
    may_change,
    set_once,
)


def _answer_condition(change: str) -> str:
    return (
        f"parent.state = 'done' AND parent.change = '{change}'"
        " AND (parent.user_id, parent.role) = (NEW.user_id, NEW.role)"
    )


GUARDS = (
    guard(
        User,
        # Each of these has its event; allauth saves whole rows.
        may_change("email", "name", "password", "last_login", "roles", "is_active"),
        may_change("roles_change_at"),
        may_change("wants_reminders"),
        # It only increases, so that ended sessions stay ended.
        may_change("session_epoch", when="NEW.session_epoch > OLD.session_epoch"),
        may_change("declared_interest", when="NEW.declared_interest"),
        # An unused account whose address was never confirmed can be deleted.
        deletable_when="OLD.last_login IS NULL",
        whole_rows=True,
    ),
    guard(
        RoleRequest,
        may_change(
            *("state", "answered_by", "answered_at", "answer"),
            when="OLD.state = 'waiting'",
        ),
        initial_condition="NEW.state = 'waiting'",
    ),
    guard(
        RoleGrant,
        may_change("begun_at", when="OLD.begun_at IS NULL AND OLD.ended_at IS NULL"),
        may_change("warned_at", when="OLD.warned_at IS NULL AND OLD.ended_at IS NULL"),
        may_change("ended_at", "ending_request", when="OLD.ended_at IS NULL"),
        # Deleted with an unused account.
        deletable_when="OLD.origin = 'joined'",
        parent_rules=[
            ParentRule("user", "parent.last_login IS NULL", on=(DELETE,)),
            # The request ensures that two people decided, neither of them the holder.
            ParentRule("request", _answer_condition("give"), on=(INSERT,)),
            ParentRule(
                "ending_request", _answer_condition("take"), on=(INSERT, UPDATE)
            ),
        ],
    ),
    guard(
        Invitation,
        may_change(
            "ended_at", "accepted_by", "reminded_at", when="OLD.ended_at IS NULL"
        ),
        initial_condition="NEW.ended_at IS NULL",
    ),
    # A membership ends when its row is deleted; the organisation's chain records it.
    guard(
        Membership,
        may_change("standing", "office"),
        may_change("confirmed_at", "confirmed_by", when="OLD.confirmed_at IS NULL"),
        deletable_when=ALWAYS,
    ),
    guard(ApiToken, set_once("revoked_at"), initial_condition="NEW.revoked_at IS NULL"),
)

"""The guards of letters: a letter and its recipient and subject never change."""

from innovation.audit.guards import guard, may_change
from innovation.notifications.letters import ACCOUNT
from innovation.notifications.models import JobFailure, Letter, PostedLetter

GUARDS = (
    guard(
        Letter,
        may_change(
            "state",
            "title",
            "text",
            "failures",
            "not_before",
            "sent_at",
            "last_error",
            "attempts",
            "lease_until",
            when="OLD.state NOT IN ('sent', 'withheld')",
        ),
        # Codes and links of the sign-in pages work only for minutes.
        deletable_when=f"OLD.kind = '{ACCOUNT}' AND OLD.state <> 'leased'",
    ),
)
EXCUSED = {
    JobFailure: "what went wrong with a job, until somebody has looked",
    PostedLetter: "the demonstration’s postbox",
}

"""Letters."""

from uuid import uuid4

from innovation.accounts.models import User
from innovation.notifications.models import Letter, PostedLetter
from tests.access.scenario import Factory, KeyPair, Scenario, keys
from tests.dates import MOMENT
from tests.factories import cases


def _letters(stage: Scenario, user: User) -> KeyPair:
    cases.submitted_expression()
    cases.submitted_expression()
    return keys(*Letter.objects.all()[:2])


def _posted_letters(stage: Scenario, user: User) -> KeyPair:
    """Posted to whoever asks, and to somebody else."""
    mine, theirs = (
        PostedLetter.objects.create(
            reference=uuid4(),
            address=address,
            title="A letter",
            text="Hello.",
            files=[("deadline.ics", "text/calendar", "BEGIN:VCALENDAR")],
            posted_at=MOMENT,
        )
        for address in (user.email, "somebody.else@example.org")
    )
    return str(mine.reference), str(theirs.reference)


SHARED: dict[str, Factory] = {
    "letter": _letters,
}
PERSONAL: dict[str, Factory] = {
    "posted letter": _posted_letters,
}

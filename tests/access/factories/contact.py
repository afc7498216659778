"""Feedback on the service, which belongs to nobody."""

from innovation.accounts.models import User
from innovation.contact import service_feedback
from tests.access.scenario import Factory, KeyPair, Scenario, keys
from tests.dates import MOMENT


def _feedback(stage: Scenario, user: User) -> KeyPair:
    return keys(
        *(
            service_feedback.give(text=text, email="", page="/help", at=MOMENT)
            for text in ("Easy to use.", "Hard to use.")
        )
    )


SHARED: dict[str, Factory] = {"service feedback": _feedback}

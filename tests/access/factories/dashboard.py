"""Queues of tasks."""

from innovation.accounts.models import User
from innovation.dashboard.queues import queues_of
from tests.access.scenario import Factory, KeyPair, Scenario


def _queues(stage: Scenario, user: User) -> KeyPair:
    """The first queue of the user that has a page, and one that there is not."""
    names = [queue.name for queue in queues_of(user) if not queue.page]
    return next(iter(names), "none-of-theirs"), "no-such-queue"


PERSONAL: dict[str, Factory] = {"queue of tasks": _queues}

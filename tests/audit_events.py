"""States rows that a test writes directly, like any others.

    with recorded_changes():
        Round.objects.update(closes_at=later)

In a test that is one transaction this is needed only where nothing else is recorded on
the row's chain: what a domain call records afterwards states it too.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import QuerySet

from innovation.audit import events
from innovation.audit.models import Chain, Event
from tests.dates import MOMENT


@contextmanager
def recorded_changes() -> Iterator[None]:
    with transaction.atomic():
        yield
        events.record_on_changed_chains(
            "test.staged", subject="test", by=events.SERVICE, at=MOMENT, data={}
        )


def events_of(chain: Chain | int) -> QuerySet[Event]:
    """The events of a chain since it was set up."""
    return Event.objects.filter(chain=chain).exclude(name="test.staged").order_by("seq")

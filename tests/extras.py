"""Cases at the rarer points of the process, beside those of the demonstration, so that
every page has something to be about.
"""

from bids.domain import assessments
from bids.models import Bid
from funding.demonstration import places
from innovation.accounts.models import User
from innovation.core import clock
from innovation.notifications import delivery
from innovation.notifications.models import Letter, LetterState
from tests import cases, grants
from tests.moments import MOMENT


def add() -> None:
    """All led by the demonstration's council."""
    for bring in (grants.suspended, grants.closing, grants.accepted):
        bring(_assessed())
    active = grants.active(_assessed())
    grants.report(active)
    grants.variation(active)
    grants.paid(grants.active(_assessed()))
    _judged_differently()
    _sent_long_ago()


def _assessed() -> Bid:
    return cases.bid_assessed(lead=places.organisation(places.COUNCIL))


def _judged_differently() -> None:
    """One to moderate, and one of which the official has not finished scoring."""
    official, coach = (
        User.objects.get(email=f"{part}@example.org") for part in ("official", "coach")
    )
    apart, begun = (
        cases.bid_submitted(lead=places.organisation(places.COUNCIL)) for _ in range(2)
    )
    cases.cast.assign(coach, apart.expression)
    second = cases.assessment(apart, by=coach, values=(4, 3), finish=False)
    cases.assessment(apart, by=official, values=(0, 3))
    assessments.finish(second, by=coach, at=MOMENT)
    cases.assessment(begun, by=official, finish=False)


def _sent_long_ago() -> None:
    """But for one letter that arrives and one that could not be sent."""
    *_, refused, arriving = Letter.objects.filter(
        recipient__email="applicant@example.org"
    ).order_by("id")
    now = clock.now()
    Letter.objects.exclude(pk=arriving.pk).update(state=LetterState.SENT, sent_at=now)
    Letter.objects.filter(pk=refused.pk).update(
        state=LetterState.FAILED, sent_at=None, last_error="Refused"
    )
    delivery.deliver([arriving.pk])

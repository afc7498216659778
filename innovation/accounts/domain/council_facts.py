"""Officials add dated facts about councils, end them and withdraw wrong ones.

What a fact says is never changed. Everybody can read it: each has a published source.
"""

from datetime import datetime

from django.db import transaction

from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.clock import london_day
from innovation.core.dates import WrittenDate
from innovation.core.errors import Invalid, TooLate
from innovation.core.rows import lock_row
from innovation.organisations.events import OrganisationsEvent
from innovation.organisations.models import Council, CouncilFact


@transaction.atomic
def add(
    council: Council,
    *,
    kind: str,
    what: str,
    started: WrittenDate,
    source: str,
    confidence: str,
    by: User,
    at: datetime,
) -> CouncilFact:
    """Add a fact that still holds. Raise `Invalid` for a date that has not come."""
    require_permission(by, Permission.RECORD_COUNCIL_FACTS)
    _require_past("started", started, at)
    fact = CouncilFact(
        chain=events.open_chain(Chain.Kind.SERVICE),
        council=council,
        kind=kind,
        what=what,
        started=started.iso,
        source=source,
        confidence=confidence,
        recorded_at=at,
    )
    fact.save()
    events.record(
        OrganisationsEvent.COUNCIL_FACT_ADDED,
        fact,
        by=by,
        at=at,
        data={"council": council.dfe_number, "kind": kind, "started": fact.started},
    )
    return fact


@transaction.atomic
def end(
    fact: CouncilFact, *, ended: WrittenDate, source: str, by: User, at: datetime
) -> CouncilFact:
    """Record when it ended. Raise `Invalid` for a date before it began or to come."""
    require_permission(by, Permission.RECORD_COUNCIL_FACTS)
    fact = lock_row(fact)
    require_running(fact)
    _require_past("ended", ended, at)
    if ended.last_day < fact.start.first_day:
        raise Invalid.field("ended", "It must end on or after the day it began")
    fact.ended, fact.end_source, fact.end_recorded_at = ended.iso, source, at
    fact.save(update_fields=["ended", "end_source", "end_recorded_at"])
    events.record(
        OrganisationsEvent.COUNCIL_FACT_ENDED,
        fact,
        by=by,
        at=at,
        data={"ended": fact.ended},
    )
    return fact


@transaction.atomic
def withdraw(fact: CouncilFact, *, because: str, by: User, at: datetime) -> CouncilFact:
    """Withdraw a fact that is wrong. It stays readable, with the reason."""
    require_permission(by, Permission.RECORD_COUNCIL_FACTS)
    fact = lock_row(fact)
    require_standing(fact)
    fact.withdrawn_at, fact.withdrawn_because = at, because
    fact.save(update_fields=["withdrawn_at", "withdrawn_because"])
    events.record(OrganisationsEvent.COUNCIL_FACT_WITHDRAWN, fact, by=by, at=at)
    return fact


def require_standing(fact: CouncilFact) -> None:
    if fact.withdrawn_at is not None:
        raise TooLate("This fact has already been withdrawn.")


def require_running(fact: CouncilFact) -> None:
    """Require a fact that stands and has no end."""
    require_standing(fact)
    if fact.ended:
        raise TooLate("Somebody has already recorded when this fact ended.")


def _require_past(field: str, written: WrittenDate, at: datetime) -> None:
    if written.first_day > london_day(at):
        raise Invalid.field(
            field,
            "The date must be today or in the past. For a plan, enter the day it was "
            "announced",
        )

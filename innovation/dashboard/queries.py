"""The tasks of a user, by permission, counted in one query up to a cap. An applicant’s
cases and grants are cards: see `dashboard.cards`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Value

from bids.domain.programmes import of_main_programme
from bids.models import Round
from innovation.accounts import policies as account_policies
from innovation.accounts.models import User
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.core import clock, statements
from innovation.dashboard.queues import queues_of
from innovation.organisations.models import Organisation

CAP = 99


@dataclass(frozen=True, slots=True)
class WaitingCount:
    words: str
    number: int
    href: str

    @property
    def number_text(self) -> str:
        return f"more than {CAP}" if self.number > CAP else str(self.number)


def current_rounds(at: datetime) -> QuerySet[Round]:
    """Published rounds that are open or will open; the first to close come first."""
    not_closed = Q(closes_at__isnull=True) | Q(closes_at__gte=at)
    rounds = Round.objects.filter(not_closed, published=True, opens_at__isnull=False)
    rounds = of_main_programme(rounds, "pk")
    return rounds.order_by("closes_at", "name", "pk")


def waiting_counts(user: User, *, at: datetime) -> list[WaitingCount]:
    """The queues that are not empty, in the order of the process."""
    queues = queues_of(user)
    if not queues:
        return []
    rows = statements.values(_waiting, user, _day_of_queues(user, at))
    counts = Counter(number for (number,) in rows)
    return [
        WaitingCount(
            queue.singular if number == 1 else queue.plural, number, queue.href
        )
        for index, queue in enumerate(queues)
        if (number := counts[index])
    ]


def _day_of_queues(user: User, at: datetime) -> date | None:
    """`None` if no queue of the user depends on the day."""
    has_due_rows = any(queue.due for queue in queues_of(user))
    return clock.london_day(at) if has_due_rows else None


def _waiting(user: User, today: date | None) -> QuerySet[Any]:
    """A row with the number of its queue for each row that waits, up to the cap: a long
    queue costs no more.
    """
    parts: list[QuerySet[Any]] = [
        queue.rows_on(user, today)
        .annotate(queue=Value(number, IntegerField()))
        .values_list("queue")[: CAP + 1]
        for number, queue in enumerate(queues_of(user))
    ]
    first, *others = parts
    return first.union(*others, all=True) if others else first


@dataclass(frozen=True, slots=True)
class MissingSteps:
    """What an applicant still has to do before they can send anything."""

    organisation: bool = False
    unconfirmed: bool = False
    authoriser_of: Sequence[Organisation] = ()


def missing_steps(user: User) -> MissingSteps:
    """Takes one query for an applicant and none for others."""
    if not has_permission(user, Permission.APPLY):
        return MissingSteps()
    own: list[Any] = statements.fetch(account_policies.own_memberships, user.pk)
    confirmed = [membership for membership in own if membership.confirmed_at]
    if not confirmed:
        return MissingSteps(organisation=not own, unconfirmed=bool(own))
    return MissingSteps(
        authoriser_of=[
            membership.organisation
            for membership in confirmed
            if not membership.has_authoriser
        ]
    )

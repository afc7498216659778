"""The cards on an applicant’s home page: their cases and grants that have not ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

import bids.cards
import funding.cards
from bids.domain.queries import own_cases
from bids.models import Expression
from funding.domain.queries import own_grants
from funding.models import Award
from innovation.accounts.models import User
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.core import limits, statements
from innovation.web.cards import Card


@dataclass(frozen=True, slots=True)
class HomeCards:
    to_do: Sequence[Card] = ()
    waiting: Sequence[Card] = ()
    over: Sequence[Card] = ()
    has_more: bool = False

    def __bool__(self) -> bool:
        return bool(self.to_do or self.waiting or self.over)


def home_cards(user: User, *, at: datetime) -> HomeCards:
    """What has to be done comes in the order of its deadlines. A case that has a grant
    is on the card of its grant. Takes two queries for applicants and none for others.
    """
    if not has_permission(user, Permission.APPLY):
        return HomeCards()
    cases: list[Expression] = statements.fetch(_cases, user, at)
    grants: list[Award] = statements.fetch(_grants, user)
    shown = limits.PAGE_ROWS
    cards = [
        *funding.cards.cards(grants[:shown], at),
        *bids.cards.cards(cases[:shown], user, at),
    ]
    return HomeCards(
        to_do=sorted((card for card in cards if card.tasks), key=lambda c: c.due_at),
        waiting=[card for card in cards if not card.tasks and not card.is_over],
        over=[card for card in cards if card.is_over],
        has_more=max(len(cases), len(grants)) > shown,
    )


def _cases(user: User, at: datetime) -> QuerySet[Expression]:
    without_grant = Q(bid=None) | Q(bid__award=None)
    rows = own_cases.open_cases(user, at).filter(without_grant)
    return rows[: limits.PAGE_ROWS + 1]


def _grants(user: User) -> QuerySet[Award]:
    return own_grants.open_grants(user)[: limits.PAGE_ROWS + 1]

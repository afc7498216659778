"""The stage of the two worlds: somebody in every role, and everybody who stands nearer
to the case, or further from it, than their role says.
"""

from dataclasses import dataclass
from typing import Any

from bids.models import Bid
from funding.domain import interests
from funding.models import AgendaItem, Meeting
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.organisations.models import Organisation
from innovation.reporting import reports
from tests import cases, cast, grants
from tests.access import stage as access
from tests.dates import MOMENT

PUBLIC = access.PUBLIC
OUTSIDER = "outsider"
"""Writes and signs for another organisation."""
ASSIGNED = "assigned coach"
AWAY = "member with an interest"
AWAY_OFFICIAL = "official with an interest"
"""Sits on the Board too, and there declared it."""
OWN = frozenset({"applicant", access.VIEWER, access.HEAD})
READERS = (*access.COLUMNS, OUTSIDER, ASSIGNED, AWAY, AWAY_OFFICIAL)


@dataclass
class Stage:
    """`own` leads the case; `other` is somebody else's organisation."""

    people: dict[str, User]
    own: Organisation
    other: Organisation

    @property
    def board(self) -> list[User]:
        names = ("board_member", AWAY, AWAY_OFFICIAL, "fourth", "fifth", "sixth")
        return [self.people[name] for name in names]


def build() -> Stage:
    made = access.build()
    people = made.people
    people[OUTSIDER] = cases.editor_of(made.other)
    people[ASSIGNED] = cast.coach()
    people[AWAY] = cast.member()
    people[AWAY_OFFICIAL] = cast.person("board_member", "official")
    for name in ("fourth", "fifth", "sixth"):
        people[name] = cast.member()
    for reader in (people[name] for name in READERS if name != PUBLIC):
        if reader.may(Permission.MAKE_REPORTS):
            for stage in ("", "bid.with_minister", "bid.approved", "bid.declined"):
                reports.ask(params={"stage": stage}, by=reader, at=MOMENT)
    return Stage(people, made.own, made.other)


def assessed(stage: Stage) -> Bid:
    """Led by the stage's own organisation and given to its coach."""
    bid = cases.bid_assessed(lead=stage.own, title="The case")
    cast.assign(stage.people[ASSIGNED], bid.expression)
    return bid


def listed(stage: Stage, *, papers: bool = True) -> AgendaItem:
    """Before the whole Board, two of whom are away."""
    item = grants.item(bid=assessed(stage), members=stage.board, papers=papers)
    for name in (AWAY, AWAY_OFFICIAL):
        declare(item.bid, stage.people[name])
    return item


def heard(stage: Stage) -> AgendaItem:
    return grants.held(listed(stage), present=stage.board)


def declare(bid: Bid, member: User) -> Any:
    return interests.declare(
        bid,
        member=member,
        nature="A relative works there.",
        mitigation="leaves",
        by=member,
        at=MOMENT,
    )


def meeting_of(item: AgendaItem) -> Meeting:
    return Meeting.objects.get(pk=item.meeting_id)

"""The stage of the two worlds: somebody in every role, and everybody who stands nearer
to the case, or further from it, than their role says.
"""

from dataclasses import dataclass
from typing import Any

from bids.models import Bid
from funding.models import AgendaItem, Meeting
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.organisations.models import Organisation
from innovation.reporting import reports
from innovation.reporting.report_types.cases import Cases
from tests.access import scenario as access
from tests.dates import MOMENT
from tests.factories import cases, grants, users

PUBLIC = access.PUBLIC
OUTSIDER = "outsider"
"""Writes and signs for another organisation."""
ASSIGNED_COACH = "assigned coach"
CONFLICTED_MEMBER = "member with an interest"
CONFLICTED_OFFICIAL = "official with an interest"
"""Sits on the Board too, and there declared it."""
OWN_READERS = frozenset(
    {"applicant", access.ORGANISATION_VIEWER, access.ORGANISATION_ADMINISTRATOR}
)
READERS = (
    *access.COLUMNS,
    OUTSIDER,
    ASSIGNED_COACH,
    CONFLICTED_MEMBER,
    CONFLICTED_OFFICIAL,
)


@dataclass
class Scenario:
    """`own` leads the case; `other` is somebody else's organisation."""

    people: dict[str, User]
    own: Organisation
    other: Organisation

    @property
    def board(self) -> list[User]:
        names = (
            "board_member",
            CONFLICTED_MEMBER,
            CONFLICTED_OFFICIAL,
            "fourth",
            "fifth",
            "sixth",
        )
        return [self.people[name] for name in names]


def build_scenario() -> Scenario:
    access_stage = access.build_scenario()
    people = access_stage.people
    people[OUTSIDER] = cases.editor_of(access_stage.other)
    people[ASSIGNED_COACH] = users.coach()
    people[CONFLICTED_MEMBER] = users.member()
    people[CONFLICTED_OFFICIAL] = users.person("board_member", "official")
    for name in ("fourth", "fifth", "sixth"):
        people[name] = users.member()
    for reader in (people[name] for name in READERS if name != PUBLIC):
        if reader.may(Permission.MAKE_REPORTS):
            for stage in ("", "bid.with_minister", "bid.approved", "bid.declined"):
                reports.ask(Cases(), params={"stage": stage}, by=reader, at=MOMENT)
    return Scenario(people, access_stage.own, access_stage.other)


def assessed_bid(stage: Scenario) -> Bid:
    """Led by the stage's own organisation and given to its coach."""
    bid = cases.assessed_bid(lead=stage.own, title="The case")
    users.assign(stage.people[ASSIGNED_COACH], bid.expression)
    return bid


def listed_item(stage: Scenario, *, papers: bool = True) -> AgendaItem:
    """Before the whole Board, two of whom are away."""
    item = grants.agenda_item(
        bid=assessed_bid(stage), members=stage.board, papers=papers
    )
    for name in (CONFLICTED_MEMBER, CONFLICTED_OFFICIAL):
        declare_interest(item.bid, stage.people[name])
    return item


def discussed_item(stage: Scenario) -> AgendaItem:
    return grants.discussed_item(listed_item(stage), present=stage.board)


def declare_interest(bid: Bid, member: User) -> Any:
    return grants.interest(bid, member)


def meeting_of(item: AgendaItem) -> Meeting:
    return Meeting.objects.get(pk=item.meeting_id)

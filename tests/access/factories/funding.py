"""The Board, the decision and grants."""

from collections.abc import Callable
from itertools import count
from typing import Any

from bids.domain.registers import load as load_registers
from funding.domain import announcements, corrections, imports
from funding.models import ImportedCase
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.core import clock
from tests.access.scenario import Factory, KeyPair, Scenario, keys
from tests.dates import MOMENT
from tests.factories import cases, grants, users
from tests.funding import sheets
from tests.funding.historic_cases import apply_and_confirm

_numbers = count(1)


def _award_factory(make: Callable[..., Any] = grants.active_award) -> Factory:
    def of(stage: Scenario, user: User) -> KeyPair:
        return keys(
            *(make(cases.assessed_bid(lead=lead)) for lead in stage.organisations)
        )

    return of


def _factory_of_award(make: Callable[..., Any]) -> Factory:
    return _award_factory(lambda bid: make(grants.active_award(bid)))


def _offer_with_terms(bid: Any) -> Any:
    grants.terms_of(bid.round)
    return grants.offered_award(bid)


def _terms_versions(stage: Scenario, user: User) -> KeyPair:
    return keys(*(grants.terms_of(cases.round_()) for _ in range(2)))


def _announce(bid: Any) -> Any:
    award, now = grants.active_award(bid), clock.now()
    manager = users.grant_manager()
    return announcements.announce(award, on=clock.london_day(now), by=manager, at=now)


def _projects(stage: Scenario, user: User) -> KeyPair:
    """Announced and not: whose it is does not matter."""
    return keys(_announce(cases.assessed_bid()), grants.active_award())


def _meetings(stage: Scenario, user: User) -> KeyPair:
    return keys(_meeting_with_member(stage), grants.meeting())


def _meeting_with_member(stage: Scenario) -> Any:
    members = [stage.people["board_member"], *grants.board_members(2)]
    return grants.meeting(members=members)


def _papers(stage: Scenario, user: User) -> KeyPair:
    meeting = _meeting_with_member(stage)
    first = grants.agenda_item(board_meeting=meeting, papers=False)
    second = grants.agenda_item(board_meeting=meeting, papers=True)
    _interest(second.bid, stage.people["board_member"])
    return keys(first, second)


def _interest(bid: Any, member: User) -> Any:
    return grants.interest(bid, member)


def _imports(stage: Scenario, user: User) -> KeyPair:
    """Whoever may import sees every file that was sent."""
    return keys(*(_import(b"kind\n") for _ in range(2)))


def _imports_to_apply(stage: Scenario, user: User) -> KeyPair:
    load_registers(at=MOMENT)
    known = {"Lead type": "charity", "Round": cases.round_().name}
    return keys(*(_import(sheets.csv_file(sheets.EOI | known)) for _ in range(2)))


def _imports_to_confirm(stage: Scenario, user: User) -> KeyPair:
    """Whoever may import confirms what somebody else has sent."""
    load_registers(at=MOMENT)
    known = {"Lead type": "charity", "Round": cases.round_().name}
    past = sheets.csv_file(sheets.EOI | known)
    return keys(
        *(
            imports.apply(_import(past), by=users.official(), at=MOMENT)
            for _ in range(2)
        )
    )


def _imported_cases(stage: Scenario, user: User) -> KeyPair:
    first, second = _imported(), _imported()
    return first.subject, second.subject


def _corrections(stage: Scenario, user: User) -> KeyPair:
    """Whoever may import confirms what somebody else has asked for."""
    return keys(
        *(
            corrections.retract(
                _imported(), reason="A slip.", by=users.official(), at=MOMENT
            )
            for _ in range(2)
        )
    )


def _imported() -> ImportedCase:
    load_registers(at=MOMENT)
    known = {"Lead type": "charity", "Round": cases.round_().name}
    name = f"Imported {next(_numbers)}"
    row = sheets.EOI | known | {"ID": name, "Title": name}
    apply_and_confirm(_import(sheets.csv_file(row)), users.official(), at=MOMENT)
    return ImportedCase.objects.get(sheet_id=name)


def _import(content: bytes) -> Any:
    by = users.official()
    return imports.receive(content, file_name="past.csv", by=by, at=MOMENT)


def _interests(stage: Scenario, user: User) -> KeyPair:
    members = stage.people["board_member"], users.member()
    return keys(*(_interest(cases.assessed_bid(), member) for member in members))


def _bids_to_decide(stage: Scenario, user: User) -> KeyPair:
    """A seed grant is its approver's to decide, the others are the minister's."""
    full, seed = grants.bid_with_minister(), cases.seed_bid()
    return keys(seed, full) if user.may(Permission.DECIDE_SEED) else keys(full, seed)


SHARED: dict[str, Factory] = {
    "accepted award": _award_factory(grants.accepted_award),
    "announced award": _award_factory(_announce),
    "approved bid": _award_factory(grants.approved_bid),
    "award": _award_factory(),
    "correction": _corrections,
    "import": _imports,
    "import to apply": _imports_to_apply,
    "import to confirm": _imports_to_confirm,
    "imported case": _imported_cases,
    "interest": _interests,
    "meeting": _meetings,
    "monitoring report": _factory_of_award(grants.monitoring_report),
    "offer": _award_factory(grants.offered_award),
    "offer with terms": _award_factory(_offer_with_terms),
    "paper": _papers,
    "planned payment": _factory_of_award(grants.planned_payment),
    "payment": _factory_of_award(grants.requested_payment),
    "project": _projects,
    "terms version": _terms_versions,
    "variation": _factory_of_award(grants.variation),
}
PERSONAL: dict[str, Factory] = {
    "bid to decide": _bids_to_decide,
}

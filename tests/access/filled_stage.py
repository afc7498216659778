"""A stage on which lists hold as many rows as told, and so does each thing on it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

from bids.models import Bid, Criterion, Envelope, Expression, Round, Strand
from bids.models.round import Route
from funding.domain import (
    announcements,
    claims,
    evaluations,
    monitoring,
    opinions,
    payments,
)
from funding.domain.evaluations import FindingDetails
from funding.domain.payments import Instalment
from funding.models import AgendaItem, Award, ImportedCase, Meeting
from funding.states import AwardState
from innovation.accounts.domain import role_requests
from innovation.accounts.models import Standing, User
from innovation.contact import service_feedback
from innovation.core import clock
from innovation.core.money import Money
from innovation.core.tasks import heartbeat
from innovation.organisations.models import Identifier, Organisation
from innovation.registers.definitions import REGISTERS
from tests.access.factories import key_pair
from tests.access.filled_cases import fill_bid, fill_expression
from tests.access.row_writer import add_rows
from tests.access.scenario import Scenario
from tests.database_guards import disable_guards
from tests.dates import MOMENT
from tests.documents import sample_files
from tests.factories import cases, grants, users
from tests.narrowing import not_none

LISTED = {
    "barrier entry": "official",
    "batch": "official",
    "correction": "official",
    "council fact": "official",
    "import": "official",
    "invitation": "applicant",
    "letter": "administrator",
    "membership": "official",
    "organisation to check": "official",
    "own role request": "administrator",
    "posted letter": "official",
    "question set": "administrator",
    "reconsideration": "official",
    "report": "official",
    "round": "administrator",
    "sent invitation": "applicant_administrator",
    "terms version": "grant_manager",
    "saved view": "official",
    "token": "official",
    **{register.noun: "administrator" for register in REGISTERS},
}
"""What lists show besides cases, and whose it is."""


@dataclass
class FilledStage:
    """Has `rows` of everything. Even threefold, a list is less than a page."""

    stage: Scenario
    rows: int
    _filled: set[str] = field(default_factory=set)

    def fill_lists(self) -> None:
        for _ in range(4):
            users.official(), users.outsider(), users.secretary(), users.council()
        for _ in range(self.rows):
            self.stage.key_pairs.clear()
            self._add_cases()
            for noun, owner in LISTED.items():
                key_pair(self.stage, noun, owner)
            person = users.person()
            role_requests.give_by_service(person, role="finance", at=clock.now())
            service_feedback.give(text="Clear.", email="", page="/help", at=clock.now())
        heartbeat()

    def fill_objects(self, address: str) -> None:
        """Add rows to what the address names. An imported case has none: nobody of its
        organisation wrote it.
        """
        for key in address.split("/"):
            is_imported = ImportedCase.objects.filter(subject=key).exists()
            if key not in self._filled and not is_imported:
                self._filled.add(key)
                self._fill(key)

    def _fill(self, key: str) -> None:
        for model, fill in FILLERS.items():
            for row in model._default_manager.filter(key=key):
                fill(row, self.rows)

    def _add_cases(self) -> None:
        lead, people = self.stage.own, self.stage.people
        cases.draft(lead=lead)
        expression = cases.submitted_expression(lead=lead)
        users.assign(people["coach"], expression)
        users.assign(people["official"], expression)
        fill_expression(expression, self.rows)
        cases.bid_in_development(lead=lead)
        to_assess = cases.submitted_bid(lead=lead)
        cases.assessment(to_assess, by=people["official"], finish=False)
        grants.agenda_item(
            bid=cases.assessed_bid(lead=lead),
            board_meeting=grants.meeting(members=[people["board_member"]], quorum=1),
        )
        grants.bid_with_minister()
        cases.seed_bid()
        grants.offered_award(cases.assessed_bid(lead=lead))
        award = grants.active_award(cases.assessed_bid(lead=lead))
        grants.requested_payment(award)
        fill_award(award, self.rows)


def fill_award(award: Award, rows: int) -> None:
    manager, holder = users.grant_manager(), grants.recipient_of(award)
    at = grants.MEETING_AT
    if award.state != AwardState.ACTIVE:
        return
    if not award.payments.exists():
        _pay(award, rows)
    evaluations.agree(award, evaluator=users.organisation(), by=manager, at=at)
    for number in range(rows):
        outcome = _add_outcome(award)
        period = f"Period {number}"
        report = monitoring.ask(
            award, period=period, due_on=grants.DUE_ON, by=manager, at=at
        )
        monitoring.hand_in(
            report,
            progress="Well.",
            spent=Money(0),
            actuals={outcome: Decimal(1)},
            files=[sample_files.upload()],
            by=holder,
            at=at,
        )
        grants.variation(award)
        evaluations.publish(
            award,
            title=f"Report {award.key} {number}",
            published_on=at.date(),
            source="example.org",
            findings=[FindingDetails("Moves", "better", "strong")] * rows,
            by=manager,
            at=at,
        )
    if award.announced_on is None:
        announcements.announce(award, on=at.date(), by=manager, at=at)


def _pay(award: Award, rows: int) -> None:
    pence = not_none(award.amount).pence
    shares = [pence // rows] * (rows - 1) + [pence - pence // rows * (rows - 1)]
    plan = [Instalment(Money(share), grants.DUE_ON) for share in shares]
    manager, at = users.grant_manager(), grants.MEETING_AT
    for payment in payments.plan(award, instalments=plan, by=manager, at=at):
        claims.send(
            payment,
            spent=Money(0),
            files=[sample_files.upload()],
            by=grants.recipient_of(award),
            at=at,
        )
        payments.release(payment, by=users.finance(), at=at)


def _add_outcome(award: Award) -> int:
    bid = not_none(award.bid)
    with disable_guards(type(bid.outcomes.model()), Award.councils.through):
        award.councils.add(users.council())
        outcome: Any = bid.outcomes.create(description="Moves", measure="Moves")
    return int(outcome.pk)


def _fill_meeting(meeting: Meeting, rows: int) -> None:
    for _ in range(rows):
        grants.agenda_item(board_meeting=meeting, papers=False)


def _fill_paper(item: AgendaItem, rows: int) -> None:
    for _ in range(rows):
        declares, views = users.member(), users.member()
        with disable_guards(Meeting.members.through):
            item.meeting.members.add(declares, views)
        grants.interest(item.bid, declares)
        opinions.give(item, text="Promising.", by=views, at=MOMENT)
    fill_bid(item.bid, rows)


def _fill_round(round: Round, rows: int) -> None:
    add_rows(
        {
            Criterion: {"name": "Criterion {}"},
            Envelope: {"financial_year": count(2020), "amount": Money(1)},
            Strand: {"name": "Strand {}"},
        },
        rows,
        round=round,
    )
    if round.published and round.route != Route.SEED:
        for _ in range(rows):
            values = [3] * round.criteria.count()
            bid = cases.submitted_bid(round=round)
            cases.assessment(bid, by=users.official(), values=values)


def _fill_organisation(organisation: Organisation, rows: int) -> None:
    add_rows(
        {Identifier: {"scheme": "other{}", "value": f"{organisation.pk}-{{}}"}},
        rows,
        organisation=organisation,
    )
    for _ in range(rows):
        users.applicant(organisation, Standing.EDITOR)


def _fill_person(person: User, rows: int) -> None:
    for _, role in zip(range(rows), ("analyst", "coach", "finance"), strict=False):
        users.join(person, users.organisation())
        role_requests.ask(
            person,
            role=role,
            reason="Leave.",
            by=users.administrator(),
            at=clock.now(),
        )


FILLERS: dict[Any, Callable[[Any, int], None]] = {
    AgendaItem: _fill_paper,
    Award: fill_award,
    Bid: fill_bid,
    Expression: fill_expression,
    Meeting: _fill_meeting,
    Organisation: _fill_organisation,
    Round: _fill_round,
    User: _fill_person,
}

"""Rows of the kinds that the demonstration has none of, as evidence."""

from datetime import date, timedelta
from decimal import Decimal

from bids.domain import assessments, bids, expressions, lateness
from bids.models import Bid, CaseDocument, Expression, PracticeModel, Round
from funding.domain import evaluations, imports, monitoring
from funding.domain.evaluations import Found
from innovation.accounts.domain import invitations, roles
from innovation.accounts.models import Standing, User
from innovation.core.money import Money
from innovation.documents.models import Document
from innovation.organisations.models import Council
from tests import cases, cast, grants
from tests.dates import CLOSES, MOMENT
from tests.funding import sheets
from tests.staging import staging


def add() -> None:
    bid = _full()
    _measured_and_evaluated(grants.active(_assessed(bid)))
    _moderated()
    _reopened()
    _invited()
    _given_a_role()
    _let_in_late(bid.round)
    _imported(cast.official())


def _full() -> Bid:
    """A bid with everything that can be asked for, sent."""
    lead = cast.organisation("Lead")
    by = cast.applicant(lead)
    partner = cast.organisation("Partner")
    expression = cases.draft(lead=lead, by=by)
    facts = {
        "councils": list(Council.objects.all()[:1]),
        "partners": [partner],
        "practice_models": [PracticeModel.objects.get_or_create(name="Signs")[0]],
        "support": [{"kind": "barrier", "detail": "A rule"}],
        "barriers": [{"law_or_rule": "A rule", "what_it_stops": "Sharing"}],
        "outcomes": [{"description": "Fewer moves", "measure": "Moves a year"}],
    }
    expressions.save(expression, facts=facts, by=by, at=MOMENT)
    _attach(expression=expression)
    expressions.submit(expression, by=by, at=MOMENT)
    bid = expressions.take_forward(expression, by=cast.official(), at=MOMENT)
    facts = {
        "other_funding": [
            {
                "source": "The council",
                "financial_year": 2015,
                "amount": Money.pounds(1_000),
                "secured": True,
            }
        ],
        "outcomes": [
            {
                "description": "Fewer moves",
                "measure": "Moves a year",
                "baseline": Decimal(5),
                "target": Decimal(3),
                "due_on": date(2016, 3, 31),
            }
        ],
        "milestones": [{"description": "Start", "due_on": date(2015, 1, 5)}],
        "risks": [
            {
                "description": "Nobody comes",
                "likelihood": 2,
                "impact": 3,
                "mitigation": "Ask early",
            }
        ],
        "partner_letters": [
            {
                "organisation": partner,
                "text": "We take part.",
                "received_on": date(2014, 11, 1),
            }
        ],
    }
    bids.save(bid, facts=facts, by=by, at=MOMENT)
    return bids.submit(bid, by=by, at=MOMENT)


def _attach(expression: Expression) -> None:
    document = Document.objects.latest("pk")
    with staging():
        CaseDocument.objects.create(
            expression=expression, code="plan", document=document
        )


def _assessed(bid: Bid) -> Bid:
    cases.assessment(bid, by=cast.official())
    return cases.bids_now(bid)


def _measured_and_evaluated(award: grants.Award) -> None:
    by = cast.grant_manager()
    assert award.bid is not None
    monitoring.hand_in(
        grants.report(award),
        progress="On time.",
        actuals={award.bid.outcomes.get().pk: Decimal("3.5")},
        by=grants.holder(award),
        at=grants.HELD,
    )
    evaluator = cast.organisation("Evaluator")
    evaluations.agree(award, evaluator=evaluator, by=by, at=grants.HELD)
    evaluations.publish(
        award,
        title="What we learned",
        published_on=date(2014, 11, 15),
        source="https://example.org/report",
        findings=[Found("Fewer moves", "better", "weak", "£10 a day")],
        by=by,
        at=grants.HELD,
    )


def _moderated() -> None:
    bid = cases.bid_submitted(lead=cast.organisation())
    first, second = cast.official(), cast.official()
    begun = cases.assessment(bid, by=first, values=(0, 3), finish=False)
    cases.assessment(bid, by=second, values=(4, 3))
    assessments.finish(begun, by=first, at=MOMENT)
    criterion = bid.round.criteria.order_by("position")[0]
    assessments.moderate(
        bid, criterion=criterion, value=2, reason="Between.", by=second, at=MOMENT
    )


def _reopened() -> None:
    bid, official = cases.bid_submitted(lead=cast.organisation()), cast.official()
    cases.assessment(bid, by=official)
    assessments.reopen(bid, reason="A file was missing.", by=official, at=MOMENT)


def _invited() -> None:
    body = cast.organisation()
    invitations.invite(
        organisation=body,
        email="colleague@example.org",
        name="A colleague",
        standing=Standing.EDITOR,
        by=cast.applicant(body, Standing.ADMINISTRATOR),
        at=MOMENT,
    )


def _given_a_role() -> None:
    asker, other, person = cast.administrator(), cast.administrator(), cast.coach()
    request = roles.ask(person, role="finance", reason="Joins.", by=asker, at=MOMENT)
    roles.confirm(request, by=other, at=MOMENT)


def _let_in_late(round: Round) -> None:
    after = CLOSES + timedelta(hours=1)
    lateness.let_in(
        round,
        organisation=cast.organisation(),
        until=after + timedelta(days=1),
        reason="The site was down.",
        by=cast.official(),
        at=after,
    )


def _imported(official: User) -> None:
    received = imports.receive(
        sheets.csv_file(sheets.EOI | {"ID": "R1", "Title": "Long ago"}),
        file_name="past.csv",
        by=official,
        at=MOMENT,
    )
    imports.apply(received, by=official, at=MOMENT)

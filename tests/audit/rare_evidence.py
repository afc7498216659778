"""Evidence of kinds that the demonstration does not have."""

from datetime import date, timedelta
from decimal import Decimal

from bids.domain import (
    assessments,
    bids,
    criteria,
    expressions,
    lateness,
    notes,
    reconsiderations,
    scores,
    signature_requests,
)
from bids.models import Bid, CaseDocument, Expression, PracticeModel, Round
from funding.domain import claims, corrections, evaluations, imports, monitoring
from funding.domain.evaluations import FindingDetails
from funding.models import Award, Payment
from innovation.accounts.domain import invitations, role_requests
from innovation.accounts.models import Standing, User
from innovation.core.money import Money
from innovation.documents.models import Document
from innovation.organisations.models import Council
from innovation.registers.definitions import REGISTERS
from tests.audit import triage_histories
from tests.audit_events import recorded_changes
from tests.dates import CLOSES_AT, MOMENT
from tests.documents import sample_files
from tests.factories import barriers, cases, grants, registers, users
from tests.funding import sheets
from tests.funding.historic_cases import apply_and_confirm


def add_rare_evidence() -> None:
    bid = _complete_bid()
    grants.terms_of(bid.round)
    _measure_and_evaluate(grants.active_award(_assess(bid)))
    _moderate()
    _change_criterion(_reopen())
    _invite()
    _give_role()
    _late_entry(bid.round)
    _import_case(users.official())
    _claim(grants.planned_payment())
    _look_again(cases.declined_expression())
    notes.add(bid.expression, text="Ring them.", by=users.official(), at=MOMENT)
    users.council_fact()
    triage_histories.build_triage_histories()
    for register in REGISTERS:
        registers.row(register)


def _complete_bid() -> Bid:
    """A bid with everything that can be asked for, sent."""
    lead = users.organisation("Lead")
    by = users.applicant(lead)
    partner = users.organisation("Partner")
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
    asker = users.applicant(lead, Standing.EDITOR)
    signature_requests.ask(expression, of=by, by=asker, at=MOMENT)
    expressions.submit(expression, by=by, at=MOMENT)
    barriers.named(expression)
    bid = expressions.take_forward(expression, by=users.official(), at=MOMENT)
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
    with recorded_changes():
        CaseDocument.objects.create(
            expression=expression, code="plan", document=document
        )


def _assess(bid: Bid) -> Bid:
    cases.assessment(bid, by=users.official())
    return cases.reload_bid(bid)


def _measure_and_evaluate(award: Award) -> None:
    by = users.grant_manager()
    assert award.bid is not None
    monitoring.hand_in(
        grants.monitoring_report(award),
        progress="On time.",
        actuals={award.bid.outcomes.get().pk: Decimal("3.5")},
        spent=Money.pounds(200),
        by=grants.recipient_of(award),
        at=grants.MEETING_AT,
    )
    evaluator = users.organisation("Evaluator")
    evaluations.agree(award, evaluator=evaluator, by=by, at=grants.MEETING_AT)
    evaluations.publish(
        award,
        title="What we learned",
        published_on=date(2014, 11, 15),
        source="https://example.org/report",
        findings=[FindingDetails("Fewer moves", "better", "weak", "£10 a day")],
        by=by,
        at=grants.MEETING_AT,
    )


def _moderate() -> None:
    bid = cases.submitted_bid(lead=users.organisation())
    first, second = users.official(), users.official()
    unfinished = cases.assessment(bid, by=first, values=(0, 3), finish=False)
    cases.assessment(bid, by=second, values=(4, 3))
    assessments.finish(unfinished, by=first, at=MOMENT)
    criterion = bid.round.criteria.order_by("position")[0]
    scores.moderate(
        bid, criterion=criterion, value=2, reason="Between.", by=second, at=MOMENT
    )


def _change_criterion(bid: Bid) -> None:
    """After somebody has scored by it."""
    criteria.change(
        bid.round.criteria.order_by("position")[0],
        facts={"weight": 3},
        reason="The two are not alike.",
        by=users.administrator(),
        at=MOMENT,
    )


def _reopen() -> Bid:
    bid, official = cases.submitted_bid(lead=users.organisation()), users.official()
    cases.assessment(bid, by=official)
    assessments.reopen(bid, reason="A file was missing.", by=official, at=MOMENT)
    return bid


def _invite() -> None:
    body = users.organisation()
    invitations.invite(
        organisation=body,
        email="colleague@example.org",
        name="A colleague",
        standing=Standing.EDITOR,
        by=users.applicant(body, Standing.ADMINISTRATOR),
        at=MOMENT,
    )


def _give_role() -> None:
    requester, other, person = (
        users.administrator(),
        users.administrator(),
        users.coach(),
    )
    request = role_requests.ask(
        person, role="finance", reason="Joins.", by=requester, at=MOMENT
    )
    role_requests.confirm(request, by=other, at=MOMENT)


def _claim(payment: Payment) -> None:
    claims.send(
        payment,
        spent=Money.pounds(100),
        note="As planned.",
        files=[sample_files.upload("invoice.pdf")],
        by=grants.recipient_of(payment.award),
        at=grants.MEETING_AT,
    )


def _look_again(expression: Expression) -> None:
    asked = reconsiderations.ask(
        expression,
        grounds="You misread it.",
        by=cases.editor_of(expression.lead),
        at=MOMENT,
    )
    reconsiderations.uphold(asked, reasons="No.", by=users.official(), at=MOMENT)


def _late_entry(round: Round) -> None:
    after = CLOSES_AT + timedelta(hours=1)
    lateness.allow_late_entry(
        round,
        organisation=users.organisation(),
        until=after + timedelta(days=1),
        reason="The site was down.",
        by=users.official(),
        at=after,
    )


def _import_case(official: User) -> None:
    received = imports.receive(
        sheets.csv_file(sheets.EOI | {"ID": "R1", "Title": "Long ago"}),
        file_name="past.csv",
        by=official,
        at=MOMENT,
    )
    applied = apply_and_confirm(received, official, at=MOMENT)
    corrections.retract(applied.cases.get(), reason="A slip.", by=official, at=MOMENT)

"""Cases from start to end, made by domain calls, so that every table of evidence has a
row, and an ended one if its rows can end.
"""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

from bids.domain import (
    assessments,
    assignments,
    bids,
    case_documents,
    clarifications,
    comments,
    criteria,
    drafts,
    expressions,
    lateness,
    messages,
    notes,
    question_sets,
    reconsiderations,
    rounds,
    scores,
    sign_off,
    signature_requests,
)
from bids.domain import registers as registers
from bids.domain.answer_versions import DraftAnswer
from bids.domain.lateness import LateSubmission
from bids.models import Bid, Expression, PracticeModel, Question, QuestionSet
from bids.models.expression import SupportKind
from funding.domain import (
    announcements,
    awards,
    claims,
    decisions,
    evaluations,
    meetings,
    monitoring,
    opinions,
    payments,
    recommendations,
    variations,
)
from funding.models import Award
from innovation.accounts.domain import council_facts
from innovation.audit import figures
from innovation.core.dates import WrittenDate
from innovation.core.money import Money
from innovation.documents.models import Document
from innovation.notifications.models import Letter
from innovation.registers import domain as registers_domain
from innovation.registers.definitions import REGISTERS
from innovation.registers.models import Programme
from tests.audit import import_histories, people_histories, triage_histories
from tests.dates import CLOSES_AT, DAY, MOMENT, OPENS_AT, moment_after
from tests.documents import sample_files
from tests.factories import barriers, cases, grants, users
from tests.factories import registers as register_rows
from tests.narrowing import not_none


def build_case_histories() -> None:
    _clarifications()
    _decline_merge_and_withdraw()
    _messages_and_assignment()
    _late_entry()
    people_histories.build_people_histories()
    _round_with_questions()
    bid = _assessed_bid()
    criterion, by = bid.round.criteria.order_by("position")[0], users.administrator()
    facts, at = {"guidance": "The highest takes evidence."}, moment_after(days=1)
    criteria.change(criterion, facts=facts, reason="Asked for.", by=by, at=at)
    _board_stages(bid)
    grants.terms_of(bid.round)
    _award_stages(grants.accepted_award(bid))
    _other_endings()
    import_histories.build_import_histories()
    _delivered_and_scanned()
    _register_rows()
    _council_facts()
    figures.fold(DAY)


def _register_rows() -> None:
    for register in REGISTERS:
        row, name = register_rows.row(register), register.columns[0]
        by = users.administrator()
        registers_domain.change(row, values={name: "Otherwise"}, by=by, at=MOMENT)


def _council_facts() -> None:
    ended, withdrawn = (users.council_fact() for _ in range(2))
    by, day = users.official(), WrittenDate(2014, 11)
    council_facts.end(ended, ended=day, source="A letter", by=by, at=MOMENT)
    council_facts.withdraw(withdrawn, because="Another council.", by=by, at=MOMENT)


def _clarifications() -> None:
    open_one, answered, back = (cases.open_clarification() for _ in range(3))
    official = users.official()
    due = moment_after(days=9).date()
    clarifications.redate(open_one, due_on=due, by=official, at=MOMENT)
    by = cases.editor_of(answered.expression.lead)
    clarifications.answer(answered, answers={1: "All of them."}, by=by, at=MOMENT)
    clarifications.take_back(back, by=official, at=MOMENT)


def _decline_merge_and_withdraw() -> None:
    declined, official = cases.declined_expression(), users.official()
    first, other, third = (cases.submitted_expression() for _ in range(3))
    expressions.merge(first, into=other, by=official, at=MOMENT)
    by = cases.editor_of(third.lead)
    expressions.withdraw(third, because="No match.", by=by, at=MOMENT)
    by = cases.editor_of(declined.lead)
    expressions.restart(declined, round=declined.round, by=by, at=MOMENT)


def _messages_and_assignment() -> None:
    expression, official = cases.submitted_expression(), users.official()
    by = cases.editor_of(expression.lead)
    messages.send(expression, text="May a partner join?", by=by, at=MOMENT)
    messages.send(expression, text="Yes.", by=official, at=MOMENT)
    messages.settle(expression, by=by, at=MOMENT)
    triage_histories.build_triage_histories()
    notes.add(expression, text="Ring the council.", by=official, at=MOMENT)
    assignment = assignments.assign(expression, user=official, by=official, at=MOMENT)
    assignments.end(assignment, by=official, at=moment_after(days=1))
    cases.undone_batch(expression)


def _late_entry() -> None:
    draft = cases.draft()
    by = cases.editor_of(draft.lead)
    with suppress(LateSubmission):
        expressions.submit(draft, by=by, at=CLOSES_AT + timedelta(seconds=1))
    lateness.allow_late_entry(
        draft.round,
        organisation=draft.lead,
        until=CLOSES_AT + timedelta(days=2),
        reason="Their line was down.",
        by=users.official(),
        at=CLOSES_AT + timedelta(hours=1),
    )


def _round_with_questions() -> None:
    admin = users.administrator()
    round = rounds.add(
        programme=Programme.objects.get(main=True),
        facts={"name": "The next", "route": "full", "opens_at": OPENS_AT},
        by=admin,
        at=MOMENT,
    )
    rounds.add_strand(round, name="Homes", by=admin, at=MOMENT)
    rounds.add_criterion(round, facts={"name": "Impact"}, by=admin, at=MOMENT)
    budget = {"financial_year": 2015, "amount": Money.pounds(1_000_000)}
    rounds.add_envelope(round, facts=budget, by=admin, at=MOMENT)
    question_set = question_sets.begin(round, stage="bid", by=admin, at=MOMENT)
    question_sets.remove(not_none(question_set.questions.last()), by=admin, at=MOMENT)
    rounds.publish(round, by=admin, at=MOMENT)
    rounds.change(round, facts={"summary": "Homes."}, by=admin, at=MOMENT)


def _bid_with_documents() -> Bid:
    """Taken forward from a round that asks, with a file and two versions."""
    round = cases.round_()
    for stage in ("expression", "bid"):
        question_set = cases.question_set(round, stage)
        question_set = QuestionSet.objects.create(round=round, stage=stage, version=2)
        for code, kind in (("why", "long_text"), ("plan", "upload")):
            Question.objects.create(
                question_set=question_set, code=code, kind=kind, position=1, wording="?"
            )
        question_set.published_at = OPENS_AT
        question_set.save(update_fields=["published_at"])
    draft = cases.draft(round=round)
    by = cases.editor_of(draft.lead)
    [idea] = [PracticeModel.objects.create(name="Signs of safety")]
    facts = {
        "partners": [users.organisation("A partner")],
        "practice_models": [idea],
        "support": [{"kind": SupportKind.BROKERING}],
        "barriers": [{"law_or_rule": "The Act", "what_it_stops": "Sharing"}],
        "outcomes": [{"description": "Fewer moves", "measure": "Moves a year"}],
    }
    expressions.save(draft, facts=facts, by=by, at=MOMENT)
    _attach_files(draft)
    asker = users.applicant(draft.lead, "editor")
    request = signature_requests.ask(draft, of=by, by=asker, at=MOMENT)
    signature_requests.remind(request, by=asker, at=MOMENT)
    signature_requests.decline(request, reason="Too dear.", by=by, at=MOMENT)
    signature_requests.ask(draft, of=by, by=asker, at=MOMENT)
    sign_off.sign(draft, by=by, at=MOMENT)
    _write_versions(draft, "Homes near a hub.")
    sign_off.sign(draft, by=by, at=MOMENT)
    expression = expressions.submit(draft, by=by, at=MOMENT)
    named = barriers.named(expression)
    barriers.change(named.entry, route="waiver")
    return expressions.take_forward(expression, by=users.official(), at=MOMENT)


def _attach_files(case: Expression | Bid) -> None:
    by = cases.editor_of(case.lead)
    files = [sample_files.upload("plan.pdf"), sample_files.upload("draft.pdf")]
    case_documents.add(case, files, code="plan", by=by, at=MOMENT)
    case_documents.remove(not_none(case.documents.last()), by=by, at=MOMENT)


def _write_versions(case: Expression | Bid, text: str) -> None:
    by, other = cases.editor_of(case.lead), users.applicant(case.lead)
    for user, words in (
        (other, f"{text} We hope."),
        (by, text),
        (other, "Other words"),
    ):
        part = DraftAnswer(raw_input={"summary": [words]}, facts={"summary": words})
        drafts.save(case, {"summary": part}, seen={"summary": 1}, by=user, at=MOMENT)
    part = DraftAnswer(raw_input={"summary": [text]}, facts={"summary": text})
    drafts.settle_overtaken(
        case, {"summary": part}, seen={"summary": 9}, by=other, at=MOMENT
    )


def _assessed_bid() -> Bid:
    """Commented on, sent, given back, sent again, judged by two who are far apart."""
    bid, official = _bid_with_documents(), users.official()
    by = cases.editor_of(bid.lead)
    facts = {
        "other_funding": [
            {
                "source": "The lottery",
                "financial_year": 2014,
                "amount": Money.pounds(10),
            }
        ],
        "outcomes": [
            {"description": "Fewer moves", "measure": "Moves a year"}
            | {"target": Decimal(2), "due_on": date(2015, 3, 1)}
        ],
        "milestones": [{"description": "Open", "due_on": date(2015, 1, 1)}],
        "risks": [
            {"description": "Nobody comes", "likelihood": 1, "impact": 2}
            | {"mitigation": "Ask first"}
        ],
        "partner_letters": [
            {"organisation": bid.partners.get(), "text": "We take part."}
            | {"received_on": date(2014, 11, 1)}
        ],
    }
    bids.save(bid, facts=facts, by=by, at=MOMENT)
    _write_versions(bid, "Homes near two hubs.")
    for words in ("Say more.", "How many?"):
        comment = comments.add(bid, code="summary", text=words, by=official, at=MOMENT)
    comments.finish(comment, by=by, at=MOMENT)
    bids.submit(bid, by=by, at=MOMENT)
    bids.send_back(bid, reason="Say more.", by=official, at=MOMENT)
    bids.submit(bid, by=by, at=MOMENT)
    other_official, former_official = users.official(), users.official()
    given_up = cases.assessment(bid, by=former_official, finish=False)
    low = cases.assessment(bid, by=official, values=(0, 3), finish=False)
    high = cases.assessment(bid, by=other_official, values=(4, None), finish=False)
    assessments.set_aside(given_up, by=former_official, at=MOMENT)
    assessments.finish(low, by=official, at=MOMENT)
    assessments.finish(high, by=other_official, at=MOMENT)
    scores.moderate(
        bid,
        criterion=bid.round.criteria.order_by("position")[0],
        value=2,
        reason="Between the two.",
        by=other_official,
        at=MOMENT,
    )
    cases.assessment(cases.submitted_bid(), by=official, finish=False)
    cases.assessment(second_bid := cases.submitted_bid(), by=official)
    assessments.reopen(second_bid, reason="A file was missing.", by=official, at=MOMENT)
    return Bid.objects.get(pk=bid.pk)


def _board_stages(bid: Bid) -> None:
    """Deferred once, with a view and an interest; `grants` lists it again."""
    members = grants.board_members(4)
    listed = grants.agenda_item(bid=bid, members=members)
    opinions.give(listed, text="Sound.", by=members[0], at=MOMENT)
    grants.interest(bid, members[1])
    listed = grants.discussed_item(listed, present=members[:3])
    recommendations.defer(
        listed, reason="More costs.", by=users.secretary(), at=grants.MEETING_AT
    )


def _award_stages(award: Award) -> None:
    manager, finance = users.grant_manager(), users.finance()
    holder = grants.recipient_of(award)
    awards.start(award, by=manager, at=grants.MEETING_AT)
    awards.suspend(award, reason="The lead left.", by=manager, at=grants.MEETING_AT)
    awards.resume(award, by=manager, at=grants.MEETING_AT)
    announcements.announce(
        award, on=grants.MEETING_AT.date(), by=manager, at=grants.MEETING_AT
    )
    instalment = payments.Instalment(Money.pounds(4_000), grants.DUE_ON)
    for _ in range(2):
        plan = payments.plan(
            award,
            instalments=[instalment, instalment],
            by=manager,
            at=grants.MEETING_AT,
        )
    first, second = plan
    payments.request(first, by=manager, at=grants.MEETING_AT)
    payments.refuse(first, reason="Whose account?", by=finance, at=grants.MEETING_AT)
    claims.send(
        first,
        spent=Money.pounds(100),
        note="As asked.",
        files=[sample_files.upload("invoice.pdf")],
        by=holder,
        at=grants.MEETING_AT,
    )
    payments.request(second, by=manager, at=grants.MEETING_AT)
    for payment in plan:
        payments.release(payment, by=finance, at=grants.MEETING_AT)
    payments.reconcile(first, bank_reference="BACS 1", by=finance, at=grants.MEETING_AT)
    payments.reconcile(
        second, bank_reference="BACS 2", by=finance, at=grants.MEETING_AT
    )
    payments.recover(second, reason="Paid twice.", by=finance, at=grants.MEETING_AT)
    report = grants.monitoring_report(award)
    measured = {award.bid.outcomes.get().pk: Decimal(3)} if award.bid else {}
    monitoring.hand_in(
        report,
        progress="Well.",
        spent=Money.pounds(200),
        actuals=measured,
        by=holder,
        at=grants.MEETING_AT,
    )
    variations.agree(grants.variation(award), by=manager, at=grants.MEETING_AT)
    variations.refuse(
        grants.variation(award), answer="No.", by=manager, at=grants.MEETING_AT
    )
    university = users.organisation("University")
    evaluations.agree(award, evaluator=university, by=manager, at=grants.MEETING_AT)
    evaluations.publish(
        award,
        title="What worked",
        published_on=grants.MEETING_AT.date(),
        source="example.org",
        findings=[evaluations.FindingDetails("Fewer moves", "better", "strong")],
        by=manager,
        at=grants.MEETING_AT,
    )
    awards.wind_down(award, by=manager, at=grants.MEETING_AT)
    awards.close(award, lessons="Start small.", by=manager, at=grants.MEETING_AT)


def _other_endings() -> None:
    grants.declined_offer()
    grants.terminated_award()
    grants.withdrawn_offer()
    bid = grants.bid_with_minister()
    bids.withdraw(bid, by=cases.editor_of(bid.lead), at=grants.MEETING_AT)
    grants.requested_payment()
    bid = grants.bid_with_minister()
    decisions.decline(
        bid,
        feedback=cases.feedback(bid.round),
        reason="No money is left.",
        by=users.minister(),
        at=grants.MEETING_AT,
    )
    meeting = bid.agenda_items.get().meeting
    meetings.minute(
        meeting, minutes="All agreed.", by=users.secretary(), at=grants.MEETING_AT
    )
    _look_again(bid)
    decisions.approve(
        cases.seed_bid(), amounts=grants.amounts(), by=users.approver(), at=MOMENT
    )


def _look_again(bid: Bid) -> None:
    """The decline of this bid is set aside, that of an expression is upheld."""
    bid.refresh_from_db()
    asked, words = [], "You misread it."
    for case in (bid, cases.declined_expression()):
        by = cases.editor_of(case.lead)
        asked.append(reconsiderations.ask(case, grounds=words, by=by, at=MOMENT))
    by, reasons = users.official(), "We looked."
    reconsiderations.overturn(asked[0], reasons=reasons, by=by, at=grants.MEETING_AT)
    reconsiderations.uphold(asked[1], reasons=reasons, by=by, at=grants.MEETING_AT)


def _delivered_and_scanned() -> None:
    """Letters sent and files scanned, as a worker notes it."""
    Letter.objects.update(state="sent", sent_at=MOMENT, text="Hello.")
    Document.objects.update(state="waiting")
    Document.objects.update(state="clean", scanned_at=MOMENT)

"""Cases through the whole of their lives, by domain calls: every table of evidence has
a row, and of what ends, one that has ended.
"""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

from bids.domain import (
    assessments,
    assignments,
    bids,
    clarifications,
    comments,
    drafts,
    expressions,
    lateness,
    messages,
    question_sets,
    restart,
    rounds,
    signing,
    uploads,
)
from bids.domain import registers as registers
from bids.domain.drafts import Part
from bids.domain.lateness import CameLate
from bids.models import Bid, Expression, PracticeModel, Programme, Question, QuestionSet
from bids.models.expression import SupportKind
from funding.domain import (
    announcements,
    awards,
    decisions,
    evaluations,
    imports,
    interests,
    meetings,
    monitoring,
    opinions,
    payments,
    recommendations,
    variations,
)
from funding.models import Award
from innovation.audit import figures
from innovation.core.money import Money
from innovation.documents.models import Document
from innovation.notifications.models import Letter
from tests import cases, cast, grants
from tests.audit import people
from tests.dates import CLOSES, DAY, MOMENT, OPENS, later
from tests.documents import sample_files
from tests.funding import sheets

LATER = later(days=365)


def build() -> None:
    _answered_clarification()
    _declined_merged_and_withdrawn()
    _talked_about()
    _came_late()
    people.build()
    _round_of_questions()
    bid = _whole_bid()
    _through_the_board(bid)
    _through_the_grant(grants.accepted(bid))
    _other_endings()
    _imported()
    _arrived()
    figures.fold(DAY)


def _answered_clarification() -> None:
    open_one, asked, back = (cases.in_clarification() for _ in range(3))
    official = cast.official()
    due = later(days=9).date()
    clarifications.redate(open_one, due_on=due, by=official, at=MOMENT)
    by = cases.editor_of(asked.expression.lead)
    clarifications.answer(asked, answer="All of them.", by=by, at=MOMENT)
    clarifications.take_back(back, by=official, at=MOMENT)


def _declined_merged_and_withdrawn() -> None:
    declined, official = cases.declined(), cast.official()
    one, other, third = (cases.submitted() for _ in range(3))
    expressions.merge(one, into=other, by=official, at=MOMENT)
    by = cases.editor_of(third.lead)
    expressions.withdraw(third, because="No match.", by=by, at=MOMENT)
    by = cases.editor_of(declined.lead)
    restart.start(declined, round=declined.round, by=by, at=MOMENT)


def _talked_about() -> None:
    expression, official = cases.submitted(), cast.official()
    by = cases.editor_of(expression.lead)
    messages.send(expression, text="May a partner join?", by=by, at=MOMENT)
    messages.send(expression, text="Yes.", by=official, at=MOMENT)
    messages.settle(expression, by=by, at=MOMENT)
    given = assignments.assign(expression, user=official, by=official, at=MOMENT)
    assignments.end(given, by=official, at=later(days=1))


def _came_late() -> None:
    draft = cases.draft()
    by = cases.editor_of(draft.lead)
    with suppress(CameLate):
        expressions.submit(draft, by=by, at=CLOSES + timedelta(seconds=1))
    lateness.let_in(
        draft.round,
        organisation=draft.lead,
        until=CLOSES + timedelta(days=2),
        reason="Their line was down.",
        by=cast.official(),
        at=CLOSES + timedelta(hours=1),
    )


def _round_of_questions() -> None:
    admin = cast.administrator()
    made = rounds.add(
        programme=Programme.objects.get(slug="innovation"),
        facts={"name": "The next", "route": "full", "opens_at": OPENS},
        by=admin,
        at=MOMENT,
    )
    rounds.add_strand(made, name="Homes", by=admin, at=MOMENT)
    rounds.add_criterion(made, facts={"name": "Impact"}, by=admin, at=MOMENT)
    budget = {"financial_year": 2015, "amount": Money.pounds(1_000_000)}
    rounds.add_envelope(made, facts=budget, by=admin, at=MOMENT)
    begun = question_sets.begin(made, stage="bid", by=admin, at=MOMENT)
    question_sets.remove(begun.questions.last(), by=admin, at=MOMENT)
    rounds.publish(made, by=admin, at=MOMENT)
    rounds.change(made, facts={"summary": "Homes."}, by=admin, at=MOMENT)


def _asking() -> Bid:
    """Taken forward from a round that asks, with a file and two versions."""
    round = cases.round_()
    for stage in ("expression", "bid"):
        asked = cases.question_set(round, stage)
        asked = QuestionSet.objects.create(round=round, stage=stage, version=2)
        for code, kind in (("why", "long_text"), ("plan", "upload")):
            Question.objects.create(
                question_set=asked, code=code, kind=kind, position=1, wording="?"
            )
        asked.published_at = OPENS
        asked.save(update_fields=["published_at"])
    draft = cases.draft(round=round)
    by = cases.editor_of(draft.lead)
    [idea] = [PracticeModel.objects.create(name="Signs of safety")]
    facts = {
        "partners": [cast.organisation("A partner")],
        "practice_models": [idea],
        "support": [{"kind": SupportKind.BROKERING}],
        "barriers": [{"law_or_rule": "The Act", "what_it_stops": "Sharing"}],
        "outcomes": [{"description": "Fewer moves", "measure": "Moves a year"}],
    }
    expressions.save(draft, facts=facts, by=by, at=MOMENT)
    _attach(draft)
    signing.sign(draft, by=by, at=MOMENT)
    _type(draft, "Homes near a hub.")
    signing.sign(draft, by=by, at=MOMENT)
    sent = expressions.submit(draft, by=by, at=MOMENT)
    return expressions.take_forward(sent, by=cast.official(), at=MOMENT)


def _attach(case: Expression | Bid) -> None:
    by = cases.editor_of(case.lead)
    chosen = [sample_files.upload("plan.pdf"), sample_files.upload("draft.pdf")]
    uploads.add(case, chosen, code="plan", by=by, at=MOMENT)
    uploads.remove(case.documents.last(), by=by, at=MOMENT)


def _type(case: Expression | Bid, text: str) -> None:
    by, other = cases.editor_of(case.lead), cast.applicant(case.lead)
    for who, words in ((other, f"{text} We hope."), (by, text), (other, "Other words")):
        part = Part(typed={"summary": [words]}, facts={"summary": words})
        drafts.save(case, {"summary": part}, seen={"summary": 1}, by=who, at=MOMENT)
    part = Part(typed={"summary": [text]}, facts={"summary": text})
    drafts.choose(case, {"summary": part}, seen={"summary": 9}, by=other, at=MOMENT)


def _whole_bid() -> Bid:
    """Commented on, sent, given back, sent again, judged by two who are far apart."""
    bid, official = _asking(), cast.official()
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
    _type(bid, "Homes near two hubs.")
    for words in ("Say more.", "How many?"):
        said = comments.add(bid, code="summary", text=words, by=official, at=MOMENT)
    comments.finish(said, by=by, at=MOMENT)
    bids.submit(bid, by=by, at=MOMENT)
    bids.send_back(bid, reason="Say more.", by=official, at=MOMENT)
    bids.submit(bid, by=by, at=MOMENT)
    far, gone = cast.official(), cast.official()
    given_up = cases.assessment(bid, by=gone, finish=False)
    low = cases.assessment(bid, by=official, values=(0, 3), finish=False)
    high = cases.assessment(bid, by=far, values=(4, None), finish=False)
    assessments.set_aside(given_up, by=gone, at=MOMENT)
    assessments.finish(low, by=official, at=MOMENT)
    assessments.finish(high, by=far, at=MOMENT)
    assessments.moderate(
        bid,
        criterion=bid.round.criteria.order_by("position")[0],
        value=2,
        reason="Between the two.",
        by=far,
        at=MOMENT,
    )
    cases.assessment(cases.bid_submitted(), by=official, finish=False)
    cases.assessment(again := cases.bid_submitted(), by=official)
    assessments.reopen(again, reason="A file was missing.", by=official, at=MOMENT)
    return Bid.objects.get(pk=bid.pk)


def _through_the_board(bid: Bid) -> None:
    """Deferred once, with a view and an interest; `grants` lists it again."""
    members = grants.board(4)
    listed = grants.item(bid=bid, members=members)
    opinions.give(listed, text="Sound.", by=members[0], at=MOMENT)
    interests.declare(
        bid,
        member=members[1],
        nature="A relative works there.",
        mitigation="leaves",
        by=members[1],
        at=MOMENT,
    )
    listed = grants.held(listed, present=members[:3])
    recommendations.defer(
        listed, reason="More costs.", by=cast.secretary(), at=grants.HELD
    )


def _through_the_grant(award: Award) -> None:
    manager, finance = cast.grant_manager(), cast.finance()
    holder = grants.holder(award)
    awards.start(award, by=manager, at=grants.HELD)
    awards.suspend(award, reason="The lead left.", by=manager, at=grants.HELD)
    awards.resume(award, by=manager, at=grants.HELD)
    announcements.announce(award, on=grants.HELD.date(), by=manager, at=grants.HELD)
    half = payments.Instalment(Money.pounds(4_000), grants.DUE)
    for _ in range(2):
        plan = payments.plan(
            award, instalments=[half, half], by=manager, at=grants.HELD
        )
    first, second = plan
    payments.request(first, by=manager, at=grants.HELD)
    payments.refuse(first, reason="Whose account?", by=finance, at=grants.HELD)
    for each in plan:
        payments.request(each, by=manager, at=grants.HELD)
        payments.release(each, by=finance, at=grants.HELD)
    payments.reconcile(first, bank_reference="BACS 1", by=finance, at=grants.HELD)
    payments.reconcile(second, bank_reference="BACS 2", by=finance, at=grants.HELD)
    payments.recover(second, reason="Paid twice.", by=finance, at=grants.HELD)
    report = grants.report(award)
    measured = {award.bid.outcomes.get().pk: Decimal(3)} if award.bid else {}
    monitoring.hand_in(
        report, progress="Well.", actuals=measured, by=holder, at=grants.HELD
    )
    variations.agree(grants.variation(award), by=manager, at=grants.HELD)
    variations.refuse(grants.variation(award), answer="No.", by=manager, at=grants.HELD)
    university = cast.organisation("University")
    evaluations.agree(award, evaluator=university, by=manager, at=grants.HELD)
    evaluations.publish(
        award,
        title="What worked",
        published_on=grants.HELD.date(),
        source="example.org",
        findings=[evaluations.Found("Fewer moves", "better", "strong")],
        by=manager,
        at=grants.HELD,
    )
    awards.wind_down(award, by=manager, at=grants.HELD)
    awards.close(award, lessons="Start small.", by=manager, at=grants.HELD)


def _other_endings() -> None:
    grants.declined_offer()
    grants.terminated()
    grants.withdrawn_offer()
    bid = grants.bid_with_minister()
    bids.withdraw(bid, by=cases.editor_of(bid.lead), at=grants.HELD)
    grants.requested()
    bid = grants.bid_with_minister()
    decisions.decline(
        bid,
        feedback=cases.feedback(bid.round),
        reason="No money is left.",
        by=cast.minister(),
        at=grants.HELD,
    )
    meeting = bid.agenda_items.get().meeting
    meetings.minute(meeting, minutes="All agreed.", by=cast.secretary(), at=grants.HELD)
    decisions.approve(
        cases.seed_bid(), amounts=grants.amounts(), by=cast.approver(), at=MOMENT
    )


def _imported() -> None:
    """One applied, one refused, one that waits."""
    registers.load(at=LATER)
    official, pilot = cast.official(), cases.round_(name="Pilot")
    new = {"Lead organisation": "Northern Hands", "Lead type": "Charity"}
    eoi = sheets.EOI | new | {"Round": pilot.name, "Date": "12/11/2014"}
    award = sheets.AWARD | new | {"Round": pilot.name, "Councils": ""}
    for rows in ([eoi, award], [eoi | {"Date": "soon"}], [eoi | {"ID": "E2"}]):
        sent = imports.receive(
            sheets.csv_file(*rows), file_name="past.csv", by=official, at=LATER
        )
        if rows[0] is eoi:
            applied = imports.apply(sent, by=official, at=LATER)
            assert applied.state == "applied", applied.problems


def _arrived() -> None:
    """Letters sent and files scanned, as a worker notes it."""
    Letter.objects.update(state="sent", sent_at=MOMENT, text="Hello.")
    Document.objects.update(state="waiting")
    Document.objects.update(state="clean", scanned_at=MOMENT)

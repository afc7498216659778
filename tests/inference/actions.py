"""What people do in one of the two worlds, by domain calls."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bids.domain import (
    assessments,
    comments,
    expressions,
    messages,
    notes,
    question_sets,
    reconsiderations,
    rounds,
    sign_off,
)
from bids.models import Bid, Round
from funding.domain import (
    announcements,
    awards,
    decisions,
    evaluations,
    grant_drafts,
    imports,
    meetings,
    opinions,
    payments,
    recommendations,
)
from funding.models import AgendaItem, Award, EvaluationReport, Payment
from innovation.accounts.domain import invitations, memberships, role_requests
from innovation.accounts.models import Standing, User
from innovation.core import clock
from innovation.core.money import Money
from tests.access.scenario import ORGANISATION_ADMINISTRATOR
from tests.dates import MOMENT, moment_after
from tests.documents import sample_files
from tests.factories import cases, grants, users
from tests.inference import scenario
from tests.inference.scenario import (
    ASSIGNED_COACH,
    CONFLICTED_MEMBER,
    CONFLICTED_OFFICIAL,
    Scenario,
)

Action = Callable[[Scenario, Any], object]


def recommended_bid(stage: Scenario, outcome: str = "fund") -> Bid:
    return record_recommendation(stage, scenario.discussed_item(stage), outcome)


def record_recommendation(
    stage: Scenario, item: AgendaItem, outcome: str = "fund"
) -> Bid:
    recommendations.record(
        item,
        outcome=outcome,
        amounts=grants.amounts() if outcome == "fund" else {},
        reasons=f"The Board says: {outcome}.",
        by=stage.people["board_secretary"],
        at=grants.MEETING_AT,
    )
    return cases.reload_bid(item.bid)


def approve(stage: Scenario, bid: Bid) -> Bid:
    by = stage.people["ministers_office"]
    amounts = grants.amounts()
    return decisions.approve(bid, amounts=amounts, by=by, at=moment_after(days=9)).bid


def decline(stage: Scenario, bid: Bid) -> None:
    decisions.decline(
        bid,
        feedback=cases.feedback(bid.round),
        reason="It is not for us.",
        by=stage.people["ministers_office"],
        at=moment_after(days=9),
    )


def offer(stage: Scenario, bid: Bid) -> Award:
    manager = stage.people["grant_manager"]
    award = awards.offer(approve(stage, bid), by=manager, at=moment_after(days=10))
    awards.accept(award, by=stage.people["applicant"], at=moment_after(days=11))
    return awards.start(award, by=manager, at=moment_after(days=12))


def active_award(stage: Scenario) -> Award:
    return offer(stage, recommended_bid(stage))


def announce_award(stage: Scenario, award: Award, *, days: int = 0) -> Award:
    now = clock.now()
    on = clock.london_day(now) + timedelta(days=days)
    return announcements.announce(
        award, on=on, by=stage.people["grant_manager"], at=now
    )


def announced_award(stage: Scenario) -> Award:
    return announce_award(stage, active_award(stage))


def pay_award(stage: Scenario, award: Award) -> None:
    manager, finance = stage.people["grant_manager"], stage.people["finance"]
    instalment = payments.Instalment(Money.pounds(8_000), grants.DUE_ON)
    [payment] = payments.plan(
        award, instalments=[instalment], by=manager, at=moment_after(days=13)
    )
    payments.request(payment, by=manager, at=moment_after(days=14))
    payments.release(payment, by=finance, at=moment_after(days=15))


def planned_payment(stage: Scenario) -> Payment:
    award = announced_award(stage)
    instalment = payments.Instalment(Money.pounds(8_000), grants.DUE_ON)
    manager, at = stage.people["grant_manager"], moment_after(days=13)
    [payment] = payments.plan(award, instalments=[instalment], by=manager, at=at)
    return payment


def draft_claim(stage: Scenario, payment: Payment) -> None:
    grant_drafts.save(
        payment,
        values={"spent": "12", "note": "For staff."},
        files=[sample_files.upload("invoice.pdf")],
        by=stage.people["applicant"],
        at=moment_after(days=14),
    )


def declined_bid(stage: Scenario) -> Bid:
    bid = recommended_bid(stage)
    decline(stage, bid)
    return cases.reload_bid(bid)


def ask_to_look_again(stage: Scenario, bid: Bid) -> None:
    reconsiderations.ask(
        bid,
        grounds="You misread it.",
        by=stage.people["applicant"],
        at=moment_after(days=10),
    )


def publish_later(stage: Scenario, award: Award) -> None:
    """Brought in with a day that has not come."""
    EvaluationReport.objects.create(
        award=award,
        title="What came of it",
        published_on=clock.london_day(clock.now()) + timedelta(days=30),
        published_precision="day",
        source="A made-up press notice",
    )


def publish_unannounced(stage: Scenario, award: Award) -> None:
    manager = stage.people["grant_manager"]
    evaluations.agree(
        award, evaluator=stage.other, by=manager, at=moment_after(days=13)
    )
    evaluations.publish(
        award,
        title="What came of it",
        published_on=moment_after(days=20).date(),
        source="A made-up press notice",
        findings=[],
        by=manager,
        at=moment_after(days=20),
    )


def finish_assessment(values: tuple[int, int]) -> Action:
    def act(stage: Scenario, bid: Bid) -> None:
        by = stage.people["second"]
        cases.assessment(bid, by=by, values=values)

    return act


def bid_in_assessment(stage: Scenario) -> Bid:
    """The official has begun; another assessor finishes."""
    stage.people["second"] = users.official()
    bid = cases.submitted_bid(lead=stage.own, title="The case")
    users.assign(stage.people[ASSIGNED_COACH], bid.expression)
    by = stage.people["official"]
    cases.assessment(bid, by=by, finish=False)
    assessments.assign(bid, assessor=stage.people["second"], by=by, at=MOMENT)
    for name in (CONFLICTED_MEMBER, CONFLICTED_OFFICIAL):
        scenario.declare_interest(bid, stage.people[name])
    return bid


def bid_to_assess(stage: Scenario) -> Bid:
    """Sent, with two who can be given it."""
    stage.people |= {"second": users.official(), "third": users.official()}
    bid = cases.submitted_bid(lead=stage.own, title="The case")
    users.assign(stage.people[ASSIGNED_COACH], bid.expression)
    for name in (CONFLICTED_MEMBER, CONFLICTED_OFFICIAL):
        scenario.declare_interest(bid, stage.people[name])
    return bid


def assign_to(name: str) -> Action:
    def act(stage: Scenario, bid: Bid) -> None:
        by = stage.people["official"]
        assessments.assign(bid, assessor=stage.people[name], by=by, at=MOMENT)

    return act


def bid_assigned(stage: Scenario) -> Bid:
    """Sent, and given to the one whose assessment makes it assessed."""
    bid = bid_to_assess(stage)
    assign_to("second")(stage, bid)
    return bid


def bid_to_reopen(stage: Scenario) -> Bid:
    bid = scenario.assessed_bid(stage)
    for name in (CONFLICTED_MEMBER, CONFLICTED_OFFICIAL):
        scenario.declare_interest(bid, stage.people[name])
    return bid


def reopen_with(reason: str) -> Action:
    def act(stage: Scenario, bid: Bid) -> None:
        by = stage.people["official"]
        assessments.reopen(bid, reason=reason, by=by, at=MOMENT)

    return act


def ask_to_withdraw(stage: Scenario, bid: Bid) -> None:
    sign_off.request_withdrawal(
        bid, by=stage.people[ORGANISATION_ADMINISTRATOR], at=MOMENT
    )


def add_second_administrator(stage: Scenario) -> None:
    stage.people["second"] = users.administrator()


def ask_for_role(stage: Scenario, subject: Any) -> None:
    """For somebody who reads, by an administrator who is not among the readers."""
    person, by = stage.people["official"], stage.people["second"]
    role_requests.ask(person, role="finance", reason="Cover.", by=by, at=MOMENT)


def invite_colleague(stage: Scenario, subject: Any) -> None:
    invitations.invite(
        organisation=stage.own,
        email="new@example.org",
        name="Somebody New",
        standing=Standing.EDITOR,
        by=stage.people[ORGANISATION_ADMINISTRATOR],
        at=clock.now(),
    )


def write_draft(stage: Scenario, subject: Any) -> None:
    cases.draft(
        round=subject,
        lead=stage.own,
        by=stage.people["applicant"],
        title="Thought of at home",
    )


def person_who_waits(stage: Scenario) -> tuple[User, Round]:
    """Somebody who has asked to join the stage's own organisation."""
    user = users.person("applicant")
    memberships.ask(organisation=stage.own, by=user, at=MOMENT)
    return user, cases.round_(closes_at=None)


def write_provisional_draft(stage: Scenario, subject: Any) -> None:
    user, round = subject
    cases.draft(round=round, lead=stage.own, by=user, title="Not theirs yet")


def write_round(stage: Scenario, subject: Any) -> None:
    """Not published, with questions of its own."""
    by = stage.people["administrator"]
    to_come = cases.round_(published=False, name="Round to come")
    write_questions(stage, to_come)
    rounds.change(to_come, facts={"summary": "For later."}, by=by, at=MOMENT)


def write_questions(stage: Scenario, subject: Any) -> None:
    by = stage.people["administrator"]
    question_set = question_sets.begin(subject, stage="expression", by=by, at=MOMENT)
    facts = {
        "code": "later",
        "section": "Your idea",
        "wording": "Why not yet?",
        "kind": "long_text",
    }
    question_sets.add(question_set, facts=facts, by=by, at=MOMENT)


def add_comment(stage: Scenario, subject: Any) -> None:
    by = stage.people["official"]
    comments.add(subject, code="summary", text="Say more.", by=by, at=MOMENT)


def add_note(stage: Scenario, bid: Bid) -> None:
    by = stage.people["official"]
    notes.add(bid.expression, text="Ask the council first.", by=by, at=MOMENT)


def bid_in_development(stage: Scenario) -> Bid:
    bid = cases.bid_in_development(lead=stage.own, title="The case")
    users.assign(stage.people[ASSIGNED_COACH], bid.expression)
    for name in (CONFLICTED_MEMBER, CONFLICTED_OFFICIAL):
        scenario.declare_interest(bid, stage.people[name])
    return bid


def send_message(stage: Scenario, bid: Bid) -> None:
    messages.send(
        bid.expression,
        text="We have a question.",
        by=stage.people["applicant"],
        at=MOMENT,
    )


def list_with_paper(text: str) -> Action:
    def act(stage: Scenario, subject: Any) -> None:
        bid, meeting = subject
        by = stage.people["board_secretary"]
        meetings.list_bid(meeting, bid=bid, paper=text, by=by, at=MOMENT)

    return act


def bid_to_list(stage: Scenario) -> Any:
    meeting = grants.meeting(members=stage.board)
    bid = scenario.assessed_bid(stage)
    for name in (CONFLICTED_MEMBER, CONFLICTED_OFFICIAL):
        scenario.declare_interest(bid, stage.people[name])
    return bid, meeting


def give_view(stage: Scenario, item: AgendaItem) -> None:
    opinions.give(item, text="Do not fund it.", by=stage.people["fourth"], at=MOMENT)


def write_minutes(text: str) -> Action:
    def act(stage: Scenario, item: AgendaItem) -> None:
        record_recommendation(stage, item)
        meeting, by = scenario.meeting_of(item), stage.people["board_secretary"]
        meetings.minute(meeting, minutes=text, by=by, at=moment_after(days=9))

    return act


def complete_process(stage: Scenario, bid: Bid) -> None:
    """The case goes on and its title is told anew in messages."""
    send_message(stage, bid)
    pay_award(stage, offer(stage, bid))


def receive_import(stage: Scenario, subject: Any) -> None:
    by = stage.people["official"]
    imports.receive(b"kind\n", file_name="secret.csv", by=by, at=MOMENT)


def ask_to_join(stage: Scenario, subject: Any) -> None:
    by = users.person("applicant", name="Somebody New")
    memberships.ask(organisation=stage.own, by=by, at=MOMENT)


def withdraw_draft(stage: Scenario, subject: Any) -> None:
    draft = cases.draft(round=subject, lead=stage.own, by=stage.people["applicant"])
    expressions.withdraw(draft, because="", by=stage.people["applicant"], at=MOMENT)

"""What people do in one of the two worlds, by domain calls."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bids.domain import (
    assessments,
    comments,
    expressions,
    messages,
    question_sets,
    rounds,
    signing,
)
from bids.models import Bid
from funding.domain import (
    announcements,
    awards,
    decisions,
    evaluations,
    imports,
    meetings,
    opinions,
    payments,
    recommendations,
)
from funding.models import AgendaItem, Award, EvaluationReport
from innovation.accounts.domain import invitations, memberships, roles
from innovation.accounts.models import Standing
from innovation.core import clock
from innovation.core.money import Money
from tests import cases, cast, grants
from tests.access.stage import HEAD
from tests.dates import MOMENT, later
from tests.inference import stage as staged
from tests.inference.stage import ASSIGNED, AWAY, AWAY_OFFICIAL, Stage

Act = Callable[[Stage, Any], object]


def advised(stage: Stage, outcome: str = "fund") -> Bid:
    return advise(stage, staged.heard(stage), outcome)


def advise(stage: Stage, item: AgendaItem, outcome: str = "fund") -> Bid:
    recommendations.record(
        item,
        outcome=outcome,
        amounts=grants.amounts() if outcome == "fund" else {},
        reasons=f"The Board says: {outcome}.",
        by=stage.people["board_secretary"],
        at=grants.HELD,
    )
    return cases.bids_now(item.bid)


def approve(stage: Stage, bid: Bid) -> Bid:
    by = stage.people["ministers_office"]
    amounts = grants.amounts()
    return decisions.approve(bid, amounts=amounts, by=by, at=later(days=9)).bid


def decline(stage: Stage, bid: Bid) -> None:
    decisions.decline(
        bid,
        feedback=cases.feedback(bid.round),
        reason="It is not for us.",
        by=stage.people["ministers_office"],
        at=later(days=9),
    )


def offer(stage: Stage, bid: Bid) -> Award:
    manager = stage.people["grant_manager"]
    award = awards.offer(approve(stage, bid), by=manager, at=later(days=10))
    awards.accept(award, by=stage.people["applicant"], at=later(days=11))
    return awards.start(award, by=manager, at=later(days=12))


def running(stage: Stage) -> Award:
    return offer(stage, advised(stage))


def announce(stage: Stage, award: Award, *, days: int = 0) -> Award:
    now = clock.now()
    on = clock.london_day(now) + timedelta(days=days)
    return announcements.announce(
        award, on=on, by=stage.people["grant_manager"], at=now
    )


def announced(stage: Stage) -> Award:
    return announce(stage, running(stage))


def pay(stage: Stage, award: Award) -> None:
    manager, finance = stage.people["grant_manager"], stage.people["finance"]
    whole = payments.Instalment(Money.pounds(8_000), grants.DUE)
    [payment] = payments.plan(award, instalments=[whole], by=manager, at=later(days=13))
    payments.request(payment, by=manager, at=later(days=14))
    payments.release(payment, by=finance, at=later(days=15))


def publish_later(stage: Stage, award: Award) -> None:
    """Brought in with a day that has not come."""
    EvaluationReport.objects.create(
        award=award,
        title="What came of it",
        published_on=clock.london_day(clock.now()) + timedelta(days=30),
        published_precision="day",
        source="A made-up press notice",
    )


def publish_unannounced(stage: Stage, award: Award) -> None:
    manager = stage.people["grant_manager"]
    evaluations.agree(award, evaluator=stage.other, by=manager, at=later(days=13))
    evaluations.publish(
        award,
        title="What came of it",
        published_on=later(days=20).date(),
        source="A made-up press notice",
        findings=[],
        by=manager,
        at=later(days=20),
    )


def scored(values: tuple[int, int]) -> Act:
    def act(stage: Stage, bid: Bid) -> None:
        by = stage.people["second"]
        cases.assessment(bid, by=by, values=values)

    return act


def being_scored(stage: Stage) -> Bid:
    """The official has begun; another assessor finishes."""
    stage.people["second"] = cast.official()
    bid = cases.bid_submitted(lead=stage.own, title="The case")
    cast.assign(stage.people[ASSIGNED], bid.expression)
    by = stage.people["official"]
    cases.assessment(bid, by=by, finish=False)
    assessments.assign(bid, assessor=stage.people["second"], by=by, at=MOMENT)
    for name in (AWAY, AWAY_OFFICIAL):
        staged.declare(bid, stage.people[name])
    return bid


def to_be_assessed(stage: Stage) -> Bid:
    """Sent, with two who can be given it."""
    stage.people |= {"second": cast.official(), "third": cast.official()}
    bid = cases.bid_submitted(lead=stage.own, title="The case")
    cast.assign(stage.people[ASSIGNED], bid.expression)
    for name in (AWAY, AWAY_OFFICIAL):
        staged.declare(bid, stage.people[name])
    return bid


def give_to(name: str) -> Act:
    def act(stage: Stage, bid: Bid) -> None:
        by = stage.people["official"]
        assessments.assign(bid, assessor=stage.people[name], by=by, at=MOMENT)

    return act


def to_be_reopened(stage: Stage) -> Bid:
    bid = staged.assessed(stage)
    for name in (AWAY, AWAY_OFFICIAL):
        staged.declare(bid, stage.people[name])
    return bid


def reopen(reason: str) -> Act:
    def act(stage: Stage, bid: Bid) -> None:
        by = stage.people["official"]
        assessments.reopen(bid, reason=reason, by=by, at=MOMENT)

    return act


def ask_to_withdraw(stage: Stage, bid: Bid) -> None:
    signing.ask_to_withdraw(bid, by=stage.people[HEAD], at=MOMENT)


def second_administrator(stage: Stage) -> None:
    stage.people["second"] = cast.administrator()


def ask_for_role(stage: Stage, made: Any) -> None:
    """For somebody who reads, by an administrator who is not among the readers."""
    person, by = stage.people["official"], stage.people["second"]
    roles.ask(person, role="finance", reason="Cover.", by=by, at=MOMENT)


def invite(stage: Stage, made: Any) -> None:
    invitations.invite(
        organisation=stage.own,
        email="new@example.org",
        name="Somebody New",
        standing=Standing.EDITOR,
        by=stage.people[HEAD],
        at=clock.now(),
    )


def write_draft(stage: Stage, made: Any) -> None:
    cases.draft(
        round=made,
        lead=stage.own,
        by=stage.people["applicant"],
        title="Thought of at home",
    )


def write_round(stage: Stage, made: Any) -> None:
    """Not published, with questions of its own."""
    by = stage.people["administrator"]
    to_come = cases.round_(published=False, name="Round to come")
    write_questions(stage, to_come)
    rounds.change(to_come, facts={"summary": "For later."}, by=by, at=MOMENT)


def write_questions(stage: Stage, made: Any) -> None:
    by = stage.people["administrator"]
    begun = question_sets.begin(made, stage="expression", by=by, at=MOMENT)
    facts = {
        "code": "later",
        "section": "Your idea",
        "wording": "Why not yet?",
        "kind": "long_text",
    }
    question_sets.add(begun, facts=facts, by=by, at=MOMENT)


def comment(stage: Stage, made: Any) -> None:
    by = stage.people["official"]
    comments.add(made, code="summary", text="Say more.", by=by, at=MOMENT)


def in_development(stage: Stage) -> Bid:
    bid = cases.bid_in_development(lead=stage.own, title="The case")
    cast.assign(stage.people[ASSIGNED], bid.expression)
    for name in (AWAY, AWAY_OFFICIAL):
        staged.declare(bid, stage.people[name])
    return bid


def message(stage: Stage, bid: Bid) -> None:
    messages.send(
        bid.expression,
        text="We have a question.",
        by=stage.people["applicant"],
        at=MOMENT,
    )


def paper(text: str) -> Act:
    def act(stage: Stage, made: Any) -> None:
        bid, meeting = made
        by = stage.people["board_secretary"]
        meetings.list_bid(meeting, bid=bid, paper=text, by=by, at=MOMENT)

    return act


def to_be_listed(stage: Stage) -> Any:
    meeting = grants.meeting(members=stage.board)
    bid = staged.assessed(stage)
    for name in (AWAY, AWAY_OFFICIAL):
        staged.declare(bid, stage.people[name])
    return bid, meeting


def view(stage: Stage, item: AgendaItem) -> None:
    opinions.give(item, text="Do not fund it.", by=stage.people["fourth"], at=MOMENT)


def minutes(text: str) -> Act:
    def act(stage: Stage, item: AgendaItem) -> None:
        advise(stage, item)
        meeting, by = staged.meeting_of(item), stage.people["board_secretary"]
        meetings.minute(meeting, minutes=text, by=by, at=later(days=9))

    return act


def whole_story(stage: Stage, bid: Bid) -> None:
    """The case goes on and its title is told anew in messages."""
    message(stage, bid)
    pay(stage, offer(stage, bid))


def bring_in(stage: Stage, made: Any) -> None:
    by = stage.people["official"]
    imports.receive(b"kind\n", file_name="secret.csv", by=by, at=MOMENT)


def ask_to_join(stage: Stage, made: Any) -> None:
    by = cast.person("applicant", name="Somebody New")
    memberships.ask(organisation=stage.own, by=by, at=MOMENT)


def withdraw_draft(stage: Stage, made: Any) -> None:
    draft = cases.draft(round=made, lead=stage.own, by=stage.people["applicant"])
    expressions.withdraw(draft, because="", by=stage.people["applicant"], at=MOMENT)

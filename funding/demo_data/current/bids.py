"""Bids: one being written, one withdrawn, one returned, some to assess, one with scores
far apart and one for the Board's list.
"""

from collections.abc import Sequence
from datetime import date

from bids.domain import assessments, bids, comments, expressions, messages, scores
from bids.models import Assessment, Bid
from bids.models.bid import CostCategory
from funding.demo_data import texts
from funding.demo_data.current import applications
from funding.demo_data.current.demo_context import DemoContext
from funding.demo_data.ideas import Idea, idea_of
from innovation.core.money import Money
from innovation.organisations.models import Organisation

_SHARES = (
    (CostCategory.STAFF, "A team leader and five workers", 70),
    (CostCategory.DELIVERY, "Rooms, travel and activities", 20),
    (CostCategory.EVALUATION, "An evaluator from outside", 10),
)
"""Of each year's money, in hundredths."""


def add_cases(demo: DemoContext) -> None:
    _add_with_comments(demo, "Housing with support for care leavers", demo.council, 30)
    _add_withdrawn(demo, "Camps for brothers and sisters", demo.council, 60)
    _add_returned(demo, "Kinship support groups", demo.council, 50)
    _add_understaffed(demo, "A school place within five days", demo.council, 34)
    _add_begun(demo, "Small practice units for assessment", demo.charity, 55)
    _add_to_moderate(demo, "Weekend contact in family homes", demo.trust, 44)
    create_assessed_bid(demo, "Restorative practice in schools", demo.council, 60)


_SCORES = (
    (4, 3, 4, 3),
    (3, 3, 3, 4),
    (4, 4, 3, 3),
    (3, 1, 3, 3),
    (3, 3, 4, 1),
    (4, 3, 3, 4),
    (3, 4, 4, 3),
)
"""By criterion. On value for money the second assessor gives 3 for 4, and 4 for 3."""


def create_assessed_bid(
    demo: DemoContext,
    title: str,
    lead: Organisation,
    days: float,
    *,
    parts: Sequence[str] = ("official", "third.official"),
) -> Bid:
    """Create a bid on which these people agree."""
    bid = create_submitted_bid(demo, title, lead, days, parts=parts)
    lives, new, value, delivery = texts.pick(_SCORES, idea_of(title).number)
    started = _start_assessments(demo, bid, days, parts)
    for place, assessment in enumerate(started):
        their_value = value if place % 2 == 0 else 7 - value
        _score(demo, assessment, bid, days, [lives, new, their_value, delivery])
    _finish(demo, started, days)
    return Bid.objects.select_related("round").get(pk=bid.pk)


def create_submitted_bid(
    demo: DemoContext,
    title: str,
    lead: Organisation,
    days: float,
    *,
    parts: Sequence[str] = (),
) -> Bid:
    bid, by = _create_bid(demo, title, lead, days, parts), demo.writer(lead)
    bids.save(
        bid,
        facts=_bid_facts(demo, idea_of(title), days),
        answers={"declaration": True},
        by=by,
        at=demo.days_ago(days - 20),
    )
    return bids.submit(bid, by=by, at=demo.days_ago(days - 24))


def _create_bid(
    demo: DemoContext, title: str, lead: Organisation, days: float, parts: Sequence[str]
) -> Bid:
    """Create a bid, taken forward a week after it was sent. Of the `parts`, coaches
    look after it.
    """
    expression = applications.create_submitted(demo, title, lead, days)
    bid = expressions.take_forward(
        expression, by=demo.users["official"], at=demo.days_ago(days - 7)
    )
    for part in parts:
        if "coach" in part:
            applications.assign(demo, expression, part, days - 7)
    return bid


def _bid_facts(demo: DemoContext, idea: Idea, days: float) -> dict[str, object]:
    """The facts of a bid that its expression does not have."""

    def in_days(later: int) -> date:
        return demo.days_ago(days - later).date()

    return {
        "money": [
            {
                "financial_year": year,
                "category": category,
                "description": description,
                "amount": Money(amount.pence * share // 100),
            }
            for year, amount in demo.amounts(idea).items()
            for category, description, share in _SHARES
        ],
        "theory_of_change": texts.theory_of_change(idea.number),
        "evaluation_plan": texts.evaluation_plan(idea.number),
        "outcomes": [
            {
                "description": idea.outcome,
                "measure": idea.measure,
                "baseline": idea.baseline,
                "target": idea.target,
                "due_on": in_days(620),
            }
        ],
        "milestones": [
            {"description": "The team begins", "due_on": in_days(150)},
            {"description": "The first families", "due_on": in_days(210)},
            {"description": "The first year looked at", "due_on": in_days(520)},
        ],
        "risks": texts.risks(idea.number),
        "partner_letters": [
            {
                "organisation": partner,
                "text": "We will take part, and have set aside the staff for it.",
                "received_on": in_days(16),
            }
            for partner in demo.organisations(idea.partners)
        ],
    }


def _start_assessments(
    demo: DemoContext, bid: Bid, days: float, parts: Sequence[str]
) -> list[Assessment]:
    """Assign these people, and let them start."""
    _assign_assessors(demo, bid, days, parts)
    return [
        assessments.start(bid, by=demo.users[part], at=demo.days_ago(days - 26))
        for part in parts
    ]


def _assign_assessors(
    demo: DemoContext, bid: Bid, days: float, parts: Sequence[str]
) -> None:
    """Assign these people, by another official."""
    by = demo.users["second.official"]
    for part in parts:
        assessments.assign(
            bid, assessor=demo.users[part], by=by, at=demo.days_ago(days - 25)
        )


def _score(
    demo: DemoContext,
    assessment: Assessment,
    bid: Bid,
    days: float,
    values: Sequence[int],
) -> None:
    """Give these scores to the first criteria."""
    criteria = bid.round.criteria.all()
    criterion_scores = {
        criterion.pk: (value, texts.justification(criterion.name, value))
        for criterion, value in zip(criteria, values, strict=False)
    }
    scores.give(
        assessment,
        scores=criterion_scores,
        by=assessment.assessor,
        at=demo.days_ago(days - 27),
    )


def _finish(demo: DemoContext, started: Sequence[Assessment], days: float) -> None:
    for assessment in started:
        by, at = assessment.assessor, demo.days_ago(days - 28)
        assessments.finish(assessment, by=by, at=at)


def _add_with_comments(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    """Add a bid with comments of its coach, whose message waits for an answer."""
    bid, by = _create_bid(demo, title, lead, days, ("coach",)), demo.users["coach"]
    for code, text in texts.COMMENTS.items():
        comments.add(bid, code=code, text=text, by=by, at=demo.days_ago(days - 15))
    messages.send(
        bid.expression, text=texts.FROM_DEPARTMENT, by=by, at=demo.days_ago(3)
    )


def _add_withdrawn(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    bids.withdraw(
        _create_bid(demo, title, lead, days, ("second.coach",)),
        because="Foster carers told us that a week is too long for the youngest. We "
        "will try single days first, and pay for them ourselves.",
        by=demo.writer(lead),
        at=demo.days_ago(days - 30),
    )


def _add_returned(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    """Add a returned bid, whose applicant asks its coach about it."""
    bid = create_submitted_bid(demo, title, lead, days, parts=("coach",))
    bids.send_back(
        bid,
        reason="Say what each partner will do, and by when.",
        by=demo.users["coach"],
        at=demo.days_ago(days - 30),
    )
    messages.send(
        bid.expression,
        text=texts.TO_COACH,
        by=demo.writer(lead),
        at=demo.days_ago(2),
    )


def _add_begun(demo: DemoContext, title: str, lead: Organisation, days: float) -> None:
    """Add a bid that one of its assessors has begun to score."""
    parts = ("official", "coach")
    bid = create_submitted_bid(demo, title, lead, days, parts=parts)
    _assign_assessors(demo, bid, days, parts)
    begun = assessments.start(
        bid, by=demo.users["official"], at=demo.days_ago(days - 26)
    )
    _score(demo, begun, bid, days, [3, 2])


def _add_understaffed(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    """Add a bid that needs another assessor."""
    assessments.assign(
        create_submitted_bid(demo, title, lead, days),
        assessor=demo.users["second.official"],
        by=demo.users["official"],
        at=demo.days_ago(days - 26),
    )


def _add_to_moderate(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    parts = ("official", "second.coach")
    bid = create_submitted_bid(demo, title, lead, days, parts=parts)
    started = _start_assessments(demo, bid, days, parts)
    for assessment, values in zip(started, ([4, 3, 3, 3], [1, 3, 2, 3]), strict=True):
        _score(demo, assessment, bid, days, values)
    _finish(demo, started, days)

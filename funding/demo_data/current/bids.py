"""Bids: one being written, one returned, one to assess and one for the Board's list."""

from datetime import date

from bids.domain import assessments, bids, comments, expressions, scores
from bids.models import Assessment, Bid
from funding.demo_data import texts
from funding.demo_data.current import applications
from funding.demo_data.current.demo_context import DemoContext
from innovation.organisations.models import Organisation


def add_cases(demo: DemoContext) -> None:
    _add_with_comments(demo, "Housing with support for care leavers", demo.council, 30)
    _add_returned(demo, "Kinship support groups", demo.council, 50)
    submitted = _create_submitted_bid(
        demo, "Small practice units for assessment", demo.charity, 55
    )
    _assign(demo, submitted, 55 - 25)
    create_assessed_bid(demo, "Restorative practice in schools", demo.council, 60)


def create_assessed_bid(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> Bid:
    """Create a bid with the same scores by the official and the coach."""
    bid = _create_submitted_bid(demo, title, lead, days)
    started = [
        assessments.start(bid, by=assessment.assessor, at=demo.days_ago(days - 26))
        for assessment in _assign(demo, bid, days - 25)
    ]
    for assessment in started:
        _score(demo, assessment, bid, days)
    return Bid.objects.select_related("round").get(pk=bid.pk)


def _assign(demo: DemoContext, bid: Bid, days: float) -> list[Assessment]:
    """Assign the official and the coach, by another official."""
    by = demo.users["second.official"]
    return [
        assessments.assign(
            bid, assessor=demo.users[part], by=by, at=demo.days_ago(days)
        )
        for part in ("official", "coach")
    ]


def _score(demo: DemoContext, assessment: Assessment, bid: Bid, days: float) -> None:
    """Give four for the first criterion, three for the others."""
    by = assessment.assessor
    justification = "Clear, and backed by what the area did before."
    criterion_scores = {
        criterion.pk: (3 if place else 4, justification)
        for place, criterion in enumerate(bid.round.criteria.all())
    }
    scores.give(assessment, scores=criterion_scores, by=by, at=demo.days_ago(days - 27))
    assessments.finish(assessment, by=by, at=demo.days_ago(days - 28))


def _create_bid(demo: DemoContext, title: str, lead: Organisation, days: float) -> Bid:
    """Create a bid, taken forward a week after it was sent, with an official and a
    coach.
    """
    expression = applications.create_submitted(demo, title, lead, days)
    bid = expressions.take_forward(
        expression, by=demo.users["official"], at=demo.days_ago(days - 7)
    )
    applications.assign_official(demo, expression, "official", days - 7)
    applications.assign_official(demo, expression, "coach", days - 7)
    return bid


def _create_submitted_bid(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> Bid:
    bid = _create_bid(demo, title, lead, days)
    by = demo.writer(lead)
    bids.save(
        bid,
        facts=_bid_facts(demo),
        answers={"declaration": True},
        by=by,
        at=demo.days_ago(days - 20),
    )
    return bids.submit(bid, by=by, at=demo.days_ago(days - 24))


def _bid_facts(demo: DemoContext) -> dict[str, object]:
    """The facts of a bid that its expression does not have."""

    def in_days(days: int) -> date:
        return demo.days_ago(-days).date()

    return {
        "theory_of_change": "One trusted adult stays; trust grows; fewer moves.",
        "evaluation_plan": "Days in care, compared with a neighbouring area.",
        "outcomes": [
            {**outcome, "target": 80, "due_on": in_days(500)}
            for outcome in texts.OUTCOMES
        ],
        "milestones": [
            {"description": "The first families", "due_on": in_days(120)},
            {"description": "The first year looked at", "due_on": in_days(400)},
        ],
        "risks": texts.RISKS,
    }


def _add_with_comments(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    bid = _create_bid(demo, title, lead, days)
    for code, text in texts.COMMENTS.items():
        by, at = demo.users["coach"], demo.days_ago(days - 15)
        comments.add(bid, code=code, text=text, by=by, at=at)


def _add_returned(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    bids.send_back(
        _create_submitted_bid(demo, title, lead, days),
        reason="Say what each partner will do, and by when.",
        by=demo.users["coach"],
        at=demo.days_ago(days - 30),
    )

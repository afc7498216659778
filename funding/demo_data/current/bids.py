"""Bids: one being written, one returned, one to assess and one for the Board's list."""

from datetime import date
from typing import Any

from bids.domain import assessments, bids, comments, expressions
from bids.models import Assessment, Bid
from funding.demo_data import words
from funding.demo_data.current import applications
from funding.demo_data.current.stage import Stage
from innovation.organisations.models import Organisation


def play(stage: Stage) -> None:
    _commented(stage, "Housing with support for care leavers", stage.council, 30)
    _returned(stage, "Kinship support groups", stage.council, 50)
    waiting = _sent(stage, "Small practice units for assessment", stage.charity, 55)
    _assign(stage, waiting, 55 - 25)
    assessed(stage, "Restorative practice in schools", stage.council, 60)


def assessed(stage: Stage, title: str, lead: Organisation, days: float) -> Bid:
    """By the official and the coach, who think alike."""
    bid = _sent(stage, title, lead, days)
    started = [
        assessments.start(bid, by=assigned.assessor, at=stage.ago(days - 26))
        for assigned in _assign(stage, bid, days - 25)
    ]
    for assessment in started:
        _score(stage, assessment, bid, days)
    return Bid.objects.select_related("round").get(pk=bid.pk)


def _assign(stage: Stage, bid: Bid, days: float) -> list[Assessment]:
    """To the official and the coach, by another official."""
    by = stage.players["second.official"]
    return [
        assessments.assign(bid, assessor=stage.players[part], by=by, at=stage.ago(days))
        for part in ("official", "coach")
    ]


def _score(stage: Stage, assessment: Assessment, bid: Bid, days: float) -> None:
    """Four for the first criterion, three for the others."""
    by = assessment.assessor
    why = "Clear, and backed by what the area did before."
    scores = {
        criterion.pk: (3 if place else 4, why)
        for place, criterion in enumerate(bid.round.criteria.all())
    }
    assessments.score(assessment, scores=scores, by=by, at=stage.ago(days - 27))
    assessments.finish(assessment, by=by, at=stage.ago(days - 28))


def _begun(stage: Stage, title: str, lead: Organisation, days: float) -> Bid:
    """Taken forward a week after it was sent, with an official and the coach."""
    expression = applications.sent(stage, title, lead, days)
    bid = expressions.take_forward(
        expression, by=stage.players["official"], at=stage.ago(days - 7)
    )
    applications.look_after(stage, expression, "official", days - 7)
    applications.look_after(stage, expression, "coach", days - 7)
    return bid


def _sent(stage: Stage, title: str, lead: Organisation, days: float) -> Bid:
    bid = _begun(stage, title, lead, days)
    by = stage.writer(lead)
    bids.save(
        bid,
        facts=_facts(stage),
        answers={"declaration": True},
        by=by,
        at=stage.ago(days - 20),
    )
    return bids.submit(bid, by=by, at=stage.ago(days - 24))


def _facts(stage: Stage) -> dict[str, Any]:
    """What a bid asks for that its expression did not say."""

    def in_days(days: int) -> date:
        return stage.ago(-days).date()

    return {
        "theory_of_change": "One trusted adult stays; trust grows; fewer moves.",
        "evaluation_plan": "Days in care, compared with a neighbouring area.",
        "outcomes": [
            {**outcome, "target": 80, "due_on": in_days(500)}
            for outcome in words.OUTCOMES
        ],
        "milestones": [
            {"description": "The first families", "due_on": in_days(120)},
            {"description": "The first year looked at", "due_on": in_days(400)},
        ],
        "risks": words.RISKS,
    }


def _commented(stage: Stage, title: str, lead: Organisation, days: float) -> None:
    bid = _begun(stage, title, lead, days)
    for code, text in words.COMMENTS.items():
        by, at = stage.players["coach"], stage.ago(days - 15)
        comments.add(bid, code=code, text=text, by=by, at=at)


def _returned(stage: Stage, title: str, lead: Organisation, days: float) -> None:
    bids.send_back(
        _sent(stage, title, lead, days),
        reason="Say what each partner will do, and by when.",
        by=stage.players["coach"],
        at=stage.ago(days - 30),
    )

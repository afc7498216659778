"""Expressions of interest: a draft, two to triage, one waiting for its applicant, one
declined.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bids.domain import assignments, clarifications, expressions, messages
from bids.models import Expression, IdeaType, MaturityStage, Round
from funding.demo_data import words
from funding.demo_data.current.stage import Stage
from innovation.organisations.models import Organisation


def play(stage: Stage) -> None:
    draft(stage, "A night-time helpline for foster carers", stage.council, 2)
    received = sent(stage, "Family hubs beside primary schools", stage.council, 6)
    look_after(stage, received, "official", 5)
    _talk(stage, received, words.CONVERSATION, 4)
    sent(stage, "Peer mentors for young carers", stage.charity, 3)
    _asked(stage, "A pause before moving a child", stage.council, 14)
    _declined(stage, "Tablets for social workers", stage.charity, 40)


def draft(stage: Stage, title: str, lead: Organisation, days: float) -> Expression:
    facts = {"money": stage.money(400_000, years=2), "outcomes": words.OUTCOMES}
    return written(stage, stage.call, title, lead, days, facts, words.ANSWERS)


def written(
    stage: Stage,
    round: Round,
    title: str,
    lead: Organisation,
    days: float,
    facts: dict[str, Any],
    answers: dict[str, Any],
) -> Expression:
    """A draft in any round: `facts` and `answers` are what that round asks besides
    the idea itself.
    """
    by, at = stage.writer(lead), stage.ago(days)
    started = expressions.start(round=round, lead=lead, title=title, by=by, at=at)
    idea = {
        "summary": words.summary(title),
        "strand": round.strands.first(),
        "maturity": MaturityStage.objects.first(),
        "idea_type": IdeaType.objects.filter(name="Edge of care").first(),
    }
    return expressions.save(started, facts=idea | facts, answers=answers, by=by, at=at)


def sent(stage: Stage, title: str, lead: Organisation, days: float) -> Expression:
    return send(stage, draft(stage, title, lead, days + 1), days)


def send(stage: Stage, draft: Expression, days: float) -> Expression:
    return expressions.submit(draft, by=stage.writer(draft.lead), at=stage.ago(days))


def look_after(stage: Stage, expression: Expression, part: str, days: float) -> None:
    assignments.assign(
        expression,
        user=stage.players[part],
        by=stage.players["official"],
        at=stage.ago(days),
    )


def _talk(
    stage: Stage, expression: Expression, said: Sequence[tuple[str, str]], days: float
) -> None:
    """An hour apart. The last one waits for whoever did not write it."""
    for hour, (part, text) in enumerate(said):
        by, at = stage.players[part], stage.ago(days - hour / 24)
        messages.send(expression, text=text, by=by, at=at)


def _asked(stage: Stage, title: str, lead: Organisation, days: float) -> None:
    expression = sent(stage, title, lead, days)
    look_after(stage, expression, "official", days - 1)
    clarifications.ask(
        expression,
        question=words.QUESTION,
        due_on=stage.today + timedelta(days=7),
        by=stage.players["official"],
        at=stage.ago(days - 5),
    )
    _talk(stage, expression, words.CONVERSATION[:2], days - 6)


def _declined(stage: Stage, title: str, lead: Organisation, days: float) -> None:
    expression = sent(stage, title, lead, days)
    criteria = expression.round.criteria.all()
    expressions.decline(
        expression,
        feedback={each.pk: words.FEEDBACK[each.name] for each in criteria},
        by=stage.players["official"],
        at=stage.ago(days - 12),
    )

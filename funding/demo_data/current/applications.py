"""Expressions of interest: a draft, two to triage, one waiting for its applicant, one
declined.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bids.domain import assignments, clarifications, expressions, messages
from bids.models import Expression, IdeaType, MaturityStage, Round
from funding.demo_data import texts
from funding.demo_data.current.demo_context import DemoContext
from innovation.organisations.models import Organisation


def add_cases(demo: DemoContext) -> None:
    create_draft(demo, "A night-time helpline for foster carers", demo.council, 2)
    received = create_submitted(
        demo, "Family hubs beside primary schools", demo.council, 6
    )
    assign_official(demo, received, "official", 5)
    _exchange_messages(demo, received, texts.CONVERSATION, 4)
    create_submitted(demo, "Peer mentors for young carers", demo.charity, 3)
    _add_in_clarification(demo, "A pause before moving a child", demo.council, 14)
    _add_declined(demo, "Tablets for social workers", demo.charity, 40)


def create_draft(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> Expression:
    facts = {"money": demo.money(400_000, years=2), "outcomes": texts.OUTCOMES}
    return create_draft_in_round(
        demo, demo.open_round, title, lead, days, facts, texts.ANSWERS
    )


def create_draft_in_round(
    demo: DemoContext,
    round: Round,
    title: str,
    lead: Organisation,
    days: float,
    facts: Mapping[str, object],
    answers: Mapping[str, object],
) -> Expression:
    """Create a draft in any round, with the `facts` and `answers` that the round
    requires besides the idea itself.
    """
    by, at = demo.writer(lead), demo.days_ago(days)
    started = expressions.start(round=round, lead=lead, title=title, by=by, at=at)
    idea = {
        "summary": texts.summary(title),
        "strand": round.strands.first(),
        "maturity": MaturityStage.objects.first(),
        "idea_type": IdeaType.objects.filter(name="Edge of care").first(),
    }
    return expressions.save(
        started, facts={**idea, **facts}, answers=answers, by=by, at=at
    )


def create_submitted(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> Expression:
    return submit(demo, create_draft(demo, title, lead, days + 1), days)


def submit(demo: DemoContext, draft: Expression, days: float) -> Expression:
    return expressions.submit(draft, by=demo.writer(draft.lead), at=demo.days_ago(days))


def assign_official(
    demo: DemoContext, expression: Expression, part: str, days: float
) -> None:
    assignments.assign(
        expression,
        user=demo.users[part],
        by=demo.users["official"],
        at=demo.days_ago(days),
    )


def _exchange_messages(
    demo: DemoContext,
    expression: Expression,
    texts: Sequence[tuple[str, str]],
    days: float,
) -> None:
    """Create messages an hour apart. The last one is unanswered."""
    for hour, (part, text) in enumerate(texts):
        by, at = demo.users[part], demo.days_ago(days - hour / 24)
        messages.send(expression, text=text, by=by, at=at)


def _add_in_clarification(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    expression = create_submitted(demo, title, lead, days)
    assign_official(demo, expression, "official", days - 1)
    clarifications.ask(
        expression,
        question=texts.QUESTION,
        due_on=demo.today + timedelta(days=7),
        by=demo.users["official"],
        at=demo.days_ago(days - 5),
    )
    _exchange_messages(demo, expression, texts.CONVERSATION[:2], days - 6)


def _add_declined(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> None:
    expression = create_submitted(demo, title, lead, days)
    criteria = expression.round.criteria.all()
    expressions.decline(
        expression,
        feedback={
            criterion.pk: texts.FEEDBACK[criterion.name] for criterion in criteria
        },
        by=demo.users["official"],
        at=demo.days_ago(days - 12),
    )

"""Seed grants: one to triage and one with its approver. Together they are as much as an
organisation can have in a year, so that a third one can be tried and is refused.
"""

from bids.domain import expressions
from bids.models import Expression
from funding.demo_data import texts
from funding.demo_data.current import applications
from funding.demo_data.current.demo_context import DemoContext


def add_cases(demo: DemoContext) -> None:
    _create_submitted(demo, "Try out a young people’s panel", 4, pounds=4_500)
    submitted = _create_submitted(demo, "Map who knows the family", 15, pounds=5_500)
    expressions.take_forward(submitted, by=demo.users["official"], at=demo.days_ago(8))


def _create_submitted(
    demo: DemoContext, title: str, days: float, *, pounds: int
) -> Expression:
    draft = applications.create_draft_in_round(
        demo,
        demo.seed_round,
        title,
        demo.charity,
        days + 1,
        facts={"money": demo.money(pounds, years=1)},
        answers=texts.SEED_ANSWERS,
    )
    return applications.submit(demo, draft, days)

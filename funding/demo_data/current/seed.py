"""The seed lane: one grant to triage and one with its approver, together as much as
one organisation can have in a year. The council’s is left to be tried out.
"""

from bids.domain import expressions
from bids.models import Expression
from funding.demo_data import words
from funding.demo_data.current import applications
from funding.demo_data.current.stage import Stage


def play(stage: Stage) -> None:
    _sent(stage, "Try out a young people’s panel", 4, pounds=4_500)
    waiting = _sent(stage, "Map who knows the family", 15, pounds=5_500)
    expressions.take_forward(waiting, by=stage.players["official"], at=stage.ago(8))


def _sent(stage: Stage, title: str, days: float, *, pounds: int) -> Expression:
    draft = applications.written(
        stage,
        stage.seed_round,
        title,
        stage.charity,
        days + 1,
        facts={"money": stage.money(pounds, years=1)},
        answers=words.SEED_ANSWERS,
    )
    return applications.send(stage, draft, days)

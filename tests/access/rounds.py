"""Rounds and question sets, published and not."""

from bids.domain import question_sets as domain
from bids.models import QuestionSet
from innovation.accounts.models import User
from tests.access.scenario import KeyPair, Scenario, key_pair_of
from tests.dates import MOMENT
from tests.factories import cases, users


def rounds(stage: Scenario, user: User) -> KeyPair:
    return key_pair_of(cases.round_(), cases.round_(published=False))


def open_rounds(stage: Scenario, user: User) -> KeyPair:
    return key_pair_of(
        *(cases.round_(closes_at=None, published=up) for up in (True, False))
    )


def question_sets(stage: Scenario, user: User) -> KeyPair:
    return key_pair_of(*(cases.question_set(cases.round_()) for _ in range(2)))


def question_sets_to_write(stage: Scenario, user: User) -> KeyPair:
    return key_pair_of(*(_question_set_to_write() for _ in range(2)))


def _question_set_to_write() -> QuestionSet:
    round, by = cases.round_(published=False), users.administrator()
    begun = domain.begin(round, stage="expression", by=by, at=MOMENT)
    facts = {
        "code": "why",
        "section": "Your idea",
        "wording": "Why now?",
        "kind": "long_text",
    }
    domain.add(begun, facts=facts, by=by, at=MOMENT)
    return begun

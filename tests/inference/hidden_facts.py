"""What is hidden, each as two worlds that differ in nothing else.

Whoever is not named as knowing it must not be able to tell the worlds apart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests import cases
from tests.access.stage import HEAD
from tests.inference import acts
from tests.inference import stage as staged
from tests.inference.acts import Act
from tests.inference.stage import ASSIGNED, AWAY, AWAY_OFFICIAL, OUTSIDER, OWN, Stage

CASEWORK = frozenset(
    {
        "official",
        ASSIGNED,
        "board_secretary",
        "seed_approver",
        "grant_manager",
        "analyst",
    }
)
"""Who reads the case where the department works on it."""
AWARDS = CASEWORK | {"finance"}
OFFICE = frozenset({"board_secretary", "board_member"})
LETTERS = frozenset({"administrator"})
"""Sees that a letter about a case was written, and not which."""


@dataclass(frozen=True)
class Fact:
    """`common` is what both worlds have; `one` and `other` tell them apart.

    `knows` may know it wherever they look; `on_pages` may know it on the pages where
    they work, and read nothing of it in what leaves the service: API and exports.
    """

    name: str
    common: Callable[[Stage], Any]
    other: Act
    nearest: tuple[str, ...]
    """Of those who may not know it, who comes closest."""
    one: Act = lambda stage, made: None
    knows: frozenset[str] = frozenset()
    on_pages: frozenset[str] = frozenset()
    counts: bool = False
    """Whether the programme's figures tell it, as one number among all: ADR 20."""
    first: bool = False
    """Looked at whenever anything is tested, and not only where there is time."""

    @property
    def readers(self) -> list[str]:
        return [name for name in staged.READERS if name not in self.knows]


FACTS = [
    Fact(
        "an approval and the grant made of it, not announced",
        acts.advised,
        acts.offer,
        first=True,
        nearest=("analyst", "board_member"),
        knows=LETTERS | {"ministers_office"},
        on_pages=OWN | AWARDS,
    ),
    Fact(
        "approved or declined",
        acts.advised,
        one=acts.approve,
        other=acts.decline,
        nearest=("board_member", "administrator"),
        knows=OWN | CASEWORK | {"ministers_office"},
        on_pages=frozenset(),
    ),
    Fact(
        "that the Board has advised",
        staged.heard,
        acts.advise,
        first=True,
        nearest=("applicant",),
        knows=CASEWORK | OFFICE | {"ministers_office"},
        counts=True,
    ),
    Fact(
        "what the Board advised",
        staged.heard,
        one=acts.advise,
        other=lambda stage, item: acts.advise(stage, item, "decline"),
        nearest=("official",),
        knows=OFFICE | {"ministers_office"},
    ),
    Fact(
        "how a case with an interest goes on",
        acts.advised,
        acts.whole_story,
        first=True,
        nearest=(AWAY_OFFICIAL,),
        knows=frozenset(staged.READERS) - {AWAY, AWAY_OFFICIAL},
    ),
    Fact(
        "an announcement to come",
        acts.running,
        lambda stage, award: acts.announce(stage, award, days=1),
        nearest=("analyst", "applicant"),
        on_pages=AWARDS,
    ),
    Fact(
        "a payment",
        acts.announced,
        acts.pay,
        nearest=(AWAY_OFFICIAL,),
        knows=OWN | AWARDS | LETTERS,
    ),
    Fact(
        "an evaluation to be published",
        acts.announced,
        acts.publish_later,
        nearest=(staged.PUBLIC, "applicant"),
        on_pages=AWARDS,
    ),
    Fact(
        "an evaluation of an award not announced",
        acts.running,
        acts.publish_unannounced,
        nearest=(staged.PUBLIC,),
        knows=LETTERS,
        on_pages=AWARDS | OWN | {OUTSIDER},
    ),
    Fact(
        "scores given by others",
        acts.being_scored,
        one=acts.scored((3, 3)),
        other=acts.scored((0, 4)),
        first=True,
        nearest=("official",),
        knows=frozenset({"board_secretary", "grant_manager", "analyst"}),
    ),
    Fact(
        "a comment on an answer",
        acts.in_development,
        acts.comment,
        nearest=("coach",),
        knows=OWN | CASEWORK | LETTERS,
    ),
    Fact(
        "a message",
        acts.in_development,
        acts.message,
        nearest=(OUTSIDER,),
        knows=OWN | CASEWORK | LETTERS,
    ),
    Fact(
        "a paper before it is sent",
        acts.to_be_listed,
        one=acts.paper("Fund it."),
        other=acts.paper("Do not fund it."),
        nearest=("board_member",),
        knows=frozenset({"board_secretary"}),
    ),
    Fact(
        "another member’s view",
        staged.listed,
        acts.view,
        nearest=("board_member",),
        knows=frozenset({"board_secretary"}),
    ),
    Fact(
        "another member’s interest",
        staged.listed,
        lambda stage, item: staged.declare(item.bid, stage.people["fourth"]),
        nearest=("board_member",),
        knows=frozenset({"board_secretary"}),
    ),
    Fact(
        "minutes of a case with an interest",
        staged.heard,
        one=acts.minutes("Hull asked for too much."),
        other=acts.minutes("All was well with the bid."),
        nearest=(AWAY,),
        knows=OFFICE,
    ),
    Fact(
        "a draft",
        lambda stage: cases.round_(closes_at=None),
        acts.write_draft,
        first=True,
        nearest=("official",),
        knows=OWN,
    ),
    Fact(
        "a draft that was withdrawn",
        lambda stage: cases.round_(closes_at=None),
        acts.withdraw_draft,
        nearest=("official",),
        knows=OWN,
    ),
    Fact(
        "a round not published",
        lambda stage: cases.round_(),
        acts.write_round,
        first=True,
        nearest=("official",),
        knows=LETTERS,
    ),
    Fact(
        "questions not published",
        lambda stage: cases.round_(closes_at=None),
        acts.write_questions,
        nearest=("applicant",),
        knows=LETTERS,
    ),
    Fact(
        "a file of past cases",
        lambda stage: None,
        acts.bring_in,
        nearest=("grant_manager",),
        knows=frozenset({"official", AWAY_OFFICIAL, "administrator"}),
    ),
    Fact(
        "somebody who asks to join an organisation",
        lambda stage: None,
        acts.ask_to_join,
        nearest=(OUTSIDER,),
        knows=frozenset({HEAD, "administrator"}),
    ),
    Fact(
        "who assesses a bid",
        acts.to_be_assessed,
        one=acts.give_to("second"),
        other=acts.give_to("third"),
        nearest=("applicant",),
        knows=CASEWORK | LETTERS,
    ),
    Fact(
        "why an assessment was reopened",
        acts.to_be_reopened,
        one=acts.reopen("A score is missing."),
        other=acts.reopen("Its assessor was near the case."),
        nearest=("applicant", "administrator"),
        knows=CASEWORK,
    ),
    Fact(
        "that an assessment was reopened",
        acts.to_be_reopened,
        acts.reopen("A score is missing."),
        nearest=("board_member", AWAY_OFFICIAL),
        knows=OWN | CASEWORK | LETTERS,
    ),
    Fact(
        "a withdrawal that a colleague asks for",
        acts.in_development,
        acts.ask_to_withdraw,
        nearest=("official",),
        knows=OWN | LETTERS,
    ),
    Fact(
        "a role that somebody is to have",
        acts.second_administrator,
        acts.ask_for_role,
        nearest=("official",),
        knows=LETTERS,
    ),
    Fact(
        "an invitation",
        lambda stage: None,
        acts.invite,
        nearest=("applicant", OUTSIDER),
        knows=frozenset({HEAD}),
    ),
]

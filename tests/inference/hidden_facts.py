"""What is hidden, each as two worlds that differ in nothing else.

Whoever is not named as knowing it must not be able to tell the worlds apart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.access.scenario import ORGANISATION_ADMINISTRATOR
from tests.factories import cases
from tests.inference import actions, barrier_actions, partner_actions, scenario
from tests.inference.actions import Action
from tests.inference.scenario import (
    ASSIGNED_COACH,
    CONFLICTED_MEMBER,
    CONFLICTED_OFFICIAL,
    OUTSIDER,
    OWN_READERS,
    Scenario,
)

CASEWORK = frozenset(
    {
        "official",
        ASSIGNED_COACH,
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
ROUND_EDITOR = frozenset({"administrator"})
"""Reads on the page that edits a round that its route is fixed: cases were started."""


@dataclass(frozen=True)
class HiddenFact:
    """`common` is what both worlds have; `one` and `other` tell them apart.

    `may_know` is for wherever they look; `may_know_on_pages` for the pages where they
    work, who read nothing of it in what leaves the service: API and exports.
    """

    name: str
    common: Callable[[Scenario], Any]
    other: Action
    nearest_readers: tuple[str, ...]
    """Of those who may not know it, who comes closest."""
    one: Action = lambda stage, subject: None
    may_know: frozenset[str] = frozenset()
    may_know_on_pages: frozenset[str] = frozenset()
    changes_figures: bool = False
    """Whether the programme's figures tell it, as one number among all: ADR 20."""
    always_tested: bool = False
    """Looked at whenever anything is tested, and not only where there is time."""

    @property
    def readers(self) -> list[str]:
        return [name for name in scenario.READERS if name not in self.may_know]


FACTS = [
    HiddenFact(
        "an approval and the grant made of it, not announced",
        actions.recommended_bid,
        actions.offer,
        always_tested=True,
        nearest_readers=("analyst", "board_member"),
        may_know=LETTERS | {"ministers_office"},
        may_know_on_pages=OWN_READERS | AWARDS,
    ),
    HiddenFact(
        "approved or declined",
        actions.recommended_bid,
        one=actions.approve,
        other=actions.decline,
        nearest_readers=("board_member", "administrator"),
        may_know=OWN_READERS | CASEWORK | {"ministers_office"},
        may_know_on_pages=frozenset(),
    ),
    HiddenFact(
        "that the Board has advised",
        scenario.discussed_item,
        actions.record_recommendation,
        always_tested=True,
        nearest_readers=("applicant",),
        may_know=CASEWORK | OFFICE | {"ministers_office"},
        changes_figures=True,
    ),
    HiddenFact(
        "what the Board advised",
        scenario.discussed_item,
        one=actions.record_recommendation,
        other=lambda stage, item: actions.record_recommendation(stage, item, "decline"),
        nearest_readers=("official",),
        may_know=OFFICE | {"ministers_office"},
    ),
    HiddenFact(
        "how a case with an interest goes on",
        actions.recommended_bid,
        actions.complete_process,
        always_tested=True,
        nearest_readers=(CONFLICTED_OFFICIAL,),
        may_know=frozenset(scenario.READERS) - {CONFLICTED_MEMBER, CONFLICTED_OFFICIAL},
    ),
    HiddenFact(
        "an announcement to come",
        actions.active_award,
        lambda stage, award: actions.announce_award(stage, award, days=1),
        nearest_readers=("analyst", "applicant"),
        may_know_on_pages=AWARDS,
    ),
    HiddenFact(
        "a payment",
        actions.announced_award,
        actions.pay_award,
        nearest_readers=(CONFLICTED_OFFICIAL,),
        may_know=OWN_READERS | AWARDS | LETTERS,
    ),
    HiddenFact(
        "a claim that is not sent yet, and its file",
        actions.planned_payment,
        actions.draft_claim,
        always_tested=True,
        nearest_readers=("grant_manager", "finance"),
        may_know=OWN_READERS,
    ),
    HiddenFact(
        "that an applicant asks us to look at a decision again",
        actions.declined_bid,
        actions.ask_to_look_again,
        nearest_readers=(OUTSIDER, CONFLICTED_OFFICIAL),
        may_know=OWN_READERS | CASEWORK | LETTERS | {"ministers_office"},
    ),
    HiddenFact(
        "an evaluation to be published",
        actions.announced_award,
        actions.publish_later,
        nearest_readers=(scenario.PUBLIC, "applicant"),
        may_know_on_pages=AWARDS,
    ),
    HiddenFact(
        "an evaluation of an award not announced",
        actions.active_award,
        actions.publish_unannounced,
        nearest_readers=(scenario.PUBLIC,),
        may_know=LETTERS,
        may_know_on_pages=AWARDS | OWN_READERS | {OUTSIDER},
    ),
    HiddenFact(
        "scores given by others",
        actions.bid_in_assessment,
        one=actions.finish_assessment((3, 3)),
        other=actions.finish_assessment((0, 4)),
        always_tested=True,
        nearest_readers=("official",),
        # Who reads every case and assesses none: blind scoring keeps assessors apart.
        may_know=frozenset(
            {"board_secretary", "grant_manager", "analyst", "seed_approver"}
        ),
    ),
    HiddenFact(
        "the result of an assessed bid, and its rank",
        actions.bid_assigned,
        one=actions.finish_assessment((3, 3)),
        other=actions.finish_assessment((1, 4)),
        always_tested=True,
        nearest_readers=("applicant", "board_member", CONFLICTED_OFFICIAL),
        may_know=CASEWORK,
    ),
    HiddenFact(
        "a comment on an answer",
        actions.bid_in_development,
        actions.add_comment,
        nearest_readers=("coach",),
        may_know=OWN_READERS | CASEWORK | LETTERS,
    ),
    HiddenFact(
        "a note of officials",
        actions.bid_in_development,
        actions.add_note,
        always_tested=True,
        nearest_readers=(ASSIGNED_COACH, "applicant"),
        may_know=frozenset({"official"}),
    ),
    HiddenFact(
        "that a case names an entry of the barrier register",
        barrier_actions.bid_beside_entry,
        barrier_actions.join_to_entry,
        nearest_readers=(CONFLICTED_OFFICIAL, "coach", "applicant"),
        may_know=CASEWORK,
    ),
    HiddenFact(
        "an entry of the barrier register that was made from a case",
        barrier_actions.bid_beside_entry,
        barrier_actions.enter_from_case,
        always_tested=True,
        nearest_readers=(CONFLICTED_OFFICIAL, "coach", "applicant"),
        may_know=CASEWORK,
    ),
    HiddenFact(
        "a message",
        actions.bid_in_development,
        actions.send_message,
        nearest_readers=(OUTSIDER,),
        may_know=OWN_READERS | CASEWORK | LETTERS,
    ),
    HiddenFact(
        "a paper before it is sent",
        actions.bid_to_list,
        one=actions.list_with_paper("Fund it."),
        other=actions.list_with_paper("Do not fund it."),
        nearest_readers=("board_member",),
        may_know=frozenset({"board_secretary"}),
    ),
    HiddenFact(
        "another member’s view",
        scenario.listed_item,
        actions.give_view,
        nearest_readers=("board_member",),
        may_know=frozenset({"board_secretary"}),
    ),
    HiddenFact(
        "another member’s interest",
        scenario.listed_item,
        lambda stage, item: scenario.declare_interest(item.bid, stage.people["fourth"]),
        nearest_readers=("board_member",),
        may_know=frozenset({"board_secretary"}),
    ),
    HiddenFact(
        "minutes of a case with an interest",
        scenario.discussed_item,
        one=actions.write_minutes("Hull asked for too much."),
        other=actions.write_minutes("All was well with the bid."),
        nearest_readers=(CONFLICTED_MEMBER,),
        may_know=OFFICE,
    ),
    HiddenFact(
        "a draft",
        lambda stage: cases.round_(closes_at=None),
        actions.write_draft,
        always_tested=True,
        nearest_readers=("official",),
        may_know=OWN_READERS,
        may_know_on_pages=ROUND_EDITOR,
    ),
    HiddenFact(
        "a draft of somebody who waits to be confirmed",
        actions.person_who_waits,
        actions.write_provisional_draft,
        nearest_readers=("applicant",),
        may_know_on_pages=ROUND_EDITOR,
    ),
    HiddenFact(
        "a partner that a draft has added",
        partner_actions.draft_to_add_to,
        partner_actions.add_partner,
        always_tested=True,
        nearest_readers=("official", OUTSIDER),
        may_know=OWN_READERS,
    ),
    HiddenFact(
        "that somebody else has added the same partner",
        partner_actions.partner_added_twice,
        one=partner_actions.confirm_partner,
        other=partner_actions.confirm_and_merge_partner,
        always_tested=True,
        nearest_readers=("applicant",),
        may_know=CASEWORK | AWARDS | LETTERS | {OUTSIDER, CONFLICTED_OFFICIAL},
    ),
    HiddenFact(
        "a draft that was withdrawn",
        lambda stage: cases.round_(closes_at=None),
        actions.withdraw_draft,
        nearest_readers=("official",),
        may_know=OWN_READERS,
        may_know_on_pages=ROUND_EDITOR,
    ),
    HiddenFact(
        "a round not published",
        lambda stage: cases.round_(),
        actions.write_round,
        always_tested=True,
        nearest_readers=("official",),
        may_know=LETTERS,
    ),
    HiddenFact(
        "questions not published",
        lambda stage: cases.round_(closes_at=None),
        actions.write_questions,
        nearest_readers=("applicant",),
        may_know=LETTERS,
    ),
    HiddenFact(
        "a file of past cases",
        lambda stage: None,
        actions.receive_import,
        nearest_readers=("grant_manager",),
        may_know=frozenset({"official", CONFLICTED_OFFICIAL, "administrator"}),
    ),
    HiddenFact(
        "somebody who asks to join an organisation",
        lambda stage: None,
        actions.ask_to_join,
        nearest_readers=(OUTSIDER,),
        may_know=frozenset(
            {
                ORGANISATION_ADMINISTRATOR,
                "administrator",
                "official",
                CONFLICTED_OFFICIAL,
            }
        ),
    ),
    HiddenFact(
        "who assesses a bid",
        actions.bid_to_assess,
        one=actions.assign_to("second"),
        other=actions.assign_to("third"),
        nearest_readers=("applicant",),
        may_know=CASEWORK | LETTERS,
    ),
    HiddenFact(
        "why an assessment was reopened",
        actions.bid_to_reopen,
        one=actions.reopen_with("A score is missing."),
        other=actions.reopen_with("Its assessor was near the case."),
        nearest_readers=("applicant", "administrator"),
        may_know=CASEWORK,
    ),
    HiddenFact(
        "that an assessment was reopened",
        actions.bid_to_reopen,
        actions.reopen_with("A score is missing."),
        nearest_readers=("board_member", CONFLICTED_OFFICIAL),
        may_know=OWN_READERS | CASEWORK | LETTERS,
    ),
    HiddenFact(
        "a withdrawal that a colleague asks for",
        actions.bid_in_development,
        actions.ask_to_withdraw,
        nearest_readers=("official",),
        may_know=OWN_READERS | LETTERS,
    ),
    HiddenFact(
        "a role that somebody is to have",
        actions.add_second_administrator,
        actions.ask_for_role,
        nearest_readers=("official",),
        may_know=LETTERS,
    ),
    HiddenFact(
        "an invitation",
        lambda stage: None,
        actions.invite_colleague,
        nearest_readers=("applicant", OUTSIDER),
        may_know=frozenset({ORGANISATION_ADMINISTRATOR}),
    ),
]

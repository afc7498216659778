"""What is hidden of the work on a case before it goes to the Board."""

from tests.inference import actions, barrier_actions, batch_actions, triage_actions
from tests.inference.fact_types import CASEWORK, CHECK_EDITOR, LETTERS, HiddenFact
from tests.inference.scenario import ASSIGNED_COACH, CONFLICTED_OFFICIAL, OWN_READERS

FACTS = [
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
        "a step that is planned",
        batch_actions.case_to_read,
        batch_actions.plan_step,
        always_tested=True,
        nearest_readers=("applicant",),
        # There is no bid yet in which anybody could have an interest.
        may_know=CASEWORK | {CONFLICTED_OFFICIAL},
    ),
    HiddenFact(
        "feedback that is prepared",
        batch_actions.case_to_read,
        batch_actions.prepare_feedback,
        nearest_readers=(ASSIGNED_COACH, "applicant"),
        may_know=frozenset({"official", CONFLICTED_OFFICIAL}),
    ),
    HiddenFact(
        "an eligibility check that is not met",
        triage_actions.case_with_check,
        triage_actions.record_unmet,
        nearest_readers=("applicant", "board_member", CONFLICTED_OFFICIAL),
        may_know=CASEWORK,
        may_know_on_pages=CHECK_EDITOR,
    ),
    HiddenFact(
        "a flag",
        triage_actions.case_with_check,
        triage_actions.raise_flag,
        always_tested=True,
        nearest_readers=("applicant", "coach", CONFLICTED_OFFICIAL),
        may_know=CASEWORK,
    ),
    HiddenFact(
        "what due diligence found",
        triage_actions.case_with_check,
        one=triage_actions.finish_due_diligence("satisfactory"),
        other=triage_actions.finish_due_diligence("not_satisfactory"),
        always_tested=True,
        nearest_readers=("applicant", ASSIGNED_COACH, CONFLICTED_OFFICIAL),
        may_know=CASEWORK - {ASSIGNED_COACH},
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
]

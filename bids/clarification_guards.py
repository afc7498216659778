"""The guard of the questions of a clarification: answered once, and before its end."""

from bids import models
from innovation.audit.guards import INSERT, UPDATE, ParentRule, guard, may_change

CLARIFICATION_QUESTION_GUARD = guard(
    models.ClarificationQuestion,
    may_change("answer", "draft", when="OLD.answer = ''"),
    initial_condition="NEW.answer = '' AND NEW.draft = ''",
    parent_rules=[
        ParentRule(
            "clarification",
            "parent.answered_at IS NULL AND parent.taken_back_at IS NULL",
            on=(INSERT, UPDATE),
        )
    ],
)

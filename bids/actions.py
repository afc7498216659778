"""The actions of a case's page, as links."""

from collections.abc import Sequence

from bids.domain import batches
from bids.models import Assessment, Bid, Expression
from bids.states import BID, EXPRESSION
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.core import statements
from innovation.core.formatting import format_deadline
from innovation.web.actions import Action

_TRIAGE = {
    "take_forward": ("Take forward", "case-take-forward"),
    "ask": ("Ask a question", "case-ask"),
    "answer": ("Change the date to answer by", "case-redate"),
    "take_back": ("Take the question back", "case-take-back"),
    "decline": ("Decline", "case-decline"),
    "merge": ("Merge into another", "case-merge"),
}


def expression_actions(user: User, expression: Expression) -> list[Action]:
    """The user's actions by role and state. The caller has checked their access."""
    actions: list[Action] = []
    if user.may(Permission.TRIAGE):
        actions += [
            _action(label, page, expression.key)
            for verb, (label, page) in _TRIAGE.items()
            if EXPRESSION.allows(verb, expression.state)
        ]
        if EXPRESSION.allows("decline", expression.state):
            actions.append(_action("Prepare feedback", "case-feedback", expression.key))
    if user.may(Permission.ASSIGN):
        actions.append(_action("Assign to somebody", "case-assign", expression.key))
    return actions


def planned_steps(user: User, expression: Expression) -> list[Action]:
    """What is about to happen to it together with other cases, with where to undo it,
    for those who may take such steps.
    """
    if not user.may(Permission.TRIAGE):
        return []
    return [
        Action.on(
            row.batch.key,
            f"{row.batch.made_by.name} planned “{row.batch.get_action_display()}” for "
            f"{format_deadline(row.batch.due_at)}, with other cases",
            "bids:batch",
        )
        for row in statements.fetch(batches.planned_for, expression.pk)
    ]


def bid_actions(
    user: User, bid: Bid, assessments: Sequence[Assessment] = ()
) -> list[Action]:
    """`assessments` are the bid's."""
    actions: list[Action] = []
    if BID.allows("assess", bid.state):
        actions += _assessment_actions(user, bid, assessments)
    if user.may(Permission.ASSIGN) and BID.allows("reopen", bid.state):
        actions.append(_action("Assessments", "bid-assessments", bid.key))
    if user.may(Permission.DEVELOP) and BID.allows("return", bid.state):
        actions.append(_action("Return to the applicant", "bid-return", bid.key))
    return actions


def _assessment_actions(
    user: User, bid: Bid, assessments: Sequence[Assessment]
) -> list[Action]:
    """The actions of users who assign assessors, and of the assessors."""
    actions = []
    if user.may(Permission.ASSIGN):
        actions.append(_action("Assign an assessor", "bid-assessor", bid.key))
    own = next(
        (assessment for assessment in assessments if assessment.assessor_id == user.pk),
        None,
    )
    if own is None or not user.may(Permission.ASSESS):
        return actions
    if own.started_at is None:
        actions.append(_action("Assess", "bid-assess", bid.key))
    elif own.finished_at is None:
        actions.append(_action("Continue assessing", "assessment", own.key))
    else:
        actions.append(_action("See the assessments", "bid-assessments", bid.key))
    return actions


def _action(label: str, page: str, key: str) -> Action:
    return Action.on(key, label, f"bids:{page}")

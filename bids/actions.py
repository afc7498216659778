"""The actions of a case's page, as links."""

from collections.abc import Sequence

from bids.models import Assessment, Bid, Expression
from bids.states import BID, EXPRESSION
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
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
    found: list[Action] = []
    if user.may(Permission.TRIAGE):
        found += [
            _action(label, page, expression.key)
            for verb, (label, page) in _TRIAGE.items()
            if EXPRESSION.allows(verb, expression.state)
        ]
    if user.may(Permission.ASSIGN):
        found.append(_action("Give to somebody", "case-assign", expression.key))
    return found


def bid_actions(
    user: User, bid: Bid, assessments: Sequence[Assessment] = ()
) -> list[Action]:
    """`assessments` are the bid's."""
    found: list[Action] = []
    if BID.allows("assess", bid.state):
        found += _assessment_actions(user, bid, assessments)
    if user.may(Permission.ASSIGN) and BID.allows("reopen", bid.state):
        found.append(_action("Assessments", "bid-assessments", bid.key))
    if user.may(Permission.DEVELOP) and BID.allows("return", bid.state):
        found.append(_action("Return to the applicant", "bid-return", bid.key))
    return found


def _assessment_actions(
    user: User, bid: Bid, assessments: Sequence[Assessment]
) -> list[Action]:
    """The actions of users who assign assessors, and of the assessors."""
    found = []
    if user.may(Permission.ASSIGN):
        found.append(_action("Assign an assessor", "bid-assessor", bid.key))
    own = next((each for each in assessments if each.assessor_id == user.pk), None)
    if own is None or not user.may(Permission.ASSESS):
        return found
    if own.started_at is None:
        found.append(_action("Assess", "bid-assess", bid.key))
    elif own.finished_at is None:
        found.append(_action("Go on assessing", "assessment", own.key))
    else:
        found.append(_action("See the assessments", "bid-assessments", bid.key))
    return found


def _action(label: str, page: str, key: str) -> Action:
    return Action.on(key, label, f"bids:{page}")

"""The state tables of expressions of interest, bids and reconsiderations."""

from innovation.core.transitions import State, Table


class ExpressionState(State):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CLARIFICATION = "clarification"
    TAKEN_FORWARD = "taken_forward"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    # Imported by mistake.
    RETRACTED = "retracted"


class BidState(State):
    IN_DEVELOPMENT = "in_development"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ASSESSED = "assessed"
    AT_BOARD = "at_board"
    WITH_MINISTER = "with_minister"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ReconsiderationState(State):
    ASKED = "asked"
    UPHELD = "upheld"
    OVERTURNED = "overturned"


_E = ExpressionState
EXPRESSION = Table(
    "expression of interest",
    ExpressionState,
    ("submit", _E.DRAFT, _E.SUBMITTED),
    ("ask", _E.SUBMITTED, _E.CLARIFICATION),
    ("answer", _E.CLARIFICATION, _E.SUBMITTED),
    ("take_back", _E.CLARIFICATION, _E.SUBMITTED),
    ("take_forward", _E.SUBMITTED, _E.TAKEN_FORWARD),
    ("decline", (_E.SUBMITTED, _E.CLARIFICATION), _E.DECLINED),
    # The decline was overturned: see `reconsiderations.overturn`.
    ("reconsider", _E.DECLINED, _E.SUBMITTED),
    ("merge", (_E.SUBMITTED, _E.CLARIFICATION), _E.MERGED),
    ("withdraw", (_E.DRAFT, _E.SUBMITTED, _E.CLARIFICATION), _E.WITHDRAWN),
    (
        "retract",
        (_E.SUBMITTED, _E.TAKEN_FORWARD, _E.DECLINED, _E.WITHDRAWN),
        _E.RETRACTED,
    ),
)

_B = BidState
_BEFORE_DECISION = (
    _B.IN_DEVELOPMENT,
    _B.SUBMITTED,
    _B.RETURNED,
    _B.ASSESSED,
    _B.AT_BOARD,
    _B.WITH_MINISTER,
)
BID = Table(
    "bid",
    BidState,
    ("submit", (_B.IN_DEVELOPMENT, _B.RETURNED), _B.SUBMITTED),
    ("return", _B.SUBMITTED, _B.RETURNED),
    ("assess", _B.SUBMITTED, _B.ASSESSED),
    # Not after it was listed for the Board: see `assessments.reopen`.
    ("reopen", _B.ASSESSED, _B.SUBMITTED),
    ("list", _B.ASSESSED, _B.AT_BOARD),
    # Deferred to a later meeting: assessed again, to be listed later.
    ("defer", _B.AT_BOARD, _B.ASSESSED),
    ("recommend", _B.AT_BOARD, _B.WITH_MINISTER),
    ("approve", _B.WITH_MINISTER, _B.APPROVED),
    ("decline", _B.WITH_MINISTER, _B.DECLINED),
    ("reconsider", _B.DECLINED, _B.WITH_MINISTER),
    ("withdraw", _BEFORE_DECISION, _B.WITHDRAWN),
)

_R = ReconsiderationState
RECONSIDERATION = Table(
    "reconsideration",
    ReconsiderationState,
    ("uphold", _R.ASKED, _R.UPHELD),
    ("overturn", _R.ASKED, _R.OVERTURNED),
)

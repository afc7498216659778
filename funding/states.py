"""The state tables of awards, payments, meetings, variations and corrections."""

from innovation.core.transitions import State, Table


class AwardState(State):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSING = "closing"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    # Known only from published sources.
    RECORDED = "recorded"
    RETRACTED = "retracted"


class PaymentState(State):
    PLANNED = "planned"
    REQUESTED = "requested"
    PAID = "paid"
    REFUSED = "refused"
    RECOVERED = "recovered"


class MeetingState(State):
    PLANNED = "planned"
    PAPERS_OUT = "papers_out"
    HELD = "held"
    MINUTED = "minuted"


class VariationState(State):
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"


class CorrectionState(State):
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


_A = AwardState
AWARD = Table(
    "award",
    AwardState,
    ("accept", _A.OFFERED, _A.ACCEPTED),
    ("decline", _A.OFFERED, _A.DECLINED),
    ("withdraw", _A.OFFERED, _A.WITHDRAWN),
    ("start", _A.ACCEPTED, _A.ACTIVE),
    ("suspend", _A.ACTIVE, _A.SUSPENDED),
    ("resume", _A.SUSPENDED, _A.ACTIVE),
    ("wind_down", _A.ACTIVE, _A.CLOSING),
    ("close", _A.CLOSING, _A.CLOSED),
    (
        "terminate",
        (_A.ACCEPTED, _A.ACTIVE, _A.SUSPENDED, _A.CLOSING),
        _A.TERMINATED,
    ),
    ("retract", _A.RECORDED, _A.RETRACTED),
)

_P = PaymentState
PAYMENT = Table(
    "payment",
    PaymentState,
    ("request", (_P.PLANNED, _P.REFUSED), _P.REQUESTED),
    ("release", _P.REQUESTED, _P.PAID),
    ("refuse", _P.REQUESTED, _P.REFUSED),
    ("recover", _P.PAID, _P.RECOVERED),
)

_M = MeetingState
MEETING = Table(
    "meeting",
    MeetingState,
    ("send_papers", _M.PLANNED, _M.PAPERS_OUT),
    ("hold", _M.PAPERS_OUT, _M.HELD),
    ("minute", _M.HELD, _M.MINUTED),
)

_V = VariationState
VARIATION = Table(
    "variation",
    VariationState,
    ("agree", _V.ASKED, _V.AGREED),
    ("refuse", _V.ASKED, _V.REFUSED),
)

_C = CorrectionState
CORRECTION = Table(
    "correction",
    CorrectionState,
    ("confirm", _C.WAITING, _C.DONE),
    ("refuse", _C.WAITING, _C.REFUSED),
)

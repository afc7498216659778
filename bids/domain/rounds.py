"""Rounds: when they are open, and what they ask."""

from datetime import datetime

from bids.models import QuestionSet, Round
from innovation.core.clock import LONDON
from innovation.core.errors import TooLate


def is_open(round: Round, at: datetime) -> bool:
    """To the microsecond, by the server's clock; the closing moment itself is in."""
    if not round.published or round.opens_at is None or at < round.opens_at:
        return False
    return round.closes_at is None or at <= round.closes_at


def require_open(round: Round, at: datetime) -> None:
    if is_open(round, at):
        return
    if round.closes_at is not None and at > round.closes_at:
        closed = f"{round.closes_at.astimezone(LONDON):%-d %B %Y at %H:%M}"
        raise TooLate(f"{round.name} closed on {closed}.")
    raise TooLate(f"{round.name} is not open yet.")


def questions(round: Round, stage: str) -> QuestionSet | None:
    """The newest published set, which a new case keeps to for good."""
    return (
        QuestionSet.objects.filter(round=round, stage=stage, published_at__isnull=False)
        .order_by("-version")
        .first()
    )

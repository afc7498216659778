"""Which documents may leave the house."""

from innovation.documents import scanner
from innovation.documents.models import DocumentState


def may_be_served(state: str) -> bool:
    """Only what a scanner has passed; where none is set up, what says so of itself."""
    if state == DocumentState.UNSCANNED:
        return not scanner.is_configured()
    return state == DocumentState.CLEAN

"""Which documents can be downloaded."""

from innovation.documents import scanner
from innovation.documents.models import DocumentState


def may_be_served(state: str) -> bool:
    """Only scanned documents; if no scanner is set up, unscanned ones too."""
    if state == DocumentState.UNSCANNED:
        return not scanner.is_configured()
    return state == DocumentState.CLEAN

"""The words for a document in each state."""

from typing import NamedTuple


class StateWording(NamedTuple):
    tag: tuple[str, str]
    sentence: str


_WORDINGS = {
    "waiting": StateWording(
        ("Being scanned", "light-blue"),
        "The file is being scanned for viruses. Nobody can open it until that is done.",
    ),
    "delayed": StateWording(
        ("Waiting to be scanned", "yellow"),
        "The virus scanner is not answering. We have your file and will scan it as "
        "soon as the scanner works again. You do not need to do anything.",
    ),
    "clean": StateWording(("Scanned", "green"), ""),
    "infected": StateWording(
        ("Virus found", "red"),
        "A virus was found in this file, so we deleted it. Nobody opened it here. "
        "Have your computer checked, then add a copy without the virus.",
    ),
    "refused": StateWording(
        ("Could not be scanned", "red"),
        "The virus scanner could not look inside this file, so we deleted it. It "
        "may be protected with a password: save it without one and add it again.",
    ),
    "unscanned": StateWording(
        ("Not scanned", "orange"),
        "This service has been set up without a virus scanner, so the file has not "
        "been scanned for viruses. Open it only if you know where it comes from.",
    ),
}


def state_wording(state: str, last_error: str) -> StateWording:
    """The words for a state. A waiting file with a failed scan is “delayed”."""
    return _WORDINGS["delayed" if state == "waiting" and last_error else state]

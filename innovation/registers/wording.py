"""What happens to a row of a register, and what it is called."""

from enum import StrEnum

from innovation.audit.presenters import Audience, register_sentence


class RegisterEvent(StrEnum):
    ADDED = "register.added"
    CHANGED = "register.changed"


def register() -> None:
    told = [Audience.DEPARTMENT]
    register_sentence(RegisterEvent.ADDED, "{actor} added this", told)
    register_sentence(RegisterEvent.CHANGED, "{actor} changed this: {fields}", told)

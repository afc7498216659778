"""The words for the events of registers."""

from innovation.audit.presenters import Wording, register_wording
from innovation.registers.events import RegistersEvent


def register() -> None:
    register_wording(
        {
            RegistersEvent.ADDED: Wording(
                department="{actor} added this", applicant=None
            ),
            RegistersEvent.CHANGED: Wording(
                department="{actor} changed this: {fields}", applicant=None
            ),
        }
    )

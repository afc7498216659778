"""Stand-ins for the outside world that are slow, refuse, or break half way."""

import time
from uuid import UUID

from innovation.notifications.gateways import Postbox, Refused, Unreachable
from innovation.notifications.models import Letter


class SlowPostbox(Postbox):
    """Takes the letter at once and says so late: when a killed sender cannot hear."""

    def send(self, letter: Letter) -> None:
        super().send(letter)
        time.sleep(0.03)


class SlowToTake(Postbox):
    """Listens for a while before it takes the letter."""

    def send(self, letter: Letter) -> None:
        time.sleep(0.03)
        super().send(letter)


class Refusing(Postbox):
    def send(self, letter: Letter) -> None:
        raise Refused("mailbox full")


class NobodyThere(Postbox):
    def send(self, letter: Letter) -> None:
        raise Unreachable("no connection")


class TakesAndBreaks(Postbox):
    def send(self, letter: Letter) -> None:
        super().send(letter)
        raise ConnectionResetError


class BreaksFirst(Postbox):
    def send(self, letter: Letter) -> None:
        raise ConnectionResetError


class Silent(Postbox):
    """Takes letters and cannot be asked, as a mail server does."""

    can_be_asked = False

    def send(self, letter: Letter) -> None:
        super().send(letter)
        raise TimeoutError

    def has(self, reference: UUID) -> bool:
        raise NotImplementedError

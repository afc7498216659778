"""Stand-ins for the outside world that are slow, refuse, or break half way."""

import time

from innovation.notifications.gateways import GatewayUnreachable, LetterRefused, Postbox
from innovation.notifications.models import Letter


class SlowPostbox(Postbox):
    """Takes the letter at once and says so late: when a killed sender cannot hear."""

    def send(self, letter: Letter) -> None:
        super().send(letter)
        time.sleep(0.03)


class SlowToAccept(Postbox):
    """Listens for a while before it takes the letter."""

    def send(self, letter: Letter) -> None:
        time.sleep(0.03)
        super().send(letter)


class RefusingGateway(Postbox):
    def send(self, letter: Letter) -> None:
        raise LetterRefused("mailbox full")


class UnreachableGateway(Postbox):
    def send(self, letter: Letter) -> None:
        raise GatewayUnreachable("no connection")


class BreaksAfterAccepting(Postbox):
    def send(self, letter: Letter) -> None:
        super().send(letter)
        raise ConnectionResetError


class BreaksBeforeAccepting(Postbox):
    def send(self, letter: Letter) -> None:
        raise ConnectionResetError


class SilentGateway:
    """Takes letters and cannot be asked, as a mail server does."""

    def send(self, letter: Letter) -> None:
        Postbox().send(letter)
        raise TimeoutError

"""A client of ClamAV’s daemon, clamd, which sends a file with the INSTREAM command.

The existing libraries are not safe: they connect to a unix socket without a timeout,
lose the answer of a daemon that closes early, and read the empty answer of a daemon
that died as “no virus”.
"""

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

CONNECT_SECONDS, ANSWER_SECONDS = 5, 120
_LONGEST_ANSWER = 4096
_ANSWER = re.compile(r"stream: (?:(?P<ok>OK)|(?P<finding>.+) FOUND)")
_TOO_LARGE = "INSTREAM size limit exceeded. ERROR"
_UNREADABLE = ("Heuristics.Encrypted.", "Heuristics.Limits.Exceeded")


class ScannerUnavailable(Exception):
    """The scanner does not answer. This says nothing about the file."""


class ScanInterrupted(Exception):
    """The scanner started, but gave no verdict. The file may be the cause."""


class Result(StrEnum):
    CLEAN = "clean"
    INFECTED = "infected"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`finding` is the scanner's name for the virus."""

    result: Result
    finding: str = ""


class Clamd:
    def __init__(self, address: str) -> None:
        self.address = urlsplit(address)

    def scan(self, pieces: Iterable[bytes]) -> Verdict:
        """Scan the file. Raise `ScannerUnavailable` or `ScanInterrupted` without a
        verdict.
        """
        with self._connect() as connection:
            try:
                connection.sendall(b"zINSTREAM\0")
                for piece in pieces:
                    connection.sendall(len(piece).to_bytes(4, "big") + piece)
                connection.sendall(bytes(4))
            except (BrokenPipeError, ConnectionResetError):
                # It may have answered before it closed, as it does above its limit.
                pass
            except TimeoutError as error:
                raise ScanInterrupted("took too long") from error
            return _verdict(_read_answer(connection))

    def _connect(self) -> socket.socket:
        host, port = self.address.hostname, self.address.port
        try:
            if host:
                connection = socket.create_connection(
                    (host, port or 3310), CONNECT_SECONDS
                )
            else:
                connection = _connect_to_socket(self.address.path)
        except OSError as error:
            raise ScannerUnavailable(type(error).__name__) from error
        connection.settimeout(ANSWER_SECONDS)
        return connection


def _connect_to_socket(path: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(CONNECT_SECONDS)
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection


def _read_answer(connection: socket.socket) -> str:
    """Read up to the null byte. Without one, the scanner died during its answer."""
    answer = b""
    while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
        try:
            piece = connection.recv(_LONGEST_ANSWER)
        except OSError as error:
            raise ScanInterrupted(type(error).__name__) from error
        if not piece:
            raise ScanInterrupted("no answer")
        answer += piece
    return answer.partition(b"\0")[0].decode(errors="replace").strip()


def _verdict(answer: str) -> Verdict:
    if answer == _TOO_LARGE:
        return Verdict(Result.REFUSED, "too large to scan")
    match = _ANSWER.fullmatch(answer)
    if match is None:
        raise ScanInterrupted("answer not understood")
    if match["ok"]:
        return Verdict(Result.CLEAN)
    is_unreadable = match["finding"].startswith(_UNREADABLE)
    return Verdict(
        Result.REFUSED if is_unreadable else Result.INFECTED, match["finding"]
    )


def is_configured() -> bool:
    return bool(settings.CLAMD)


def get_scanner() -> Clamd:
    return Clamd(settings.CLAMD)

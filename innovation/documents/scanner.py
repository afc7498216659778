"""A client of ClamAV’s daemon, clamd: its INSTREAM command over a socket.

The existing libraries are not safe: they connect to a unix socket without a timeout,
lose the answer of a daemon that closes early, and take the empty answer of a daemon
that died for “no virus”.
"""

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

CONNECT_SECONDS, ANSWER_SECONDS = 5, 120
"""Seconds."""
_LONGEST_ANSWER = 4096
_ANSWER = re.compile(r"stream: (?:(?P<ok>OK)|(?P<finding>.+) FOUND)")
_TOO_LARGE = "INSTREAM size limit exceeded. ERROR"
_UNREADABLE = ("Heuristics.Encrypted.", "Heuristics.Limits.Exceeded")


class ScannerUnavailable(Exception):
    """The scanner does not answer. It says nothing about the file."""


class ScanInterrupted(Exception):
    """The scanner started, but gave no verdict. The text may be its reason."""


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
        with self._connect() as line:
            try:
                line.sendall(b"zINSTREAM\0")
                for piece in pieces:
                    line.sendall(len(piece).to_bytes(4, "big") + piece)
                line.sendall(bytes(4))
            except (BrokenPipeError, ConnectionResetError):
                # It may have answered before it closed, as it does above its limit.
                pass
            except TimeoutError as error:
                raise ScanInterrupted("took too long") from error
            return _verdict(_read_answer(line))

    def _connect(self) -> socket.socket:
        host, port = self.address.hostname, self.address.port
        try:
            if host:
                line = socket.create_connection((host, port or 3310), CONNECT_SECONDS)
            else:
                line = _connect_to_socket(self.address.path)
        except OSError as error:
            raise ScannerUnavailable(type(error).__name__) from error
        line.settimeout(ANSWER_SECONDS)
        return line


def _connect_to_socket(path: str) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(CONNECT_SECONDS)
        line.connect(path)
    except OSError:
        line.close()
        raise
    return line


def _read_answer(line: socket.socket) -> str:
    """Read up to the null byte. Without one, the scanner died during its answer."""
    heard = b""
    while b"\0" not in heard and len(heard) < _LONGEST_ANSWER:
        try:
            piece = line.recv(_LONGEST_ANSWER)
        except OSError as error:
            raise ScanInterrupted(type(error).__name__) from error
        if not piece:
            raise ScanInterrupted("no answer")
        heard += piece
    return heard.partition(b"\0")[0].decode(errors="replace").strip()


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

"""What a real clamd says of what it is sent."""

from collections.abc import Iterator

import pytest

from innovation.documents.scanner import (
    Clamd,
    Result,
    ScanInterrupted,
    ScannerUnavailable,
    Verdict,
)
from tests.documents import sample_files
from tests.documents.conftest import require_clamav
from tests.documents.daemon import EICAR, NAME, Daemon

FOUND = Verdict(Result.INFECTED, f"{NAME}.UNOFFICIAL")


def scan(daemon: Daemon, *pieces: bytes) -> Verdict:
    return Clamd(daemon.address).scan(pieces)


def test_an_ordinary_file_is_clean(clamd: Daemon) -> None:
    assert scan(clamd, sample_files.PDF) == Verdict(Result.CLEAN)


def test_eicar_is_found(clamd: Daemon) -> None:
    assert scan(clamd, EICAR) == FOUND


def test_eicar_is_found_across_pieces_and_inside_a_document(clamd: Daemon) -> None:
    assert scan(clamd, EICAR[:20], EICAR[20:]) == FOUND
    assert scan(clamd, sample_files.docx(word__embedded=EICAR)) == FOUND


def test_an_empty_file_is_clean(clamd: Daemon) -> None:
    assert scan(clamd) == Verdict(Result.CLEAN)


def test_a_file_above_the_scanners_limit_is_refused() -> None:
    require_clamav()
    small_daemon = Daemon(limit="1M")
    try:
        small_daemon.start()
        for size in (1_100_000, 8_000_000):
            verdict = scan(small_daemon, *[bytes(100_000)] * (size // 100_000))
            assert verdict == Verdict(Result.REFUSED, "too large to scan")
    finally:
        small_daemon.remove()


def test_a_scanner_that_was_never_there_is_away(own_clamd: Daemon) -> None:
    with pytest.raises(ScannerUnavailable):
        scan(own_clamd, sample_files.PDF)


def test_a_scanner_that_was_killed_is_away(own_clamd: Daemon) -> None:
    own_clamd.start()
    own_clamd.kill()
    with pytest.raises(ScannerUnavailable):
        scan(own_clamd, sample_files.PDF)


@pytest.mark.parametrize("after", [0, 1, 40, 79])
def test_a_scanner_killed_in_the_middle_gives_no_verdict(
    own_clamd: Daemon, after: int
) -> None:
    own_clamd.start()

    def pieces() -> Iterator[bytes]:
        for number in range(80):
            if number == after:
                own_clamd.kill()
            yield bytes(200_000)

    with pytest.raises(ScanInterrupted):
        Clamd(own_clamd.address).scan(pieces())

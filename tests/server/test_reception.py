"""What came in whole is handed to the application in pieces."""

import io

from gunicorn.http.body import LengthReader

from innovation.server.reception import PIECE, Received


def test_a_large_body_is_never_held_whole() -> None:
    length = 20 * PIECE + 1
    source = Received(b"")
    source.body = io.BytesIO(b"x" * length)
    reader, taken = LengthReader(source, length), 0
    while piece := reader.read(1024):
        taken += len(piece)
        assert source.buf.getbuffer().nbytes <= 2 * PIECE
    assert taken == length

"""When bytes reached this machine, as its kernel noted it.

A queue in the kernel, a busy process and a busy thread then cost no sender any time.
Times are nanoseconds since 1970, of the clock by which deadlines are read.
"""

import contextlib
import socket
import struct
import time

ARRIVED_AT = "innovation.arrived_at"
"""The key of a request's environment; no header can set it."""

# Linux's SO_TIMESTAMPNS, which Python has no name for. A listener hands it down.
_TIMESTAMPS = 35
_TIME = struct.Struct("@ll")
_ANCILLARY_SIZE = socket.CMSG_SPACE(_TIME.size)
# The twelfth of the numbers that follow eight bytes: milliseconds since data came.
_IDLE_FIELD = struct.Struct("@52xI")
_TICK = 20_000_000
"""The kernel counts those milliseconds in ticks of up to ten."""


def note_times(listener: socket.socket) -> None:
    """Ask the kernel to note when the bytes of each connection come. Where it cannot,
    as on a Unix socket, the moment of reading stands in.
    """
    with contextlib.suppress(OSError):
        listener.setsockopt(socket.SOL_SOCKET, _TIMESTAMPS, 1)


def receive(line: socket.socket, most: int) -> tuple[bytes, int]:
    """What has come in, and when the last byte of it did."""
    data, notes, _, _ = line.recvmsg(most, _ANCILLARY_SIZE)
    now = time.time_ns()
    for level, kind, value in notes:
        if (level, kind) == (socket.SOL_SOCKET, _TIMESTAMPS):
            seconds, nanoseconds = _TIME.unpack(value[: _TIME.size])
            noted = seconds * 1_000_000_000 + nanoseconds
            return data, last_byte_time(noted, now, _idle_time(line))
    return data, now


def last_byte_time(noted: int, now: int, idle: int) -> int:
    """The last byte may have come before one in the middle: who holds that back would
    else reserve a time and write later. So what filled the gap counts.
    """
    newest = now - idle
    return min(newest + _TICK, now) if newest - noted > _TICK else noted


def _idle_time(line: socket.socket) -> int:
    """How long ago bytes came in that followed without a gap."""
    found = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _IDLE_FIELD.size)
    (milliseconds,) = _IDLE_FIELD.unpack(found)
    return int(milliseconds) * 1_000_000

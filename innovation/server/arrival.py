"""The time when the bytes of a request reached this machine, as the kernel noted it.

So a sender loses no time to a queue in the kernel or to a busy process or thread. Times
are nanoseconds since 1970, by the same clock as deadlines.
"""

import contextlib
import socket
import struct
import time

ARRIVED_AT = "innovation.arrived_at"
"""The key in the WSGI environment; no header can set it."""

# Linux's SO_TIMESTAMPNS, which Python has no name for. Connections inherit it.
_TIMESTAMPS = 35
_TIME = struct.Struct("@ll")
_ANCILLARY_SIZE = socket.CMSG_SPACE(_TIME.size)
# In the kernel’s TCP information: milliseconds since data was received.
_IDLE_FIELD = struct.Struct("@52xI")
_TICK = 20_000_000
"""The kernel counts those milliseconds in ticks of up to 10 ms; this is two ticks."""


def note_times(listener: socket.socket) -> None:
    """Ask the kernel to note when bytes arrive. Where it cannot, as on a Unix socket,
    the time of reading is used.
    """
    with contextlib.suppress(OSError):
        listener.setsockopt(socket.SOL_SOCKET, _TIMESTAMPS, 1)


def receive(line: socket.socket, max_bytes: int) -> tuple[bytes, int]:
    """The bytes received, and when the last of them arrived."""
    data, notes, _, _ = line.recvmsg(max_bytes, _ANCILLARY_SIZE)
    now = time.time_ns()
    for level, kind, value in notes:
        if (level, kind) == (socket.SOL_SOCKET, _TIMESTAMPS):
            seconds, nanoseconds = _TIME.unpack(value[: _TIME.size])
            received_ns = seconds * 1_000_000_000 + nanoseconds
            return data, last_byte_time(received_ns, now, _idle_time(line))
    return data, now


def last_byte_time(received_ns: int, now: int, idle: int) -> int:
    """The time that counts for a request. A sender could send the last byte early and
    hold back one in the middle, so the byte that fills the gap counts.
    """
    newest = now - idle
    return min(newest + _TICK, now) if newest - received_ns > _TICK else received_ns


def _idle_time(line: socket.socket) -> int:
    """Nanoseconds since the last bytes arrived in order."""
    info = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _IDLE_FIELD.size)
    (milliseconds,) = _IDLE_FIELD.unpack(info)
    return int(milliseconds) * 1_000_000

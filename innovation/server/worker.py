"""Gunicorn's threaded worker, with a loop that receives requests without blocking.

The loop gives a request to a thread when its last byte has arrived. So

- the time of that byte counts, however long the request then waits for a thread:
  `arrival.ARRIVED_AT` in its environment;
- a silent, slow or endless sender uses a connection, but no thread;
- requests that change something leave one thread free, so that pages can be read
  while all others wait for one lock;
- `/health/live` has a thread of its own.
"""

import contextlib
import errno
import logging
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from selectors import EVENT_READ
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from gunicorn import util
from gunicorn.config import Config
from gunicorn.http.errors import NoMoreData
from gunicorn.workers.gthread import TConn, ThreadWorker

from innovation.server import arrival
from innovation.server.reception import Reception, RequestRefusal

PROBE = "/health/live"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SEND_SECONDS = 30.0
"""For a client to read a part of the response."""
LINGER_SECONDS = 2.0
_RESET = struct.pack("ii", 1, 0)


class Connection(TConn):
    """A client's connection. In place of gunicorn's parser it gives the complete
    request.
    """

    def __init__(
        self, cfg: Config, line: socket.socket, client: object, server: object
    ) -> None:
        super().__init__(cfg, line, client, server)
        self.initialized = True
        self.reception = Reception(cfg, client)
        self.parser = self
        self.is_change = False

    def __next__(self) -> Any:
        return self.reception.request

    def finish_body(self, deadline: float | None = None) -> bool:
        """Nothing to do: the whole body has been read already."""
        return True


class Worker(ThreadWorker):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for listener in self.sockets:
            arrival.note_times(listener.sock)
        self.incoming_connections: set[Connection] = set()
        self.closing_connections: deque[Connection] = deque()
        self.waiting_connections: deque[Connection] = deque()
        self.running_changes = 0
        self.max_running_changes = max(self.cfg.threads - 1, 1)
        self.current = threading.local()

    @classmethod
    def check_config(cls, cfg: Config, log: logging.Logger) -> None:
        super().check_config(cfg, log)
        if cfg.is_ssl or cfg.proxy_protocol != "off" or cfg.http2_cleartext != "off":
            raise SystemExit(
                "This service speaks plain HTTP/1.1: TLS, HTTP/2 and the PROXY "
                "protocol are for the proxy in front of it."
            )

    def init_process(self) -> None:
        self.probes = ThreadPoolExecutor(max_workers=1)
        super().init_process()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        self.wsgi: WSGIApplication = partial(self._answer, self.app.wsgi())

    # --- in the loop -------------------------------------------------------
    def accept(self, listener: Any) -> None:
        try:
            line, client = listener.accept()
        except OSError as error:
            if error.errno in {errno.EMFILE, errno.ENFILE}:
                self.log.warning("No connection is accepted: too many open files")
                time.sleep(0.05)
            elif error.errno not in {errno.EAGAIN, errno.ECONNABORTED}:
                raise
            return
        self.nr_conns += 1
        self.enqueue_req(Connection(self.cfg, line, client, listener.getsockname()))

    def enqueue_req(self, conn: Connection) -> None:
        """Wait for a request. (The name is gunicorn's.)"""
        conn.reception.begin()
        conn.sock.setblocking(False)
        self.incoming_connections.add(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self._take, conn))
        if conn.reception.inbox:
            self._proceed(conn, conn.reception.is_complete)

    def _take(self, conn: Connection, line: socket.socket) -> None:
        try:
            data, at = arrival.receive(line, conn.reception.max_read())
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._proceed(conn, partial(conn.reception.take, data, at))
        else:
            self._drop(conn)

    def _proceed(self, conn: Connection, is_complete: Callable[[], bool]) -> None:
        try:
            if is_complete():
                self._forget(conn)
                self._dispatch(conn)
            elif conn.reception.request and conn.reception.expects_body:
                conn.reception.request._expected_100_continue = False
                conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        except (NoMoreData, StopIteration, OSError):
            self._drop(conn)
        except RequestRefusal as refused:
            self._refuse(conn, refused)
        except Exception as error:
            # An error of gunicorn's parser: it has its own response.
            self.handle_error(None, conn.sock, conn.client, error)
            self._leave(conn)

    def _dispatch(self, conn: Connection) -> None:
        request = conn.reception.request
        request._expected_100_continue = False
        conn.is_change = request.method not in SAFE_METHODS
        if request.path == PROBE and not conn.is_change:
            self._submit(self.probes, conn)
        elif not conn.is_change:
            self._submit(self.tpool, conn)
        else:
            self.waiting_connections.append(conn)
            self._start_changes()

    def _start_changes(self) -> None:
        while (
            self.waiting_connections and self.running_changes < self.max_running_changes
        ):
            self.running_changes += 1
            self._submit(self.tpool, self.waiting_connections.popleft())

    def _submit(self, pool: ThreadPoolExecutor, conn: Connection) -> None:
        pool.submit(self.handle, conn).add_done_callback(
            lambda future: self.method_queue.defer(self.finish_request, conn, future)
        )

    def finish_request(self, conn: Connection, done: "Future[object]") -> None:
        if conn.is_change:
            self.running_changes -= 1
            self._start_changes()
        conn.reception.close()
        keep_alive = not done.cancelled() and not done.exception() and done.result()
        if not keep_alive:
            self._leave(conn)
        elif conn.reception.inbox:
            self.enqueue_req(conn)
        else:
            self._idle(conn)

    def _idle(self, conn: Connection) -> None:
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.keepalived_conns.append(conn)
        if not self.alive:
            self._cap_keepalive(time.monotonic() + LINGER_SECONDS)
        self.poller.register(
            conn.sock, EVENT_READ, partial(self.on_client_socket_readable, conn)
        )

    def _refuse(self, conn: Connection, refused: RequestRefusal) -> None:
        self.log.info("Refused a request: %s", refused.reason)
        # An error because the client has gone must not end the loop.
        with contextlib.suppress(OSError):
            util.write_error(
                conn.sock, refused.status, refused.reason, refused.sentence
            )
        self._leave(conn)

    def _leave(self, conn: Connection) -> None:
        """Close after the client has read the response, without blocking the loop."""
        self._forget(conn)
        conn.reception.close()
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
        except OSError:
            self._close(conn)
            return
        conn.timeout = time.monotonic() + LINGER_SECONDS
        self.closing_connections.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self._linger, conn))

    def _linger(self, conn: Connection, line: socket.socket) -> None:
        try:
            if line.recv(64 * 1024):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.closing_connections.remove(conn)
        self.poller.unregister(line)
        self._close(conn)

    def _drop(self, conn: Connection) -> None:
        self._forget(conn)
        self._close(conn)

    def _forget(self, conn: Connection) -> None:
        if conn in self.incoming_connections:
            self.incoming_connections.discard(conn)
            self.poller.unregister(conn.sock)

    def _close(self, conn: Connection) -> None:
        conn.reception.close()
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Close connections that are out of time. (The name is gunicorn's.)"""
        now = time.monotonic()
        if not self.alive:
            self._cap_silent(now + LINGER_SECONDS)
        for conn in [
            connection
            for connection in self.incoming_connections
            if connection.reception.deadline < now
        ]:
            if conn.reception.has_begun:
                sentence = "The request took too long to come in. Send it again."
                self._refuse(conn, RequestRefusal(408, "Request Timeout", sentence))
            else:
                self._drop(conn)
        while self.closing_connections and self.closing_connections[0].timeout < now:
            conn = self.closing_connections.popleft()
            self.poller.unregister(conn.sock)
            self._close(conn)

    def _cap_silent(self, deadline: float) -> None:
        for conn in self.incoming_connections:
            if not conn.reception.has_begun:
                conn.reception.deadline = min(conn.reception.deadline, deadline)

    # --- in a thread -------------------------------------------------------
    def handle_request(self, req: object, conn: Connection) -> Any:
        self.current.arrived_at = conn.reception.arrived_at
        conn.sock.settimeout(SEND_SECONDS)
        return super().handle_request(req, conn)

    def _answer(
        self,
        application: WSGIApplication,
        environ: WSGIEnvironment,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        environ[arrival.ARRIVED_AT] = self.current.arrived_at
        return _Answer(application, environ, start_response)


class _Answer:
    """Resets the connection if a response breaks off or is shorter than its length, so
    that every client notices that it is incomplete.
    """

    def __init__(
        self,
        application: WSGIApplication,
        environ: WSGIEnvironment,
        start_response: StartResponse,
    ) -> None:
        self._line: socket.socket = environ["gunicorn.socket"]
        self._start = start_response
        self._length = 0
        self._head = environ["REQUEST_METHOD"] == "HEAD"
        self._items = application(environ, self._started)

    def _started(self, status: str, headers: Any, *exc_info: Any) -> Any:
        if not self._head and not status.startswith(("1", "204", "304")):
            values = {name.lower(): value for name, value in headers}
            self._length = int(values.get("content-length", 0))
        return self._start(status, headers, *exc_info)

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        try:
            for item in self._items:
                size += len(item)
                yield item
            if size < self._length:
                raise EOFError(f"{size} of {self._length} bytes were there to send")
        except Exception:
            if size:
                self._line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                self._line.close()
            raise

    def close(self) -> None:
        if hasattr(self._items, "close"):
            self._items.close()

"""Forwards the connections of a server to its database, and can be stopped."""

import contextlib
import os
import socket
import threading
from urllib.parse import parse_qs, unquote, urlsplit

from tests import database_copies


class Forwarder:
    def __init__(self) -> None:
        self.url = urlsplit(database_copies.database_url())
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        self.is_up = True
        self.sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def database_url(self) -> str:
        user = self.url.username or parse_qs(self.url.query).get("user", [""])[0]
        user = user or os.environ.get("PGUSER", "")
        secret = f":{self.url.password}" if self.url.password else ""
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}{self.url.path}"

    def disconnect(self) -> None:
        """Refuse new connections and break the existing ones."""
        self.is_up = False
        while self.sockets:
            with contextlib.suppress(OSError):
                self.sockets.pop().shutdown(socket.SHUT_RDWR)

    def reconnect(self) -> None:
        self.is_up = True

    def close(self) -> None:
        self.disconnect()
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            if not self.is_up:
                line.close()
                continue
            upstream = self._connect()
            self.sockets += [line, upstream]
            for source, target in ((line, upstream), (upstream, line)):
                threading.Thread(
                    target=_copy_bytes, args=(source, target), daemon=True
                ).start()

    def _connect(self) -> socket.socket:
        query = parse_qs(self.url.query)
        host = query.get("host", [unquote(self.url.hostname or "")])[0]
        port = self.url.port or int(query.get("port", ["5432"])[0])
        if host.startswith("/"):
            line = socket.socket(socket.AF_UNIX)
            line.connect(f"{host}/.s.PGSQL.{port}")
            return line
        return socket.create_connection((host, port))


def _copy_bytes(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    for line in (source, target):
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        line.close()

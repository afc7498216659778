from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.server import Server
from tests.server.raw_http import RawConnection

StartServer = Callable[..., Server]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[StartServer]:
    """Start servers, which are stopped after the test."""
    started: list[Server] = []

    def start(*options: str, **more: Any) -> Server:
        server = Server(tmp_path / f"web-{len(started)}.log", *options, **more)
        started.append(server)
        server.start()
        return server

    yield start
    while RawConnection.open_connections:
        RawConnection.open_connections.pop().close()
    for server in started:
        server.kill()

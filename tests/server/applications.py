"""WSGI applications for tests of the server, such as one whose response breaks off."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

TEXT = {"whole": b"one two three", "broken": b"one two ", "short": b"one two "}


def headers(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Respond with the environment as JSON."""
    start_response("200 OK", [("Content-Type", "application/json")])
    result = {
        name: value for name, value in environ.items() if isinstance(value, str | int)
    }
    return [json.dumps(result).encode()]


def answers(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    kind, _, framing = environ["PATH_INFO"].strip("/").partition("-")
    length = [("Content-Length", "13")] if framing == "length" else []
    start_response("200 OK", [("Content-Type", "text/plain"), *length])
    return _pieces(kind, environ["wsgi.input"].read())


def _pieces(kind: str, body: bytes) -> Iterator[bytes]:
    yield from [body] if body else [TEXT.get(kind, TEXT["whole"])]
    if kind == "broken":
        raise RuntimeError("the source of this answer is gone")

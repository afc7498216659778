"""Jobs for the tests of the sandbox, without Django."""

import json
import os
import sys
import time
from importlib import import_module

from innovation.core import limits


def echo(content: bytes) -> bytes:
    return content


def large_answer(content: bytes) -> bytes:
    return bytes(2 * limits.SANDBOX_ANSWER_BYTES)


def memory(content: bytes) -> bytes:
    return bytes(2 * limits.SANDBOX_BYTES)[:1]


def variables(content: bytes) -> bytes:
    return json.dumps(sorted(os.environ)).encode()


def modules(content: bytes) -> bytes:
    """All that are loaded after the ones that `content` names."""
    for name in json.loads(content):
        import_module(name)
    return json.dumps(sorted(sys.modules)).encode()


def endless(content: bytes) -> bytes:
    while True:
        pass


def slow(content: bytes) -> bytes:
    time.sleep(1)
    return b"done"

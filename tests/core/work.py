"""What the tests of confined work have done, without Django."""

import json
import os
import time

from innovation.core import limits


def echo(content: bytes) -> bytes:
    return content


def a_large_answer(content: bytes) -> bytes:
    return bytes(2 * limits.CONFINED_ANSWER_BYTES)


def memory(content: bytes) -> bytes:
    return bytes(2 * limits.CONFINED_BYTES)[:1]


def variables(content: bytes) -> bytes:
    return json.dumps(sorted(os.environ)).encode()


def no_end(content: bytes) -> bytes:
    while True:
        pass


def a_moment(content: bytes) -> bytes:
    time.sleep(1)
    return b"done"

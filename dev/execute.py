"""Runs one command with the services up and the project's environment set."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from dev import environment, prepare, say, setup, signals
from dev.instance import Instance
from dev.process import dies_with_parent
from dev.services import Services

PORT = 8000


def main(arguments: Sequence[str]) -> int:
    """`exec [--fresh] [--] COMMAND…`: on the kept services, or on throwaway ones."""
    say.out = sys.stderr
    rest = list(arguments)
    fresh = rest[:1] == ["--fresh"]
    command = rest[fresh:]
    command = command[1:] if command[:1] == ["--"] else command
    if not command:
        raise say.Refusal("Say what to run: dev/launch.py exec -- COMMAND")
    setup.fetch("local")
    instance = Instance.throwaway() if fresh else Instance.kept()
    with Services(instance) as services:
        env = environment.project(instance, services.start(), PORT)
        # A half-written project must not keep a developer from its own tools.
        with setup.lock(), contextlib.suppress(say.Refusal):
            prepare.static_files(env).finish()
        return foreground(command, env)


def foreground(command: Sequence[str], env: Mapping[str, str]) -> int:
    """The command keeps the terminal; Ctrl-C is its own to answer."""
    try:
        running = subprocess.Popen(
            command,
            env=dict(env),
            cwd=os.getcwd(),
            preexec_fn=dies_with_parent(signal.SIGTERM),
        )
    except OSError as error:
        raise say.Refusal(
            f"{command[0]} could not be started: {error.strerror}."
        ) from None
    told = 0
    while running.poll() is None:
        if signals.count() > told:
            told = signals.count()
            if signals.last() != signal.SIGINT:
                running.send_signal(signal.SIGTERM)
        time.sleep(0.02)
    return running.returncode if running.returncode >= 0 else 128 - running.returncode

"""Runs one command with the services up and the project's environment set."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from dev import assets, environment, locks, packages, paths, prepare, say, signals
from dev.instance import Instance, sweep
from dev.process import dies_with_parent
from dev.services import Services

PORT = 8000


def main(command: Sequence[str], *, fresh: bool) -> int:
    say.out = sys.stderr
    with locks.Lock(paths.RUN / "setup.lock"):
        packages.ensure("local")
        assets.ensure()
        sweep()
    instance = Instance.throwaway() if fresh else Instance.kept()
    with Services(instance) as services:
        env = environment.project(instance, services.start(), PORT)
        # A half-written project must not keep a developer from its own tools.
        with locks.Lock(paths.RUN / "setup.lock"), contextlib.suppress(say.Refusal):
            prepare.static_files(env)
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

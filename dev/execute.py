"""Runs one command with the services up and the project's environment set."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from dev import environment, setup, signals, static_files, terminal
from dev.instance import Instance
from dev.process import signal_on_parent_death
from dev.services import Services

PORT = 8000


def main(arguments: Sequence[str]) -> int:
    """`exec [--fresh] [--] COMMAND…`: with persistent services, or throwaway ones."""
    terminal.stream = sys.stderr
    fresh = list(arguments[:1]) == ["--fresh"]
    command = list(arguments[fresh:])
    command = command[1:] if command[:1] == ["--"] else command
    if not command:
        raise terminal.CommandFailed("Say what to run: dev/launch.py exec -- COMMAND")
    setup.install("local")
    instance = Instance.throwaway() if fresh else Instance.persistent()
    with Services(instance) as services:
        env = environment.project_environment(instance, services.start(), PORT)
        # A half-written project must not keep a developer from its own tools.
        with setup.setup_lock(), contextlib.suppress(terminal.CommandFailed):
            static_files.collect_static(env).finish()
        return run_in_foreground(command, env)


def run_in_foreground(command: Sequence[str], env: Mapping[str, str]) -> int:
    """The command keeps the terminal, and handles Ctrl-C itself."""
    try:
        running = subprocess.Popen(
            command,
            env=dict(env),
            cwd=os.getcwd(),
            preexec_fn=signal_on_parent_death(signal.SIGTERM),
        )
    except OSError as error:
        raise terminal.CommandFailed(
            f"{command[0]} could not be started: {error.strerror}."
        ) from None
    signal_count = 0
    while running.poll() is None:
        if signals.signal_count() > signal_count:
            signal_count = signals.signal_count()
            if signals.last_signal() != signal.SIGINT:
                running.send_signal(signal.SIGTERM)
        time.sleep(0.02)
    return running.returncode if running.returncode >= 0 else 128 - running.returncode

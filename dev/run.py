"""`make run`: sets up the service in a new checkout, and runs it."""

import json
import os
from collections.abc import Mapping, Sequence

from dev import (
    environment,
    locks,
    packages,
    paths,
    postgres,
    serve,
    setup,
    signals,
    static_files,
    terminal,
)
from dev.assets import Assets
from dev.database import Database, demo_sign_ins
from dev.instance import Instance, remove_abandoned
from dev.process import Identity
from dev.serve import Processes
from dev.services import VARIABLES, Services

RUN_FILE = paths.RUN / "run.json"


def main(arguments: Sequence[str]) -> int:
    port = _port()
    url = f"http://127.0.0.1:{port}"
    run_lock = locks.Lock(paths.RUN / "run.lock")
    if not run_lock.try_exclusive():
        raise terminal.CommandFailed(_already_running())
    RUN_FILE.write_text(json.dumps({"pid": os.getpid(), "url": url}))
    serve.end_leftovers()
    serve.require_free_port(port)
    terminal.print_line("Setting up")
    instance, processes = Instance.persistent(), Processes()
    with Services(instance) as services:
        try:
            env = _set_up(services, port)
            _start(processes, env, port, url)
            _wait_until_stopped(services, processes)
        except signals.StopRequested:
            terminal.print_line("\nStopping web, worker, beat, Valkey and PostgreSQL")
            if not processes.running:
                raise
        finally:
            processes.stop()
    terminal.print_line("Stopped. The data is kept for the next make run.")
    return 0


def _set_up(services: Services, port: int) -> dict[str, str]:
    """Steps that do not depend on each other run at the same time."""
    with setup.setup_lock(), Assets() as assets:
        packages.ensure("local")
        remove_abandoned()
        with terminal.step("PostgreSQL and Valkey"):
            addresses = services.start()
        env = environment.project_environment(services.instance, addresses, port)
        is_own = os.environ.get(VARIABLES[postgres.NAME])
        database = Database(env, embedded=not is_own)
        with database.migration_step() as tables:
            assets.finish()
            with static_files.collect_static(env) as static:
                tables.finish()
                database.load_data(demonstration=_demonstration(env))
                static.finish()
    return env


def _demonstration(env: Mapping[str, str]) -> bool:
    return env["DEMONSTRATION"].lower() not in {"", "0", "false", "no", "off"}


def _start(processes: Processes, env: Mapping[str, str], port: int, url: str) -> None:
    serve.require_free_port(port)
    with terminal.step("Web, worker and beat"):
        processes.start("web", port, env)
        processes.start("worker", port, env)
        if not processes.wait(f"{url}/health/live", 60):
            raise terminal.CommandFailed(
                f"The web process does not answer at {url}/health/live; its log is "
                f"{serve.log_path('web').relative_to(paths.ROOT)}."
            )
        # Last: its first turn is seconds away, and the others need both cores now.
        processes.start("beat", port, env)
        ready = processes.wait(f"{url}/health/ready", 20)
    if not ready:
        terminal.print_warning(
            f"Not everything is ready yet: {url}/health/ready says what."
        )
    terminal.print_line(f"\nThe service is at {url}\n")
    if _demonstration(env):
        terminal.print_line(demo_sign_ins())
    terminal.print_line(
        "Logs are in .local/log. Ctrl-C stops everything and keeps the data."
    )


def _wait_until_stopped(services: Services, processes: Processes) -> None:
    while True:
        signals.pause(0.25)
        processes.raise_if_ended()
        stopped = services.stopped_service()
        if stopped is not None:
            log = f".local/log/{stopped}.log"
            raise terminal.CommandFailed(
                f"The embedded {stopped} ended by itself; its log is {log}."
            )


def _port() -> int:
    setting = os.environ.get("PORT", "") or "8000"
    if not setting.isdecimal() or not 0 < int(setting) < 65536:
        raise terminal.CommandFailed(
            f"PORT is “{setting}”, which is not a port from 1 to 65535."
        )
    return int(setting)


def _already_running() -> str:
    try:
        note = json.loads(RUN_FILE.read_text())
        description = f"{note['url']}, process {note['pid']}"
        if not Identity.from_pid(int(note["pid"])).is_alive():
            description = "it is just ending"
    except (OSError, ValueError, KeyError):
        description = "it is just starting"
    return (
        f"make run is already at work in this checkout ({description}): stop it first."
    )

"""`make run`: from a bare checkout to a service with people who can sign in."""

import json
import os
from collections.abc import Mapping, Sequence

from dev import (
    environment,
    locks,
    packages,
    paths,
    postgres,
    prepare,
    say,
    serve,
    setup,
    signals,
)
from dev.assets import Assets
from dev.database import Database, sign_ins
from dev.instance import Instance, sweep
from dev.process import Identity
from dev.serve import Processes
from dev.services import VARIABLES, Services

NOTE = paths.RUN / "run.json"


def main(arguments: Sequence[str]) -> int:
    port = _port()
    url = f"http://127.0.0.1:{port}"
    alone = locks.Lock(paths.RUN / "run.lock")
    if not alone.try_alone():
        raise say.Refusal(_already_running())
    NOTE.write_text(json.dumps({"pid": os.getpid(), "url": url}))
    serve.end_leftovers()
    serve.refuse_taken(port)
    say.line("Setting up")
    instance, processes = Instance.kept(), Processes()
    with Services(instance) as services:
        try:
            env = _set_up(services, port)
            _start(processes, env, port, url)
            _watch(services, processes)
        except signals.Stopped:
            say.line("\nStopping web, worker, beat, Valkey and PostgreSQL")
            if not processes.running:
                raise
        finally:
            processes.stop()
    say.line("Stopped. The data is kept for the next make run.")
    return 0


def _set_up(services: Services, port: int) -> dict[str, str]:
    """Nothing waits for what it does not need: npm works beside uv and migrate."""
    with setup.lock(), Assets() as assets:
        packages.ensure("local")
        sweep()
        with say.step("PostgreSQL and Valkey"):
            addresses = services.start()
        env = environment.project(services.instance, addresses, port)
        own = os.environ.get(VARIABLES[postgres.NAME])
        database = Database(env, embedded=not own)
        with database.tables() as tables:
            assets.finish()
            with prepare.static_files(env) as static:
                tables.finish()
                database.data(demonstration=_demonstration(env))
                static.finish()
    return env


def _demonstration(env: Mapping[str, str]) -> bool:
    return env["DEMONSTRATION"].lower() not in {"", "0", "false", "no", "off"}


def _start(processes: Processes, env: Mapping[str, str], port: int, url: str) -> None:
    serve.refuse_taken(port)
    with say.step("Web, worker and beat"):
        processes.start("web", port, env)
        processes.start("worker", port, env)
        if not processes.wait(f"{url}/health/live", 60):
            raise say.Refusal(
                f"The web process does not answer at {url}/health/live; its log is "
                f"{serve.log_of('web').relative_to(paths.ROOT)}."
            )
        # Last: its first turn is seconds away, and the others need both cores now.
        processes.start("beat", port, env)
        ready = processes.wait(f"{url}/health/ready", 20)
    if not ready:
        say.loud(f"Not everything is ready yet: {url}/health/ready says what.")
    say.line(f"\nThe service is at {url}\n")
    if _demonstration(env):
        say.line(sign_ins())
    say.line("Logs are in .local/log. Ctrl-C stops everything and keeps the data.")


def _watch(services: Services, processes: Processes) -> None:
    while True:
        signals.pause(0.25)
        processes.refuse_ended()
        gone = services.stopped()
        if gone is not None:
            log = f".local/log/{gone}.log"
            raise say.Refusal(f"The embedded {gone} ended by itself; its log is {log}.")


def _port() -> int:
    wanted = os.environ.get("PORT", "") or "8000"
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        raise say.Refusal(f"PORT is “{wanted}”, which is not a port from 1 to 65535.")
    return int(wanted)


def _already_running() -> str:
    try:
        note = json.loads(NOTE.read_text())
        where = f"{note['url']}, process {note['pid']}"
        if not Identity.of(int(note["pid"])).alive():
            where = "it is just ending"
    except (OSError, ValueError, KeyError):
        where = "it is just starting"
    return f"make run is already at work in this checkout ({where}): stop it first."

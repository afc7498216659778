"""One process for each embedded service: starts it, and stops it when the last user
has gone, however that user ended.

Every command that uses the service holds the users' lock together with the others;
the keeper tries to hold it alone, and gets it when nobody is left.
"""

import contextlib
import os
import shutil
import sys
import time
from pathlib import Path

from dev import locks, paths, postgres, process, say, signals, valkey
from dev.instance import Instance
from dev.record import Record

Service = postgres.Postgres | valkey.Valkey
PARTS: dict[str, type[postgres.Postgres] | type[valkey.Valkey]] = {
    postgres.NAME: postgres.Postgres,
    valkey.NAME: valkey.Valkey,
}
STOPS = {postgres.NAME: postgres.STOP, valkey.NAME: valkey.STOP}
SECONDS_TO_START = 60


def main(part: str, folder: str) -> int:
    signals.listen()
    instance = Instance(Path(folder))
    record = Record(instance, part)
    only = locks.Lock(instance.run / f"{part}.keeper")
    try:
        if not _become_only(only, record):
            return 0
    except signals.Stopped:
        return 0
    me = process.Identity.of(os.getpid()).as_json()
    _end_leftover(record, part)
    record.write(state="starting", keeper=me)
    try:
        service = PARTS[part](instance)
        running = _start(service, part)
    except say.Refusal as refusal:
        record.write(state="failed", keeper=me, sentence=str(refusal))
        return 1
    except signals.Stopped:
        record.remove()
        return 0
    served = process.Identity.of(running.pid).as_json()
    record.write(state="ready", keeper=me, service=served, url=service.url())
    try:
        _wait_for_last_user(locks.Lock(instance.run / f"{part}.users"), running)
        if not process.ended(running):
            record.write(state="stopping", keeper=me, service=served)
        process.end(running, STOPS[part], patience=30)
    finally:
        record.remove()
        shutil.rmtree(instance.sockets(part), ignore_errors=True)
        if not instance.is_kept:
            shutil.rmtree(service.folder, ignore_errors=True)
    return 0


def _start(service: Service, part: str) -> process.Running:
    service.prepare()
    running = process.spawn(
        service.command(),
        log=service.log,
        owner=service.owner,
        on_parent_death=STOPS[part],
    )
    try:
        deadline = time.monotonic() + SECONDS_TO_START
        answers = False
        while not answers:
            answers = service.ready()
            if process.ended(running) or time.monotonic() > deadline:
                raise say.Refusal(
                    f"{part.capitalize()} did not start. The end of its log:\n"
                    f"{paths.log_tail(service.log)}"
                )
            signals.pause(0.02)
        service.settle()
    except BaseException:
        process.end(running, STOPS[part])
        raise
    return running


def _become_only(only: locks.Lock, record: Record) -> bool:
    """Two keepers would fight over one folder.

    The first may have been started by a command that was killed before it could be
    seen; False when that one is at work after all.
    """
    while not only.try_alone():
        if record.ready():
            return False
        signals.pause(0.05)
    return True


def _wait_for_last_user(users: locks.Lock, running: process.Running) -> None:
    with contextlib.suppress(signals.Stopped):
        while not process.ended(running) and not users.try_alone():
            signals.pause(0.1)


def _end_leftover(record: Record, part: str) -> None:
    """A keeper that was killed could not stop its service."""
    leftover = record.process("service")
    if leftover is not None:
        process.end_stranger(leftover, STOPS[part])


def command(part: str, instance: Instance) -> list[str | Path]:
    launch = Path(__file__).with_name("launch.py")
    return [sys.executable, launch, "keep", part, instance.folder]

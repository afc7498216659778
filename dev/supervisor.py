"""One process for each embedded service: starts it, and stops it when the last user
has gone, however that user ended.

Every command that uses the service holds the users' lock together with the others;
the supervisor tries to hold it alone, and gets it when nobody is left.
"""

import contextlib
import os
import shutil
import sys
import time
from pathlib import Path

from dev import locks, paths, postgres, process, signals, terminal, valkey
from dev.instance import Instance
from dev.service_record import ServiceRecord

Service = postgres.Postgres | valkey.Valkey
SERVICES: dict[str, type[postgres.Postgres] | type[valkey.Valkey]] = {
    postgres.NAME: postgres.Postgres,
    valkey.NAME: valkey.Valkey,
}
STOP_SIGNALS = {postgres.NAME: postgres.STOP_SIGNAL, valkey.NAME: valkey.STOP_SIGNAL}
SECONDS_TO_START = 60


def main(part: str, folder: str) -> int:
    signals.install_handlers()
    instance = Instance(Path(folder))
    record = ServiceRecord(instance, part)
    only = locks.Lock(instance.run / f"{part}.supervisor")
    try:
        if not _take_sole_lock(only, record):
            return 0
    except signals.StopRequested:
        return 0
    me = process.Identity.from_pid(os.getpid()).as_json()
    _end_leftover(record, part)
    record.write(state="starting", supervisor=me)
    try:
        service = SERVICES[part](instance)
        running = _start(service, part)
    except terminal.CommandFailed as refusal:
        record.write(state="failed", supervisor=me, sentence=str(refusal))
        return 1
    except signals.StopRequested:
        record.remove()
        return 0
    served = process.Identity.from_pid(running.pid).as_json()
    record.write(state="ready", supervisor=me, service=served, url=service.url())
    try:
        _wait_for_last_user(locks.Lock(instance.run / f"{part}.users"), running)
        if not process.has_ended(running):
            record.write(state="stopping", supervisor=me, service=served)
        process.end(running, STOP_SIGNALS[part], patience=30)
    finally:
        record.remove()
        shutil.rmtree(instance.sockets(part), ignore_errors=True)
        if instance.is_for_tests and isinstance(service, postgres.Postgres):
            service.leave_to_next_tests()
        if not instance.is_persistent:
            shutil.rmtree(service.folder, ignore_errors=True)
    return 0


def _start(service: Service, part: str) -> process.Running:
    service.prepare()
    running = process.spawn(
        service.command(),
        log=service.log,
        owner=service.owner,
        on_parent_death=STOP_SIGNALS[part],
    )
    try:
        deadline = time.monotonic() + SECONDS_TO_START
        answers = False
        while not answers:
            answers = service.is_ready()
            if process.has_ended(running) or time.monotonic() > deadline:
                raise terminal.CommandFailed(
                    f"{part.capitalize()} did not start. The end of its log:\n"
                    f"{paths.log_tail(service.log)}"
                )
            signals.pause(0.02)
        service.set_up()
    except BaseException:
        process.end(running, STOP_SIGNALS[part])
        raise
    return running


def _take_sole_lock(only: locks.Lock, record: ServiceRecord) -> bool:
    """Two supervisors would fight over one folder.

    The first may have been started by a command that was killed before it could be
    seen; False when that one is at work after all.
    """
    while not only.try_exclusive():
        if record.is_ready():
            return False
        signals.pause(0.05)
    return True


def _wait_for_last_user(users: locks.Lock, running: process.Running) -> None:
    with contextlib.suppress(signals.StopRequested):
        while not process.has_ended(running) and not users.try_exclusive():
            signals.pause(0.1)


def _end_leftover(record: ServiceRecord, part: str) -> None:
    """A supervisor that was killed could not stop its service."""
    leftover = record.process("service")
    if leftover is not None:
        process.end_by_identity(leftover, STOP_SIGNALS[part])


def command(part: str, instance: Instance) -> list[str | Path]:
    launch = Path(__file__).with_name("launch.py")
    return [sys.executable, launch, "supervise", part, instance.folder]

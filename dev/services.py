"""The database and the broker a command uses: embedded, or the person's own."""

import contextlib
import os
import time

from dev import locks, postgres, process, signals, supervisor, terminal, valkey
from dev.instance import Instance
from dev.service_record import ServiceRecord

VARIABLES = {postgres.NAME: "DATABASE_URL", valkey.NAME: "CELERY_BROKER_URL"}


class ServiceUse:
    """The use of one embedded service by this command."""

    def __init__(self, instance: Instance, part: str) -> None:
        self.instance = instance
        self.part = part
        self.record = ServiceRecord(instance, part)
        self.users = locks.Lock(instance.run / f"{part}.users")
        self.url = ""
        self.supervisor: process.Identity | None = None

    def acquire(self) -> None:
        """Find or start a supervisor; wait for one that is just stopping."""
        self.users.acquire_shared()
        with locks.Lock(self.instance.run / f"{self.part}.start"):
            if not self.record.is_ready():
                self._start()
            self.url = str(self.record.read()["url"])
            self.supervisor = self.record.process("supervisor")

    def is_alive(self) -> bool:
        return self.supervisor is not None and self.supervisor.is_alive()

    def release(self) -> None:
        """Return when the service has stopped, or has other users."""
        self.users.release()
        count = 0
        while self.is_alive() and count < 5:
            count = count + 1 if self._has_other_users() else 0
            time.sleep(0.02)

    def _has_other_users(self) -> bool:
        """Another command that is just leaving looks like a user for an instant."""
        if not self.users.try_shared():
            return False  # the supervisor has it alone, and is stopping the service
        nobody_else = self.users.try_exclusive()
        self.users.release()
        return not nobody_else

    def _start(self) -> None:
        starter = process.spawn(
            supervisor.command(self.part, self.instance),
            log=self.instance.logs / f"{self.part}-supervisor.log",
            on_parent_death=None,
        )
        try:
            while not self.record.is_ready():
                has_ended = process.has_ended(starter)
                record = self.record.read()
                if has_ended and record.get("state") == "failed":
                    raise terminal.CommandFailed(str(record["sentence"]))
                if has_ended and not self.record.is_ready():
                    raise terminal.CommandFailed(
                        f"The embedded {self.part} did not start; its log is "
                        f"{self.instance.logs}/{self.part}-supervisor.log."
                    )
                signals.pause(0.02)
        except BaseException:
            process.end(starter, patience=30)
            raise


class Services:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.in_use: list[ServiceUse] = []

    def start(self) -> dict[str, str]:
        """The addresses to put into the environment."""
        self.instance.create()
        addresses = {}
        for part, variable in VARIABLES.items():
            if os.environ.get(variable):
                addresses[variable] = os.environ[variable]
                continue
            service = ServiceUse(self.instance, part)
            self.in_use.append(service)
            service.acquire()
            addresses[variable] = service.url
        return addresses

    def stopped_service(self) -> str | None:
        """The name of a service that has ended by itself."""
        return next((s.part for s in self.in_use if not s.is_alive()), None)

    def stop(self) -> None:
        """Valkey before PostgreSQL: whoever still uses either has been stopped."""
        for service in reversed(self.in_use):
            service.release()
        self.in_use.clear()
        if not self.instance.is_persistent:
            self.instance.remove()

    def __enter__(self) -> "Services":
        return self

    def __exit__(self, *error: object) -> None:
        with contextlib.suppress(signals.StopRequested):
            self.stop()

"""The database and the broker a command uses: embedded, or the person's own."""

import contextlib
import os
import time

from dev import keeper, locks, postgres, process, say, signals, valkey
from dev.instance import Instance
from dev.record import Record

VARIABLES = {postgres.NAME: "DATABASE_URL", valkey.NAME: "CELERY_BROKER_URL"}


class Service:
    """This command's hold on one embedded service."""

    def __init__(self, instance: Instance, part: str) -> None:
        self.instance = instance
        self.part = part
        self.record = Record(instance, part)
        self.users = locks.Lock(instance.run / f"{part}.users")
        self.url = ""
        self.keeper: process.Identity | None = None

    def hold(self) -> None:
        """Waits for a keeper that is just stopping, then finds or starts one."""
        self.users.together()
        with locks.Lock(self.instance.run / f"{self.part}.start"):
            if not self.record.ready():
                self._start()
            self.url = str(self.record.read()["url"])
            self.keeper = self.record.process("keeper")

    def alive(self) -> bool:
        return self.keeper is not None and self.keeper.alive()

    def let_go(self) -> None:
        """Returns when the service has stopped or is found to have other users."""
        self.users.release()
        others = 0
        while self.alive() and others < 5:
            others = others + 1 if self._others() else 0
            time.sleep(0.02)

    def _others(self) -> bool:
        """Another command that is just leaving looks like a user for an instant."""
        if not self.users.try_together():
            return False  # the keeper has it alone, and is stopping the service
        nobody_else = self.users.try_alone()
        self.users.release()
        return not nobody_else

    def _start(self) -> None:
        starter = process.spawn(
            keeper.command(self.part, self.instance),
            log=self.instance.logs / f"{self.part}-keeper.log",
            on_parent_death=None,
        )
        try:
            while not self.record.ready():
                ended = process.ended(starter)
                found = self.record.read()
                if ended and found.get("state") == "failed":
                    raise say.Refusal(str(found["sentence"]))
                if ended and not self.record.ready():
                    raise say.Refusal(
                        f"The embedded {self.part} did not start; its log is "
                        f"{self.instance.logs}/{self.part}-keeper.log."
                    )
                signals.pause(0.02)
        except BaseException:
            process.end(starter, patience=30)
            raise


class Services:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.held: list[Service] = []

    def start(self) -> dict[str, str]:
        """The addresses to put into the environment."""
        self.instance.make()
        found = {}
        for part, variable in VARIABLES.items():
            if os.environ.get(variable):
                found[variable] = os.environ[variable]
                continue
            service = Service(self.instance, part)
            self.held.append(service)
            service.hold()
            found[variable] = service.url
        return found

    def stopped(self) -> str | None:
        """The name of a service that has gone by itself."""
        return next((s.part for s in self.held if not s.alive()), None)

    def stop(self) -> None:
        """Valkey before PostgreSQL: whoever still uses either has been stopped."""
        for service in reversed(self.held):
            service.let_go()
        self.held.clear()
        if not self.instance.is_kept:
            self.instance.remove()

    def __enter__(self) -> "Services":
        return self

    def __exit__(self, *error: object) -> None:
        with contextlib.suppress(signals.Stopped):
            self.stop()

"""What a supervisor tells the commands that use its service."""

import json

from dev import process
from dev.instance import Instance


class ServiceRecord:
    """A file with the state, the processes and, after a failure, a message. Each change
    replaces the file.
    """

    def __init__(self, instance: Instance, part: str) -> None:
        self.path = instance.run / f"{part}.json"

    def read(self) -> dict[str, object]:
        try:
            data = json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def write(self, **facts: object) -> None:
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(facts))
        new.rename(self.path)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def is_ready(self) -> bool:
        """Whether a supervisor is running and its service answers."""
        supervisor = self.process("supervisor")
        is_ready = self.read().get("state") == "ready"
        return is_ready and supervisor is not None and supervisor.is_alive()

    def process(self, name: str) -> process.Identity | None:
        value = self.read().get(name)
        if not isinstance(value, dict):
            return None
        return process.Identity(int(value["pid"]), str(value["started"]))

"""Fetches what a command needs; one command at a time in a checkout."""

from dev import browser, locks, packages, paths, say
from dev.assets import Assets
from dev.instance import sweep


def fetch(name: str) -> None:
    """`name` is local or dev, as in `requirements/`."""
    with lock(), Assets() as assets:
        packages.ensure(name)
        assets.finish()
        sweep()


def browsers() -> dict[str, str]:
    with lock():
        return browser.ensure()


def lock() -> locks.Lock:
    held = locks.Lock(paths.RUN / "setup.lock")
    if not held.try_alone():
        say.line("  Waiting for another command that sets this checkout up")
    return held

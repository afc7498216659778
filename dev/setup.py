"""Fetches what a command needs; one command at a time in a checkout."""

from dev import browser, locks, packages, paths, terminal
from dev.assets import Assets
from dev.instance import remove_abandoned


def install(name: str) -> None:
    """`name` is local or dev, as in `requirements/`."""
    with setup_lock(), Assets() as assets:
        packages.ensure(name)
        assets.finish()
        remove_abandoned()


def browser_environment() -> dict[str, str]:
    with setup_lock():
        return browser.ensure()


def setup_lock() -> locks.Lock:
    lock = locks.Lock(paths.RUN / "setup.lock")
    if not lock.try_exclusive():
        terminal.print_line("  Waiting for another command that sets this checkout up")
    return lock

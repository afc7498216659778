"""The test suite, on throwaway services that never touch the kept data."""

import os
from collections.abc import Sequence

from dev import assets, browser, environment, execute, locks, packages, paths, prepare
from dev.instance import Instance, sweep
from dev.services import Services


def main(arguments: Sequence[str], *, marks: str) -> int:
    with locks.Lock(paths.RUN / "setup.lock"):
        packages.ensure("dev")
        assets.ensure()
        chromium = browser.ensure()
        sweep()
    instance = Instance.throwaway()
    with Services(instance) as services:
        env = environment.project(instance, services.start(), execute.PORT)
        env.pop("CHROMIUM", None)
        if chromium:
            env["CHROMIUM"] = chromium
        with locks.Lock(paths.RUN / "setup.lock"):
            prepare.static_files(env)
        workers = os.environ.get("TEST_WORKERS", "2")
        command = [str(paths.PYTHON), "-m", "pytest", "-n", workers, "-m", marks]
        return execute.foreground([*command, *arguments], env)

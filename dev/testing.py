"""The test suite, on throwaway services that never touch the kept data."""

from collections.abc import Sequence

from dev import (
    clamav,
    environment,
    execute,
    nginx,
    paths,
    pgbouncer,
    setup,
    static_files,
)
from dev.instance import Instance
from dev.services import Services

WORKERS = 3
"""One more than the cores: a worker waits for browsers and databases a quarter of its
time.
"""


def suite(arguments: Sequence[str]) -> int:
    return _pytest(
        "-n", str(WORKERS), "--dist", "worksteal", "-m", "not soak", *arguments
    )


def coverage(arguments: Sequence[str]) -> int:
    """Separate from `suite`: tracing takes some 40 % more CPU on Python 3.11."""
    return suite(["--cov", "--cov-report=term:skip-covered", *arguments])


def soak(arguments: Sequence[str]) -> int:
    """The long tests, and with more examples those that `make test` runs too."""
    return _pytest("-m", "soak or drive", "--hypothesis-profile=soak", *arguments)


def _pytest(*arguments: str) -> int:
    """Without `CHROMIUM` in their environment the browser tests skip themselves."""
    setup.install("dev")
    clamav.ensure()
    nginx.ensure()
    pgbouncer.ensure()
    variables = {"CHROMIUM": "", **setup.browser_environment()}
    return _python(["-m", "pytest", *arguments], variables)


def benchmarks(arguments: Sequence[str]) -> int:
    setup.install("dev")
    return _python(["-m", "tests.benchmarks", *arguments], {})


def _python(arguments: Sequence[str], extra: dict[str, str]) -> int:
    instance = Instance.for_tests()
    with Services(instance) as services:
        env = environment.project_environment(instance, services.start(), execute.PORT)
        with setup.setup_lock():
            static_files.collect_static(env).finish()
        command = [str(paths.PYTHON), *arguments]
        return execute.run_in_foreground(command, env | extra)

"""`make quick`: in less than a minute, what a person runs before each commit."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from dev import check, environment, execute, paths, setup, static_files, terminal
from dev.instance import Instance
from dev.services import Services

CHECKS = ("Style", "Layout", "Types", "Imports")
CORE = ("tests/architecture", "tests/core/test_transitions.py")
"""Tests that run whatever was changed."""


def main(arguments: Sequence[str]) -> int:
    """The checks run while the tests do. Arguments are given to pytest."""
    setup.install("dev")
    with Services(Instance.for_tests()) as services:
        env = environment.project_environment(
            services.instance, services.start(), execute.PORT
        )
        with setup.setup_lock():
            static_files.collect_static(env).finish()
        checks = {name: check.start(name, check.CHECKS[name], env) for name in CHECKS}
        tests = sorted({*CORE, *tests_of(changed_files(), paths.ROOT)})
        marks = ("-m", "not soak and not browser")
        command = [paths.PYTHON, "-m", "pytest", "-q", *marks, *tests, *arguments]
        code = execute.run_in_foreground([*map(str, command)], env)
        failed = [
            name.lower() for name in CHECKS if not check.has_passed(name, checks[name])
        ]
    if code:
        failed.append("tests")
    if failed:
        raise terminal.CommandFailed(f"These failed: {', '.join(failed)}.")
    return 0


def changed_files() -> list[Path]:
    """The files that differ from the last commit, and new ones."""
    listed = subprocess.run(
        ["git", "status", "--porcelain", "--no-renames", "--untracked-files=all"],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [Path(line[3:]) for line in listed.splitlines()]


def tests_of(changed: Sequence[Path], root: Path) -> Iterator[str]:
    """Changed tests, and of a changed module the tests of its app that have its noun
    in their name: `tests/bids/test_comments.py` for `bids/domain/comments.py`.
    """
    for file in changed:
        if file.suffix != ".py" or not (root / file).exists():
            continue
        if file.parts[0] == "tests":
            tests = [file] if file.name.startswith("test_") else []
        else:
            app = file.parts[1] if file.parts[0] == "innovation" else file.parts[0]
            noun = file.stem.removesuffix("s")
            folder = root / "tests" / app
            tests = [
                file_path.relative_to(root)
                for file_path in folder.glob(f"test_*{noun}*.py")
            ]
        yield from map(str, tests)

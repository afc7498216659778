"""`make check`: all checks of CI apart from the tests."""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from dev import environment, execute, paths, setup, terminal
from dev.background_command import BackgroundCommand
from dev.instance import Instance
from dev.services import Services

HOST = "innovation.example"
CHECKS: dict[str, list[str]] = {
    "Style": ["ruff", "check", "."],
    "Layout": ["ruff", "format", "--check", "."],
    "Types": ["mypy"],
    "Imports": ["lint-imports"],
    "Migrations": ["makemigrations", "--check", "--dry-run"],
    "Production settings": ["check", "--deploy", "--fail-level", "WARNING"],
}


def main(arguments: Sequence[str]) -> int:
    setup.install("dev")
    failed = []
    with Services(Instance.throwaway()) as services:
        local = environment.project_environment(
            services.instance, services.start(), execute.PORT
        )
        for name, command in CHECKS.items():
            env = _production(local) if "--deploy" in command else local
            if not has_passed(name, start(name, command, env)):
                failed.append(name.lower())
    if failed:
        raise terminal.CommandFailed(f"These checks failed: {', '.join(failed)}.")
    return 0


def start(name: str, command: list[str], env: Mapping[str, str]) -> BackgroundCommand:
    program = paths.VENV / "bin" / command[0]
    arguments: list[str | Path] = (
        [program, *command[1:]]
        if program.exists()
        else [paths.PYTHON, paths.ROOT / "manage.py", *command]
    )
    return BackgroundCommand(f"check-{command[0]}", arguments, env=env, failure=name)


def has_passed(name: str, work: BackgroundCommand) -> bool:
    """Prints the output of a check that failed."""
    try:
        with terminal.step(name):
            work.finish()
    except terminal.CommandFailed:
        terminal.print_line(work.log.read_text(errors="replace"))
        return False
    return True


def _production(local: Mapping[str, str]) -> dict[str, str]:
    return {
        **local,
        "DEMONSTRATION": "0",
        "DJANGO_SECRET_KEY": secrets.token_urlsafe(60),
        "DJANGO_ALLOWED_HOSTS": HOST,
        "DJANGO_BASE_URL": f"https://{HOST}",
        "CLAMD": "unix:///run/clamav/clamd.ctl",
        "DEFAULT_FROM_EMAIL": f"no-reply@{HOST}",
        "LETTER_GATEWAY": "innovation.notifications.gateways.Smtp",
    }

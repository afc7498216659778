"""Runs `manage.py` commands as steps of the set-up."""

from collections.abc import Mapping

from dev import paths, process, terminal
from dev.background_command import BackgroundCommand

ADVICE = {
    "migrate": " If another version of this checkout made the kept database, "
    "make reset throws it away."
}


def start_command(*arguments: str, env: Mapping[str, str]) -> BackgroundCommand:
    return BackgroundCommand(
        f"manage-{arguments[0]}",
        [paths.PYTHON, paths.ROOT / "manage.py", *arguments],
        env=env,
        failure=f"manage.py {arguments[0]} failed.{ADVICE.get(arguments[0], '')}",
    )


def run_command(*arguments: str, env: Mapping[str, str]) -> None:
    start_command(*arguments, env=env).finish()


def command_output(*arguments: str, env: Mapping[str, str]) -> str:
    result = process.run_captured(
        paths.PYTHON, paths.ROOT / "manage.py", *arguments, env=env
    )
    if result.returncode:
        tail = "\n".join(f"    {line}" for line in result.stderr.splitlines()[-12:])
        raise terminal.CommandFailed(f"manage.py {arguments[0]} failed:\n{tail}")
    return result.stdout

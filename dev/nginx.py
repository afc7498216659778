"""Finds the web server that tests put in front, or says that it is missing."""

import os
import shutil

from dev import terminal

NOT_FOUND = (
    "No nginx was found: install it (on Debian, nginx and openssl). The service itself "
    "runs without it on one machine."
)


def program() -> str | None:
    """`NGINX_PROGRAM`, or what is on the path; daemons are often beside it."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    program = shutil.which(os.environ.get("NGINX_PROGRAM") or "nginx", path=path)
    return program if shutil.which("openssl", path=path) else None


def ensure() -> None:
    """Print a warning if there is none; with REQUIRE_NGINX=1, fail."""
    if program() is not None:
        return
    if os.environ.get("REQUIRE_NGINX") == "1":
        raise terminal.CommandFailed(NOT_FOUND)
    terminal.print_warning(f"THE TESTS WITH NGINX IN FRONT ARE SKIPPED. {NOT_FOUND}")

"""Installs uv by pip, and the Python packages by uv, checked by their hashes."""

import hashlib
import importlib.util
import json
import shutil
import sys
from pathlib import Path

from dev import environment, paths, terminal
from dev.background_command import BackgroundCommand

STAMP = paths.VENV / "innovation-packages.json"
UNFINISHED = paths.VENV / "innovation-unfinished"
UV = paths.LOCAL / "uv" / "bin" / "uv"
NO_REGISTRY = (
    "Could not fetch {what}: the package registry did not answer as expected. "
    "Check the network or pip's settings and run this again; what is done is kept."
)


def ensure(group: str) -> None:
    """`group` is local or dev; dev has all packages of local.

    A `.venv` that is a symbolic link is left as it is.
    """
    if paths.VENV.is_symlink() or _is_installed(group):
        return
    if _stamp().get("name") == "dev":
        group = "dev"
    with terminal.step("uv, which installs the rest"):
        ensure_uv()
    with terminal.step(f"Python packages ({group})"):
        _install(group)


def ensure_uv() -> None:
    folder = UV.parents[1]
    if not has_target("uv", folder):
        finish_target("uv", folder, pip_target("uv", folder))


def has_target(name: str, folder: Path) -> bool:
    """False also after an interrupted attempt."""
    stamp = folder / "pins"
    pins = paths.REQUIREMENTS / f"{name}.txt"
    return stamp.exists() and stamp.read_text() == pins.read_text()


def finish_target(name: str, folder: Path, work: BackgroundCommand) -> None:
    work.finish()
    pins = paths.REQUIREMENTS / f"{name}.txt"
    (folder / "pins").write_text(pins.read_text())


def pip_target(name: str, folder: Path) -> BackgroundCommand:
    if importlib.util.find_spec("pip") is None:
        raise terminal.CommandFailed(
            f"{sys.executable} has no pip: install it (on Debian, python3-pip) or "
            "choose another Python with make PYTHON=…."
        )
    shutil.rmtree(folder, ignore_errors=True)
    return BackgroundCommand(
        f"install-{name}",
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-compile"),
            *("--no-deps", "--require-hashes", "--only-binary", ":all:"),
            *("--target", folder, "-r", paths.REQUIREMENTS / f"{name}.txt"),
        ],
        env=environment.installer_environment(),
        failure=NO_REGISTRY.format(what=name),
        tail=False,
    )


def uv(name: str, *arguments: object, failure: str) -> None:
    BackgroundCommand(
        name,
        [UV, "--no-config", *(str(argument) for argument in arguments)],
        env=environment.installer_environment(),
        failure=failure,
        tail=False,
    ).finish()


def _install(group: str) -> None:
    has_moved = _stamp().get("root") not in {None, str(paths.ROOT)}
    if has_moved or not paths.PYTHON.exists():
        uv(
            "create-venv",
            *("venv", "--quiet", "--clear", "--python", sys.executable, paths.VENV),
            failure="Could not create the virtual environment .venv.",
        )
    # A package half written by an interrupted attempt can look installed.
    options = ["--reinstall"] if UNFINISHED.exists() else []
    UNFINISHED.touch()
    STAMP.unlink(missing_ok=True)
    uv(
        "install-packages",
        *("pip", "sync", "--quiet", "--require-hashes", *options),
        *("--python", paths.PYTHON, paths.REQUIREMENTS / f"{group}.txt"),
        failure=NO_REGISTRY.format(what="the Python packages"),
    )
    facts = {"name": group, "pins": _pins(group), "root": str(paths.ROOT)}
    STAMP.write_text(json.dumps(facts))
    UNFINISHED.unlink()


def _is_installed(group: str) -> bool:
    stamp = _stamp()
    name = str(stamp.get("name"))
    return (
        name in {group, "dev"}
        and stamp.get("pins") == _pins(name)
        and stamp.get("root") == str(paths.ROOT)
        and paths.PYTHON.exists()
    )


def _pins(name: str) -> str:
    pins = (paths.REQUIREMENTS / f"{name}.txt").read_bytes()
    return hashlib.sha256(pins + sys.version.encode()).hexdigest()


def _stamp() -> dict[str, object]:
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}

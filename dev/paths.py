"""The folders of the checkout. Commands write only to `.local`, `.venv` and
`node_modules`, and to `OUTSIDE` if other users cannot reach the checkout.
"""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("innovation", "bids", "funding")
LOCAL = ROOT / ".local"
LOGS = LOCAL / "log"
RUN = LOCAL / "run"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
REQUIREMENTS = ROOT / "requirements"
STATIC = LOCAL / "static"

KEY = hashlib.sha256(f"{ROOT}:{os.geteuid()}".encode()).hexdigest()[:10]
# Reachable by an unprivileged user when a checkout below /root is not.
OUTSIDE = Path("/var/lib/innovation-programme") / KEY


def make_folders() -> None:
    for folder in (LOCAL, LOGS, RUN):
        folder.mkdir(parents=True, exist_ok=True)


def digest(*files: Path) -> str:
    """One hash over names and contents, in a fixed order."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(f"{file.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def log_tail(log: Path, lines: int = 12) -> str:
    try:
        log_lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in log_lines[-lines:] if line.strip())

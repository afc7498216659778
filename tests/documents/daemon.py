"""A real clamd on a socket of its own, with a signature file that knows EICAR."""

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from dev import clamav

# In two halves, so that a scanner on a developer's machine leaves this file alone.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NAME = "Innovation.Eicar"
SETTINGS = """
DatabaseDirectory {folder}/signatures
LocalSocket {folder}/clamd.sock
LogFile {folder}/clamd.log
TemporaryDirectory {folder}
Foreground yes
AlertEncrypted yes
StreamMaxLength {limit}
MaxThreads 4
"""


class Daemon:
    """Away until it is started; `kill` is what a machine that fails does."""

    def __init__(self, limit: str = "20M") -> None:
        # The path of a socket is short: a test's own folder would be too long.
        self.folder = Path(tempfile.mkdtemp(prefix="clamd-"))
        (self.folder / "signatures").mkdir()
        signature = f"{NAME}:0:*:{EICAR.hex()}\n"
        (self.folder / "signatures" / "test.ndb").write_text(signature)
        settings = SETTINGS.format(folder=self.folder, limit=limit)
        (self.folder / "clamd.conf").write_text(settings)
        self.running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"unix://{self.folder}/clamd.sock"

    def start(self) -> None:
        clamd = clamav.program()
        assert clamd is not None, clamav.NOT_FOUND
        command = [clamd, f"--config-file={self.folder}/clamd.conf"]
        self.running = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 30
        while not self.is_answering():
            assert self.running.poll() is None, (self.folder / "clamd.log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def is_answering(self) -> bool:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            try:
                line.connect(str(self.folder / "clamd.sock"))
                line.sendall(b"zPING\0")
                return line.recv(10) == b"PONG\0"
            except OSError:
                return False

    def kill(self) -> None:
        if self.running is not None:
            self.running.send_signal(signal.SIGKILL)
            self.running.wait()
            self.running = None

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

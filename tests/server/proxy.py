"""nginx with the configuration in the documentation, in front of a test server."""

import contextlib
import os
import signal
import socket
import ssl
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings

from dev import nginx
from tests.journeys.server import Server

NGINX_CONF = Path(settings.BASE_DIR) / "docs/nginx.conf"
_MAIN_CONF = """
{user}
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/innovation.conf;
}}
"""


class Proxy:
    def __init__(self, server: Server, folder: Path) -> None:
        self.folder = folder
        self.port, self.plain_port = free_port(), free_port()
        self.site = f"https://127.0.0.1:{self.port}"
        self._make_certificate()
        self._write(server)
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = nginx.program()
        if program is None:
            if os.environ.get("REQUIRE_NGINX") == "1":
                pytest.fail(nginx.NOT_FOUND)
            pytest.skip(nginx.NOT_FOUND)
        log = self.folder / "error.log"
        with log.open("ab") as lines:
            self.running = subprocess.Popen(
                [program, "-c", self.folder / "nginx.conf", "-e", "stderr"],
                stdout=lines,
                stderr=lines,
            )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.running.poll() is None:
            with contextlib.suppress(OSError):
                self.connect().close()
                return
            time.sleep(0.05)
        raise AssertionError(f"nginx did not start: {log.read_text()}")

    def connect(self, source: str = "127.0.0.1") -> ssl.SSLSocket:
        """From any address of this machine's loopback."""
        plain = socket.create_connection(
            ("127.0.0.1", self.port), timeout=60, source_address=(source, 0)
        )
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(plain)

    def stop(self) -> None:
        if self.running is not None:
            self.running.send_signal(signal.SIGTERM)
            self.running.wait()

    def _write(self, server: Server) -> None:
        text = NGINX_CONF.read_text()
        for documented, local_value in (
            ("listen 80;", f"listen 127.0.0.1:{self.plain_port};"),
            ("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl"),
            ("server 127.0.0.1:8000;", f"server 127.0.0.1:{server.port};"),
            ("/etc/ssl/innovation/", f"{self.folder}/"),
            ("/var/lib/nginx/innovation", f"{self.folder}/cache"),
        ):
            assert documented in text
            text = text.replace(documented, local_value)
        (self.folder / "innovation.conf").write_text(text)
        user = "user root;" if os.geteuid() == 0 else ""
        around = _MAIN_CONF.format(user=user, folder=self.folder)
        (self.folder / "nginx.conf").write_text(around)

    def _make_certificate(self) -> None:
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "ec"),
                *("-pkeyopt", "ec_paramgen_curve:prime256v1"),
                *("-nodes", "-days", "2", "-subj", "/CN=service.example"),
                *("-keyout", self.folder / "key.pem"),
                *("-out", self.folder / "certificate.pem"),
            ],
            check=True,
            capture_output=True,
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""While processes of two builds serve, each has the files of the other's pages."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from django.conf import settings

from innovation.core import clock
from tests.journeys.server import Server
from tests.server.conftest import StartServer

pytestmark = pytest.mark.django_db(transaction=True)
ASSET = re.compile(r'(?:href|src)="(/assets/[^"]+)"')
CHANGED = "accessible-autocomplete/dist/accessible-autocomplete.min.css"
LONG_AGO = timedelta(days=400)


class Release:
    """A folder of collected files, and the packages that they come from."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "static"
        self.files.mkdir()
        self.packages = folder / "node_modules"
        self.packages.mkdir()
        self.env = {
            "STATIC_ROOT": str(self.files),
            "NODE_MODULES": str(self.packages),
        }
        for name in ("govuk-frontend", "@ministryofjustice"):
            (self.packages / name).symlink_to(settings.NODE_MODULES / name)
        changed = (self.packages / CHANGED).parent
        shutil.copytree((settings.NODE_MODULES / CHANGED).parent, changed)

    def change_stylesheet(self, text: str) -> None:
        sheet = self.packages / CHANGED
        sheet.write_text(text + sheet.read_text())

    def collect(self) -> None:
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput"],
            cwd=settings.BASE_DIR,
            env={**os.environ, **self.env},
            check=True,
            capture_output=True,
        )

    def manifest(self) -> dict[str, str]:
        paths: dict[str, str] = json.loads(
            (self.files / "staticfiles.json").read_text()
        )["paths"]
        return paths

    def stylesheets(self) -> list[Path]:
        """Each build’s, and what is compressed."""
        return sorted(self.files.glob("vendor/accessible-autocomplete.min.*.css*"))

    def age(self, span: timedelta) -> None:
        moment = (clock.now() - span).timestamp()
        for path in self.hashed():
            os.utime(path, (moment, moment))

    def hashed(self) -> Iterator[Path]:
        for path in self.files.rglob("*.*"):
            if re.search(r"\.[0-9a-f]{12}\.", path.name):
                yield path


@pytest.fixture
def release(tmp_path: Path) -> Release:
    new_release = Release(tmp_path)
    new_release.collect()
    return new_release


def assets_of_page(server: Server) -> dict[str, str]:
    with client_of(server) as client:
        assets = ASSET.findall(client.get("/cookies").text)
        return {path: client.get(path).text for path in assets}


def client_of(server: Server) -> httpx.Client:
    return httpx.Client(base_url=server.site, trust_env=False, timeout=60)


def test_each_process_has_the_files_of_the_other_s_pages(
    release: Release, serve: StartServer
) -> None:
    old = serve(env=release.env)
    of_old = assets_of_page(old)
    release.change_stylesheet(".new{color:red}")
    release.collect()
    new = serve(env=release.env)
    of_new = assets_of_page(new)
    [before], [after] = of_old.keys() - of_new.keys(), of_new.keys() - of_old.keys()
    assert of_new[after] == f".new{{color:red}}{of_old[before]}"
    with client_of(old) as client:
        assert assets_of_page(old) == of_old
        for path, text in of_new.items():
            answer = client.get(path)
            assert (answer.status_code, answer.text) == (200, text)
            assert "max-age" in answer.headers["Cache-Control"]
    with client_of(new) as client:
        for path, text in of_old.items():
            answer = client.get(path)
            assert (answer.status_code, answer.text) == (200, text)
        # Compressed too.
        assert client.get(before).headers["Content-Encoding"] == "gzip"


def test_a_process_serves_nothing_but_files_of_builds(
    release: Release, serve: StartServer
) -> None:
    server = serve(env=release.env)
    release.change_stylesheet(".new{color:red}")
    release.collect()
    secret = release.files.parent / "secret.0123456789ab.css"
    secret.write_text("secret")
    (release.files / "later.css").write_text("without a hash")
    (release.files / "folder.0123456789ab.d").mkdir()
    [removed, *_] = release.stylesheets()
    with client_of(server) as client:
        for path in (
            f"/assets/../{secret.name}",
            f"/assets/%2e%2e/{secret.name}",
            f"/assets/vendor/..%2f..%2f../{secret.name}",
            f"/assets/{secret}",
            "/assets/later.css",
            "/assets/folder.0123456789ab.d",
            "/assets/vendor/nothing.0123456789ab.css",
            "/assets/vendor/nothing%00.0123456789ab.css",
        ):
            assert client.get(path).status_code == 404, path
        address = f"/assets/vendor/{removed.name}"
        assert client.get(address).status_code == 200
        removed.unlink()
        removed.with_name(f"{removed.name}.gz").unlink()
        assert client.get(address).status_code == 404


def test_files_stay_for_a_week_after_the_build_that_replaced_them(
    release: Release,
) -> None:
    old = release.stylesheets()
    release.age(LONG_AGO)
    release.change_stylesheet(".one{color:red}")
    release.collect()
    assert len(release.stylesheets()) == 2 * len(old)
    release.age(timedelta(days=6, hours=23))
    release.collect()
    assert set(old) < set(release.stylesheets())
    # Those of the build itself stay, however old.
    release.age(timedelta(days=7, hours=1))
    strange = release.files / "kept.css"
    strange.write_text("of somebody else")
    os.utime(strange, (0, 0))
    release.collect()
    assert {path.removesuffix(".gz") for path in map(str, release.hashed())} == {
        str(release.files / name) for name in release.manifest().values()
    }
    assert strange.exists()


def test_collecting_again_writes_no_file_that_may_be_in_use(release: Release) -> None:
    def file_contents() -> dict[str, tuple[int, bytes]]:
        return {
            str(path): (path.stat().st_ino, path.read_bytes())
            for path in release.hashed()
        }

    before = file_contents()
    with next(release.hashed()).open("rb") as in_use:
        release.collect()
        assert in_use.read()
    assert file_contents() == before


def test_with_clear_everything_is_collected_anew(release: Release) -> None:
    old = release.stylesheets()
    release.change_stylesheet(".one{color:red}")
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--clear"],
        cwd=settings.BASE_DIR,
        env={**os.environ, **release.env},
        check=True,
        capture_output=True,
    )
    assert set(old).isdisjoint(release.stylesheets())

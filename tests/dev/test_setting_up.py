"""What is installed, and the message if it cannot be."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from dev import browser, clamav, nginx, paths, pgbouncer, terminal
from tests.dev.checkout import Checkout

UNREACHABLE_INDEX = "http://127.0.0.1:9/simple"


def test_an_unreachable_registry_is_one_sentence_and_no_process(
    checkout: Checkout,
) -> None:
    (checkout.root / ".venv").unlink()
    refused = checkout.launch(
        "run",
        PIP_INDEX_URL=UNREACHABLE_INDEX,
        PIP_EXTRA_INDEX_URL="",
        PIP_RETRIES="0",
        PIP_NO_CACHE_DIR="1",
    )
    output, _ = refused.communicate(timeout=60)
    assert refused.returncode == 1
    assert output.splitlines()[-1] == (
        "Could not fetch uv: the package registry did not answer as expected. Check "
        "the network or pip's settings and run this again; what is done is kept. "
        "Details are in .local/log/install-uv.log."
    )
    assert checkout.processes() == []


def test_a_browser_that_is_required_and_absent_is_a_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setenv("REQUIRE_BROWSER", "1")
    with pytest.raises(terminal.CommandFailed, match="CHROMIUM is /nowhere/chromium"):
        browser.ensure()


def test_a_browser_that_is_absent_is_one_loud_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "stream", None)
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.delenv("REQUIRE_BROWSER", raising=False)
    assert browser.ensure() == {}
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("!!! THE BROWSER TESTS ARE SKIPPED.")


def test_a_scanner_that_is_required_and_absent_is_a_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLAMD_PROGRAM", "/nowhere/clamd")
    monkeypatch.setenv("REQUIRE_CLAMAV", "1")
    with pytest.raises(terminal.CommandFailed, match="No clamd was found"):
        clamav.ensure()


def test_a_scanner_that_is_absent_is_one_loud_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "stream", None)
    monkeypatch.setenv("CLAMD_PROGRAM", "/nowhere/clamd")
    monkeypatch.delenv("REQUIRE_CLAMAV", raising=False)
    clamav.ensure()
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("!!! THE TESTS WITH A VIRUS SCANNER ARE SKIPPED.")


def test_a_proxy_that_is_required_and_absent_is_a_failure_else_one_loud_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "stream", None)
    monkeypatch.setenv("NGINX_PROGRAM", "/nowhere/nginx")
    monkeypatch.setenv("REQUIRE_NGINX", "1")
    with pytest.raises(terminal.CommandFailed, match="No nginx was found"):
        nginx.ensure()
    monkeypatch.delenv("REQUIRE_NGINX")
    nginx.ensure()
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("!!! THE TESTS WITH NGINX IN FRONT ARE SKIPPED.")


def test_a_pooler_that_is_required_and_absent_is_a_failure_else_one_loud_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "stream", None)
    monkeypatch.setenv("PGBOUNCER_PROGRAM", "/nowhere/pgbouncer")
    monkeypatch.setenv("REQUIRE_PGBOUNCER", "1")
    with pytest.raises(terminal.CommandFailed, match="No PgBouncer was found"):
        pgbouncer.ensure()
    monkeypatch.delenv("REQUIRE_PGBOUNCER")
    pgbouncer.ensure()
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("!!! THE TESTS WITH A POOLER ARE SKIPPED.")


def test_every_front_end_package_is_pinned_by_hash_and_by_no_address() -> None:
    lock = json.loads((paths.ROOT / "package-lock.json").read_text())
    for name, package in lock["packages"].items():
        assert "resolved" not in package
        assert not name or package["integrity"].startswith("sha512-")


@pytest.mark.parametrize("name", ["dev", "local", "prod", "uv", "node"])
def test_every_python_package_is_pinned_by_hash_and_by_no_address(name: str) -> None:
    text = (paths.REQUIREMENTS / f"{name}.txt").read_text()
    assert "://" not in text
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+ ", block), block[:60]
        assert "--hash=sha256:" in block


def test_the_pins_hold_what_pyproject_asks_for_and_agree_with_each_other() -> None:
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text())
    dev, local, prod = (pins(name) for name in ("dev", "local", "prod"))
    for dependency in project["project"]["dependencies"]:
        assert package_name(dependency) in prod
    for dependency in project["dependency-groups"]["local"]:
        assert package_name(dependency) in local
    assert prod.items() <= local.items()
    assert local.items() <= dev.items()


def pins(name: str) -> dict[str, str]:
    text = Path(paths.REQUIREMENTS / f"{name}.txt").read_text()
    pinned = re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", text, re.MULTILINE)
    return dict(pinned)


def package_name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match is not None
    return match.group().lower()

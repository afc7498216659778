"""Static files come from the packages and get hashed names once collected."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from innovation.web.assets import ManifestStorage

NEEDED = [
    "vendor/govuk-frontend.min.css",
    "vendor/govuk-frontend.min.js",
    "vendor/moj-frontend.min.css",
    "vendor/accessible-autocomplete.min.js",
    "fonts/light-94a07e06a1-v2.woff2",
    "images/favicon.svg",
    "images/icon-progress-tick.svg",
    "manifest.json",
    "js/app.js",
    "css/app.css",
]


@pytest.mark.parametrize("name", NEEDED)
def test_file_is_found(name: str) -> None:
    path = finders.find(name)
    assert path is not None
    assert Path(path).is_file()


def test_unknown_file_is_not_found() -> None:
    assert finders.find("vendor/nothing.css") is None


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("static")
    lazy: Any = staticfiles_storage
    storage = lazy._wrapped = ManifestStorage(location=str(folder))
    call_command("collectstatic", interactive=False, verbosity=0)
    yield folder
    lazy._wrapped = ManifestStorage()
    assert storage is not lazy._wrapped


def manifest_paths(folder: Path) -> dict[str, str]:
    manifest = json.loads((folder / "staticfiles.json").read_text())
    return dict(manifest["paths"])


def test_collected_files_have_hashed_names_and_gzip(collected: Path) -> None:
    paths = manifest_paths(collected)
    for name in NEEDED:
        assert re.search(r"\.[0-9a-f]{12}\.", paths[name])
        assert (collected / paths[name]).is_file()
    assert (collected / (paths["vendor/govuk-frontend.min.css"] + ".gz")).is_file()


def test_collected_module_imports_the_hashed_module(collected: Path) -> None:
    paths = manifest_paths(collected)
    text = (collected / paths["js/app.js"]).read_text()
    assert Path(paths["vendor/govuk-frontend.min.js"]).name in text


def test_collected_stylesheet_points_at_hashed_fonts(collected: Path) -> None:
    paths = manifest_paths(collected)
    css = (collected / paths["vendor/govuk-frontend.min.css"]).read_text()
    font = Path(paths["fonts/light-94a07e06a1-v2.woff2"]).name
    assert font in css


def test_without_collecting_each_file_has_its_own_name(
    tmp_path: Path, settings: Any
) -> None:
    storage = ManifestStorage(location=str(tmp_path))
    assert storage.url("css/app.css") == "/assets/css/app.css"

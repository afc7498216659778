"""Every file, command and page that the documents name exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted(
    path for part in ("*.md", "docs/*.md", "docs/adr/*.md") for path in ROOT.glob(part)
)
PLACES = ("", "innovation", "docs", "templates", "bids", "funding")
"""Where a file that is named by the end of its path may begin."""
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)")
_PATH = re.compile(
    r"[\w.*-]+(?:/[\w.*-]+)*/?[\w-]+\.(?:py|md|csv|html|txt|toml|conf|js|css|json)"
    r"|(?:[\w-]+/)+"
)
_MADE = {"all-cases.csv", "public/access.csv", "settings.py"}
"""Files that are downloaded or somebody’s own."""


def paths_named(text: str) -> Iterator[str]:
    for code in _CODE.findall(text):
        for word in code.split():
            word = re.sub(r"(::|[=(\[]).*", "", word).strip(",;:")
            if _PATH.fullmatch(word) and "<" not in code:
                yield word


def is_there(named: str) -> bool:
    return any(
        path for place in PLACES for path in (ROOT / place).glob(named.rstrip("/"))
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    missing = {named for named in paths_named(text) if not is_there(named)} - _MADE
    missing |= {
        link for link in _LINK.findall(text) if not (document.parent / link).exists()
    }
    assert sorted(missing) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    commands = set(re.findall(r"manage\.py (\w+)", text))
    assert commands <= get_commands().keys()
    targets = set(re.findall(r"`make ([a-z]+)", text))
    make_targets = set(
        re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    )
    assert targets <= make_targets


def test_every_document_is_in_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    listed = {(ROOT / "docs" / link).resolve() for link in _LINK.findall(index)}
    missing = [
        str(path.relative_to(ROOT))
        for path in DOCUMENTS
        if path.parent != ROOT / "docs" / "adr"
        and path.name != "index.md"
        and path not in listed
    ]
    assert missing == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))

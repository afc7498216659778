"""Docstrings and comments name what there is: a name in backticks is in the code."""

import io
import re
import subprocess
import tokenize
from collections.abc import Iterator

from django.conf import settings

_NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]{3,}")
_QUOTED = re.compile(r"`([^`\n]+)`")
_TEXTS = ("*.html", "*.txt", "*.js", "*.csv", "*.toml", "*.sql", "Makefile")
EXAMPLES = {
    "snapshot_",
    "Lead_Organisation",
    "other_text",
    "name_day",
    "name_month",
    "name_year",
    "label__is_page_heading",
    "grader",
    "charts",
}
"""Beginnings of names, names that somebody else gives, and files of others."""


def _tracked(*patterns: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.split()


def _read(path: str) -> str:
    return (settings.BASE_DIR / path).read_text()


def _is_prose(token: tokenize.TokenInfo) -> bool:
    docstring = token.type == tokenize.STRING and '"""' in token.string[:5]
    return docstring or token.type == tokenize.COMMENT


def names_in_prose(text: str) -> Iterator[str]:
    for quoted in _QUOTED.findall(text):
        yield from _NAME.findall(quoted)


def test_every_name_in_backticks_is_in_the_code() -> None:
    sources = [path for path in _tracked("*.py") if "/migrations/" not in path]
    known = set(re.split(r"[/.\n]", "\n".join(_tracked())))
    for path in _tracked(*_TEXTS):
        known |= set(_NAME.findall(_read(path)))
    named: dict[str, list[str]] = {}
    for path in sources:
        for token in tokenize.generate_tokens(io.StringIO(_read(path)).readline):
            if _is_prose(token):
                for name in names_in_prose(token.string):
                    named.setdefault(name, []).append(f"{path}:{token.start[0]}")
            elif token.type in {tokenize.NAME, tokenize.STRING}:
                known |= set(_NAME.findall(token.string))
    missing = {name: places for name, places in named.items() if name not in known}
    assert len(named) > 500
    assert {n: p for n, p in missing.items() if n not in EXAMPLES} == {}

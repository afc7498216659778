"""Rules about the source files."""

import ast
import re
import tomllib
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.deprecation import RemovedInNextVersionWarning

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("innovation", "bids", "funding", "dev", "tests", "templates", "static")
LONGEST = 400


def source_files(*suffixes: str) -> Iterator[Path]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*"):
            if path.suffix in suffixes and "migrations" not in path.parts:
                yield path


def domain_functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in source_files(".py"):
        if "domain" not in path.parts or "queries" in path.parts:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield path, node


def test_no_file_is_longer_than_can_be_read() -> None:
    long = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in source_files(".py", ".html", ".txt", ".css", ".js")
    }
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_every_dependency_says_why_on_the_line_above() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))
    named = [
        one
        for group in (
            project["project"]["dependencies"],
            *project["dependency-groups"].values(),
        )
        for one in group
        if isinstance(one, str)
    ]
    for requirement in named:
        [place] = [n for n, line in enumerate(lines) if f'"{requirement}"' in line]
        # Stubs share the reason of the line they follow.
        while lines[place - 1].lstrip().startswith('"'):
            place -= 1
        assert lines[place - 1].lstrip().startswith("# "), requirement


def test_a_deprecation_is_an_error() -> None:
    with pytest.raises(RemovedInNextVersionWarning):
        warnings.warn("goes away", RemovedInNextVersionWarning, stacklevel=1)
    with pytest.raises(DeprecationWarning):
        warnings.warn("goes away", DeprecationWarning, stacklevel=1)


def test_each_rule_of_a_stylesheet_ends() -> None:
    """A browser reads the rules after one that does not end as parts of it."""
    open_rules = {}
    for path in source_files(".css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        open_rules[path.name] = text.count("{") - text.count("}")
    assert open_rules == {"app.css": 0, "print.css": 0}


def test_who_and_when_are_named_in_every_call_of_the_domain() -> None:
    """`by` and `at` are keyword-only, and whoever acts says when."""
    violations = []
    for path, function in domain_functions():
        names = {one.arg for one in function.args.kwonlyargs}
        positional = {one.arg for one in function.args.args}
        if positional & {"by", "at"} - allowed_positional(function) or (
            "by" in names
        ) > ("at" in names):
            violations.append(f"{path.relative_to(ROOT)}: {function.name}")
    assert violations == []


def allowed_positional(function: ast.FunctionDef) -> set[str]:
    """A question about a moment may take it by position; an act may not."""
    acts = any(one.arg == "by" for one in function.args.kwonlyargs)
    return set() if acts else {"at"}


def test_the_domain_never_reads_the_clock() -> None:
    reads = []
    for path in source_files(".py"):
        if "domain" not in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCKS:
                reads.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert reads == []


CLOCKS = {"clock.now", "now", "timezone.now", "datetime.now", "date.today"}


_OF_A_CONNECTION = re.compile(
    r"pg_(?:try_)?advisory_lock|\"\s*(?:UN)?LISTEN\b|\bCREATE TEMP|\bSET ROLE\b"
    r"|\bSET SESSION\b|\bWITH HOLD\b"
)


def test_no_statement_leaves_something_with_a_connection() -> None:
    """Behind a pooler the next transaction gets another one. `SET LOCAL` and
    `pg_advisory_xact_lock` end with the transaction; `timeouts` and `statements` know
    of the pooler.
    """
    long_files = {
        str(path.relative_to(ROOT)): match[0]
        for path in source_files(".py")
        if path.relative_to(ROOT).parts[0] not in {"dev", "tests"}
        for match in _OF_A_CONNECTION.finditer(path.read_text(encoding="utf-8"))
    }
    assert long_files == {}
    assert _OF_A_CONNECTION.search("SELECT pg_advisory_lock(1)")

"""One noun, one path: a file of a noun can be guessed in every layer.

`docs/nouns.md` says how, and names what is no noun of its own.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = (
    "bids",
    "funding",
    "innovation/accounts",
    "innovation/documents",
    "innovation/organisations",
)
NAMED = {
    path.rstrip("/")
    for path in re.findall(
        r"^\| `([\w./]+)` \|", (ROOT / "docs/nouns.md").read_text(), re.MULTILINE
    )
}
IRREGULAR = {
    "batches": "batch",
    "imports": "imports",
    "people": "person",
    "terms": "terms",
}
PLURAL_LAYERS = ("domain/queries", "views")
SINGULAR_LAYERS = ("forms", "api")


def singular(noun: str) -> str:
    if noun in IRREGULAR:
        return IRREGULAR[noun]
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-1] if re.search(r"[^su]s$", noun) else noun


def files(app: str, folder: str) -> Iterator[tuple[str, str]]:
    """The name of each module or package in `folder`, and its path."""
    for path in sorted((ROOT / app / folder).glob("*")):
        if path.name == "queries" or path.name.startswith("__"):
            continue
        if path.suffix == ".py" or path.is_dir():
            yield path.stem, str(path.relative_to(ROOT))


def nouns(app: str) -> set[str]:
    """In the plural: of the domain, and those that only readers have."""
    domain_nouns = {name for name, _ in files(app, "domain")}
    for layer in PLURAL_LAYERS:
        domain_nouns |= {name for name, path in files(app, layer) if path in NAMED}
    return domain_nouns


def words_for(known: set[str]) -> set[str]:
    """What names outside Python may call them: `import` is a word of Python’s."""
    ones = {singular(noun) for noun in known}
    return known | ones | {noun.removesuffix("s") for noun in known}


def is_named_by(name: str, known: set[str]) -> bool:
    """Whether it is a noun, or one side of it, such as its browser test."""
    name, words = name.removeprefix("own_"), words_for(known)
    return name in words or any(name.startswith(f"{word}_") for word in words)


def has_table(app: str, noun: str) -> bool:
    models = ROOT / app / "models"
    if models.is_dir():
        return (models / f"{singular(noun)}.py").exists()
    return noun == Path(app).name


@pytest.mark.parametrize("app", APPS)
def test_a_domain_module_has_the_model_file_of_its_noun(app: str) -> None:
    unlisted = [
        path
        for name, path in files(app, "domain")
        if not has_table(app, name) and path not in NAMED
    ]
    assert unlisted == [], "name its model file, or its reason in docs/nouns.md"


@pytest.mark.parametrize("app", APPS)
def test_a_model_file_has_the_domain_module_of_its_noun(app: str) -> None:
    known = {singular(name) for name, _ in files(app, "domain")}
    unlisted = [
        path
        for name, path in files(app, "models")
        if name not in known and path not in NAMED
    ]
    assert unlisted == []


@pytest.mark.parametrize("app", APPS)
def test_pages_and_readings_are_named_by_nouns_in_the_plural(app: str) -> None:
    known = nouns(app)
    unlisted = [
        path
        for layer in PLURAL_LAYERS
        for name, path in files(app, layer)
        if not is_plural_or_side(name.removeprefix("own_"), known) and path not in NAMED
    ]
    assert unlisted == []


def is_plural_or_side(name: str, known: set[str]) -> bool:
    return name in known or any(name.startswith(f"{singular(n)}_") for n in known)


@pytest.mark.parametrize("app", APPS)
def test_forms_and_endpoints_are_named_by_nouns_in_the_singular(app: str) -> None:
    known = nouns(app)
    ones = {singular(noun) for noun in known}
    unlisted = [
        path
        for layer in SINGULAR_LAYERS
        for name, path in files(app, layer)
        if name not in (known if (ROOT / path).is_dir() else ones) and path not in NAMED
    ]
    assert unlisted == []


@pytest.mark.parametrize("app", ["bids", "funding"])
def test_a_template_has_a_noun_in_its_name(app: str) -> None:
    models = {f"{name}s" for name, _ in files(app, "models")}
    words = "|".join(words_for(nouns(app) | models))
    unlisted = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "templates" / app).rglob("*.*"))
        if not re.search(rf"(^|_)({words})(_|$)", path.stem)
        and str(path.relative_to(ROOT)) not in NAMED
    ]
    assert unlisted == []


@pytest.mark.parametrize("app", APPS)
def test_tests_mirror_the_layers(app: str) -> None:
    """They are named by a noun, or by the module of the app that they try."""
    root_modules = {path.stem for path in (ROOT / app).rglob("*.py")}
    tests = sorted((ROOT / "tests" / Path(app).name).glob("test_*.py"))
    unlisted = [
        str(path.relative_to(ROOT))
        for path in tests
        if not is_named_by(path.stem.removeprefix("test_"), nouns(app))
        and path.stem.removeprefix("test_") not in root_modules
        and str(path.relative_to(ROOT)) not in NAMED
    ]
    assert unlisted == []


@pytest.mark.parametrize("app", APPS)
def test_every_noun_with_a_table_has_a_test_of_its_name(app: str) -> None:
    names = [
        path.stem.removeprefix("test_")
        for path in (ROOT / "tests" / Path(app).name).glob("test_*.py")
    ]
    untried = [
        path
        for noun, path in files(app, "domain")
        if has_table(app, noun) and not any(is_named_by(n, {noun}) for n in names)
    ]
    assert untried == []


def test_what_is_named_is_there_and_is_no_noun() -> None:
    """A line that lost its reason goes."""
    stale = {path for path in NAMED if not (ROOT / path).exists()}
    stale |= {
        path
        for app in APPS
        for noun, path in files(app, "domain")
        if path in NAMED and has_table(app, noun)
    }
    assert stale == set()

"""`make quick` runs the tests of what changed."""

from pathlib import Path

from dev import paths, quick


def test_a_changed_module_has_the_tests_of_its_noun() -> None:
    changed = [
        Path("bids/domain/comments.py"),
        Path("innovation/core/money.py"),
        Path("tests/audit/test_seals.py"),
        Path("tests/factories/cases.py"),
        Path("docs/running.md"),
        Path("bids/domain/no_longer_there.py"),
    ]
    assert {*quick.tests_of(changed, paths.ROOT)} == {
        "tests/bids/test_comments.py",
        "tests/core/test_money.py",
        "tests/audit/test_seals.py",
    }


def test_what_always_runs_is_there() -> None:
    assert all((paths.ROOT / name).exists() for name in quick.CORE)

"""Every event has a name in its app's enumeration, and words for its audiences."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from innovation.audit import presenters
from innovation.audit.event_names import EventName

NAMES = [name for app in EventName.__subclasses__() for name in app]
RECORDERS = {"record", "draft", "record_on_chain", "record_on_changed_chains"}


def calls_that_record() -> list[tuple[Path, ast.Call]]:
    return [
        (path, call)
        for package in ("bids", "funding", "innovation")
        for path in sorted(Path(settings.BASE_DIR, package).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in RECORDERS
    ]


def test_no_value_is_in_two_enumerations() -> None:
    assert len(NAMES) == len({name.value for name in NAMES})


@pytest.mark.parametrize("name", NAMES)
def test_an_event_is_worded_or_deliberately_silent(name: EventName) -> None:
    """A `Wording` has words, or `None`, for the department and the applicant."""
    has_wording = name in {sentence.event for sentence in presenters.sentences}
    assert has_wording != (name in presenters.silent_events)


def test_no_event_is_recorded_under_a_string_of_its_own() -> None:
    recorded = calls_that_record()
    strings = [
        f"{path}:{argument.lineno}"
        for path, call in recorded
        for argument in call.args
        if isinstance(argument, ast.Constant | ast.JoinedStr)
    ]
    assert len(recorded) > 30
    assert strings == []

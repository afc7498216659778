"""What a page is about, as its reader knows it: reference, title and state.

Each app says it of its own rows (`subjects.py` there, registered when the app starts),
so that every page about one of them names it, and every error about it leads back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Subject:
    """`state` is words and colour, as `{% state_tag %}` takes them, in the words of its
    reader and never one that is hidden from them; `href` is where they read it.
    """

    reference: str
    title: str
    state: tuple[str, str] | None = None
    href: str = ""


Describer = Callable[[Any, Any], Subject]
"""From a row and its reader."""
_describers: dict[type, Describer] = {}


def register(model: type, describe: Describer) -> None:
    _describers[model] = describe


def subject_of(about: Any, reader: Any) -> Subject | None:
    """Nothing for what no app has described."""
    describe = _describers.get(type(about))
    return describe(about, reader) if describe else None


def describers() -> Mapping[type, Describer]:
    return _describers

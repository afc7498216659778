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


Describe = Callable[[Any, Any], Subject]
"""From a row and its reader."""
_described: dict[type, Describe] = {}


def register(model: type, describe: Describe) -> None:
    _described[model] = describe


def of(about: Any, reader: Any) -> Subject | None:
    """Nothing for what no app has described."""
    describe = _described.get(type(about))
    return describe(about, reader) if describe else None


def described() -> Mapping[type, Describe]:
    return _described

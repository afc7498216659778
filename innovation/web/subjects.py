"""What a page is about, as its reader knows it: reference, title and state.

Each app says it of its own rows (`subjects.py` there, registered when the app starts),
so that every page about one of them names it, and every error about it leads back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from innovation.core.registry import Registry


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


@dataclass(frozen=True, slots=True)
class Description:
    model: type
    describe: Describer


descriptions: Registry[Description] = Registry(key=lambda each: each.model)


def subject_of(about: object, reader: object) -> Subject | None:
    """Nothing for what no app has described."""
    found = descriptions.get(type(about))
    return found.describe(about, reader) if found else None

"""The reference, title and state of the object of a page, as its user knows them.

Each app registers descriptions of its models in its `subjects.py`. Pages show them
above the heading, and error pages link back to the object.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from innovation.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Subject:
    """`state` is words and colour for `{% state_tag %}`, as this user may know them;
    `href` is the object's page for them.
    """

    reference: str
    title: str
    state: tuple[str, str] | None = None
    href: str = ""


Describer = Callable[[Any, Any], Subject]
"""Called with the row and the user."""


@dataclass(frozen=True, slots=True)
class Description:
    model: type
    describe: Describer


descriptions: Registry[Description] = Registry(
    key=lambda description: description.model
)


def subject_of(about: object, reader: object) -> Subject | None:
    """`None` if no app has described the model of the object."""
    description = descriptions.get(type(about))
    return description.describe(about, reader) if description else None

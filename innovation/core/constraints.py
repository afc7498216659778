"""What a broken database constraint means to a person.

The database has the last word on facts that belong together. An app says once, beside
its models, which field a constraint is about; page and API then answer alike.
"""

from django.db import IntegrityError

from innovation.core import fields
from innovation.core.errors import Invalid

_MESSAGES: dict[str, tuple[str | None, str]] = {}


def register_message(constraint: str, field: str | None, sentence: str) -> None:
    """Register the sentence; a name said twice with other words is a mistake."""
    known = _MESSAGES.setdefault(constraint, (field, sentence))
    if known != (field, sentence):
        raise ValueError(f"Constraint {constraint} already has other words")


def explain(broken: IntegrityError) -> Invalid | None:
    """The problem in words, or `None` where nobody has said what it means."""
    diagnosis = getattr(broken.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    found = _MESSAGES.get(name) or _too_long(name)
    return Invalid.field(*found) if found else None


def _too_long(name: str) -> tuple[str, str] | None:
    found = fields.length_limit_of(name)
    return found and (found[0], f"Use {found[1]:,} characters or fewer")

"""What a broken database constraint means to a person.

A model's constraint has its message in `violation_error_message`, and the name of the
field it is about, if any, in `violation_error_code`. For a constraint that is not in a
model's `Meta` (a trigger, a unique column) the app registers a `Message`.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import IntegrityError
from django.db.models import BaseConstraint

from innovation.core import fields
from innovation.core.errors import Invalid
from innovation.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Message:
    constraint: str
    field: str | None
    sentence: str


messages: Registry[Message] = Registry(key=lambda message: message.constraint)


def explain(error: IntegrityError) -> Invalid | None:
    """The error to show, or `None` if the constraint has no message."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    message = messages.get(name) or _message_of_model(name) or _too_long(name)
    return Invalid.field(message.field, message.sentence) if message else None


def as_invalid(error: Invalid | IntegrityError) -> Invalid:
    """The error to show. Raise one of a constraint that has no message again."""
    if isinstance(error, Invalid):
        return error
    explanation = explain(error)
    if explanation is None:
        raise error
    return explanation


def _message_of_model(name: str) -> Message | None:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and _has_message(constraint):
                sentence = str(constraint.get_violation_error_message())
                return Message(name, constraint.violation_error_code, sentence)
    return None


def _has_message(constraint: BaseConstraint) -> bool:
    default = constraint.default_violation_error_message
    return constraint.violation_error_message != default


def _too_long(name: str) -> Message | None:
    limit = fields.length_limit_of(name)
    if limit is None:
        return None
    field, length = limit
    return Message(name, field, f"Use {length:,} characters or fewer")

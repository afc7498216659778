"""What a broken database constraint means to a person.

The database has the last word on facts that belong together. A model says of its
constraint what to tell: `violation_error_message`, and as `violation_error_code` the
name of the field it is about, if it is about one. Of a constraint that is not among a
model's own an app registers a `Message`: a trigger keeps it, or one column is unique.
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


messages: Registry[Message] = Registry(key=lambda each: each.constraint)


def explain(broken: IntegrityError) -> Invalid | None:
    """The problem in words, or `None` where nobody has said what it means."""
    diagnosis = getattr(broken.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    found = messages.get(name) or _message_of_model(name) or _too_long(name)
    return Invalid.field(found.field, found.sentence) if found else None


def _message_of_model(name: str) -> Message | None:
    for model in apps.get_models():
        for each in model._meta.constraints:
            if each.name == name and _has_message(each):
                sentence = str(each.get_violation_error_message())
                return Message(name, each.violation_error_code, sentence)
    return None


def _has_message(constraint: BaseConstraint) -> bool:
    default = constraint.default_violation_error_message
    return constraint.violation_error_message != default


def _too_long(name: str) -> Message | None:
    found = fields.length_limit_of(name)
    if found is None:
        return None
    field, most = found
    return Message(name, field, f"Use {most:,} characters or fewer")

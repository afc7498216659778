"""Facts that belong together are held together by the database."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.models import CheckConstraint, Model, Q

APP_LABELS = {"accounts", "audit", "bids", "documents", "funding", "notifications"} | {
    "organisations",
    "reporting",
    "core",
}


def pairs() -> Iterator[tuple[type[Model], str, str]]:
    """Who did something beside when, where either may be empty."""
    for model in apps.get_models():
        if model._meta.app_label not in APP_LABELS:
            continue
        fields = {field.name: field for field in model._meta.concrete_fields}
        for name, field in fields.items():
            at = name.removesuffix("_by") + "_at"
            if (
                name.endswith("_by")
                and at in fields
                and may_be_empty(field, fields[at])
            ):
                yield model, name, at


def may_be_empty(*fields: "models.Field[object, object]") -> bool:
    return any(field.null or field.blank for field in fields)


def condition_fields(condition: Q) -> set[str]:
    fields: set[str] = set()
    for child in condition.children:
        if isinstance(child, Q):
            fields |= condition_fields(child)
        else:
            assert isinstance(child, tuple)
            fields.add(str(child[0]))
    return {name.split("__")[0] for name in fields}


def is_constrained(model: type[Model], *fields: str) -> bool:
    return any(
        set(fields) <= condition_fields(constraint.condition)
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
        and isinstance(constraint.condition, Q)
    )


def test_who_and_when_are_known_together_or_not_at_all() -> None:
    paired_fields = list(pairs())
    assert len(paired_fields) >= 5
    loose = [
        f"{model._meta.label}: {by}, {at}"
        for model, by, at in paired_fields
        if not is_constrained(model, by, at)
    ]
    assert loose == []

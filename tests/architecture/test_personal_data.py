"""Every field of every table is sorted: personal, may name people, or neither.

The sorted list is `docs/personal-data.csv`, one row for each table. “May name people”
is free text in which somebody may write a name.
"""

import csv
from pathlib import Path

from django.apps import apps
from django.conf import settings

LIST = Path(settings.BASE_DIR) / "docs" / "personal-data.csv"
KINDS = ("personal", "may name people", "not personal")


def sorted_fields() -> dict[str, list[str]]:
    with LIST.open(encoding="utf-8") as lines:
        return {
            row["model"]: [field for kind in KINDS for field in row[kind].split()]
            for row in csv.DictReader(lines)
        }


def actual_fields() -> dict[str, list[str]]:
    return {
        model._meta.label: [
            field.name
            for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        ]
        for model in apps.get_models()
        if not model._meta.label.startswith("tests.")
    }


def test_every_field_is_sorted_once() -> None:
    known, actual = sorted_fields(), actual_fields()
    differing = {
        model: sorted(set(known.get(model, [])) ^ set(actual.get(model, [])))
        for model in known.keys() | actual.keys()
    }
    unsorted = {model: fields for model, fields in differing.items() if fields}
    assert unsorted == {}, f"sort these (or take them out) in {LIST.name}"


def test_no_field_is_sorted_twice() -> None:
    for model, fields in sorted_fields().items():
        assert len(fields) == len(set(fields)), model

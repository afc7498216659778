"""Saves the facts that expressions and bids have in common.

Facts are given by name: plain values and references, collections of references, and
rows (lists of dicts). Rows replace the existing ones, except those on which others
build: these stay the same rows when what they say changes. Others are not changed.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from bids import validators
from bids.models import Bid, Expression
from bids.models.application import COLLECTIONS, Row
from innovation.core.errors import Invalid
from innovation.core.money import Money
from innovation.core.year_amounts import ABOVE_ZERO, EACH_ONCE

Case = Expression | Bid

COLUMNS = {
    "title",
    "summary",
    "strand",
    "maturity",
    "idea_type",
    "theory_of_change",
    "evaluation_plan",
    "asked",
}
ROWS: dict[str, tuple[str, ...]] = {
    # Name of the rows → the columns that identify one of them.
    "money": ("financial_year", "category", "partner", "description"),
    "support": ("kind",),
    "barriers": ("law_or_rule",),
    "outcomes": ("description",),
    "milestones": ("description", "due_on"),
    "risks": ("description",),
    "other_funding": ("source", "financial_year"),
    "partner_letters": ("organisation",),
}


LIVING_ROWS: dict[str, tuple[str, ...]] = {
    "support": ("kind",),
    "barriers": ("law_or_rule", "what_it_stops", "position"),
}
"""Rows that stay the same when they are edited. By these columns, the first that says
so, a row that is saved is one that exists: each kind of support is asked for once, and
a barrier is the one with the same name, else with the same effect, else in its place.
"""


def owner_of(case: Case) -> dict[str, Case]:
    """The case, by the name of the foreign key of a row that either can have."""
    return {"bid" if isinstance(case, Bid) else "expression": case}


def change(case: Case, facts: Mapping[str, Any]) -> list[str]:
    """Save `facts` of the locked case; return the names of those that have changed.

    Raise `Invalid`, naming the fields, before anything is written.
    """
    _check(case, facts)
    changed = [name for name, value in facts.items() if _write(case, name, value)]
    columns = [name for name in changed if name in COLUMNS]
    if columns:
        case.save(update_fields=columns)
    return sorted(changed)


def _check(case: Case, facts: Mapping[str, object]) -> None:
    problems: dict[str | None, list[str]] = {}
    for name, value in facts.items():
        try:
            sentences = _problems(case, name, value)
        except ValidationError as error:
            sentences = error.messages
        if sentences:
            problems[name] = sentences
    if problems:
        raise Invalid(problems)


def _problems(case: Case, name: str, value: Any) -> list[str]:
    if name in ROWS:
        return _row_problems(case, name, value)
    if name == "title" and not str(value).strip():
        return ["Enter what the idea is called"]
    if name == "asked" and value is not None and not _is_amount(value):
        return [ABOVE_ZERO]
    if name == "strand" and value is not None and value.round_id != case.round_id:
        return ["Choose a strand of this round"]
    if name == "partners" and case.lead_id in {partner.pk for partner in value}:
        return ["The lead organisation cannot be its own partner"]
    column = case._meta.get_field(name) if name in COLUMNS else None
    if isinstance(column, Field) and isinstance(value, str):
        column.run_validators(value)
    return []


def _row_problems(case: Case, name: str, rows: Iterable[Row]) -> list[str]:
    model = getattr(case, name).model
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        same = tuple(row.get(part) for part in ROWS[name])
        if same in seen:
            return [EACH_ONCE]
        seen.add(same)
        if "amount" in row and not _is_amount(row["amount"]):
            return [ABOVE_ZERO]
        if "financial_year" in row:
            try:
                validators.check_financial_year(row["financial_year"])
            except validators.InvalidValue as problem:
                return [str(problem)]
        built = model(**row)
        built.clean_fields(exclude={"bid", "expression", "amount", "id"})
    return []


def _is_amount(value: object) -> bool:
    return isinstance(value, Money) and value.pence > 0


def _write(case: Case, name: str, value: Any) -> bool:
    if name in LIVING_ROWS:
        return _edit_rows(case, name, list(value))
    if name in ROWS:
        return _write_rows(case, name, list(value))
    if name in COLLECTIONS:
        return _write_collection(case, name, value)
    if name not in COLUMNS:
        raise ValueError(f"{name} is not a fact of a case")
    # The first line keeps its indent.
    value = value.rstrip() if isinstance(value, str) else value
    if getattr(case, name) == value:
        return False
    setattr(case, name, value)
    return True


def _write_collection(case: Case, name: str, rows: Iterable[Model]) -> bool:
    related = getattr(case, name)
    ids = {row.pk for row in rows}
    before = set(related.values_list("pk", flat=True))
    if before - ids:
        related.remove(*before - ids)
    if ids - before:
        related.add(*ids - before)
    return before != ids


def _write_rows(case: Case, name: str, rows: list[Row]) -> bool:
    related = getattr(case, name)
    fields = sorted({field for row in rows for field in row})
    existing_rows = (
        list(related.values(*fields)) if fields else list(related.values("pk"))
    )
    new_rows = [
        {f: getattr(row.get(f), "pk", row.get(f)) for f in fields} for row in rows
    ]
    if len(existing_rows) == len(new_rows) and all(
        row in existing_rows for row in new_rows
    ):
        return False
    if existing_rows:
        related.all().delete()
    related.bulk_create([_build_row(case, related.model, row) for row in rows])
    return True


def _edit_rows(case: Case, name: str, rows: list[Row]) -> bool:
    """Change, add and remove rows, so that those that go on existing stay the same."""
    related = getattr(case, name)
    existing = list(related.all())
    placed = [{**row, "position": place} for place, row in enumerate(rows, start=1)]
    edited = _paired(existing, placed, LIVING_ROWS[name])
    removed = [row.pk for row in existing if row not in edited.values()]
    if removed:
        related.filter(pk__in=removed).delete()
    changed = bool(removed)
    for place, values in enumerate(placed):
        if place in edited:
            changed |= _edit_row(edited[place], values)
        else:
            _build_row(case, related.model, values).save()
            changed = True
    return changed


def _paired(
    existing: Iterable[Model], rows: list[Row], columns: Iterable[str]
) -> dict[int, Model]:
    """The existing row of each new one that has one, by the index of the new one."""
    free, pairs = list(existing), dict[int, Model]()
    for column in columns:
        for index, row in enumerate(rows):
            same = [old for old in free if getattr(old, column) == row[column]]
            if index not in pairs and same:
                pairs[index] = same[0]
                free.remove(same[0])
    return pairs


def _edit_row(row: Model, values: Row) -> bool:
    names = [name for name, value in values.items() if getattr(row, name) != value]
    for name in names:
        setattr(row, name, values[name])
    if names:
        row.save(update_fields=names)
    return bool(names)


def _build_row(case: Case, model: type[Model], row: Row) -> Model:
    return model(**owner_of(case), **row)

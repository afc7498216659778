"""Prevents lost updates: nobody overwrites a value that they have not seen.

An edit form carries the saved values that it showed, signed for its user and address.
When it is sent, the row is locked and read again, and each field has three values:
seen, saved and typed. A field that the user did not change keeps its saved value. A
field that only they changed is saved. If somebody else changed it too, the user sees
all three values and chooses.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date

from django.core import signing
from django.forms import BaseForm, BoundField, Field, FileField
from django.http import HttpRequest, QueryDict

from innovation.core.formatting import format_date
from innovation.web import forms
from innovation.web.forms import child_data, widgets

FIELD = "version"
KEEP_SAVED, KEEP_TYPED = "saved", "typed"
_CHOICE = "keep_"

FieldValue = str | list[str]
"""A field's value as a form sends it."""
Values = Mapping[str, FieldValue]
GroupTitle = Callable[[str], str]
"""Maps a field to the title of its group; empty if it is in no group. Fields of a group
are only saved together.
"""


@dataclass(frozen=True, slots=True)
class Version:
    """The values that a page showed; `None` if unknown. `asked_values` are those that
    the user was asked to choose about, as they had seen them.
    """

    values: Values | None = None
    asked_values: Values = field(default_factory=dict)

    @classmethod
    def from_signed(cls, request: HttpRequest, text: str, form: BaseForm) -> "Version":
        """Read the signed field of a page. A field that was not on the page counts as
        seen with its value in `form`.
        """
        try:
            values, asked_values = signing.loads(text, salt=_salt(request))
        except signing.BadSignature:
            return cls()
        if values is None:
            return cls()
        return cls(field_values(form, form.initial) | values, asked_values)

    def signed(self, request: HttpRequest) -> str:
        return signing.dumps(
            (self.values, self.asked_values), salt=_salt(request), compress=True
        )


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that two people changed, as text. `seen` is `None` if unknown."""

    label: str
    seen_value: str | None
    saved_value: str
    typed_value: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A group of fields that two people changed."""

    name: str
    title: str
    fields: list[FieldConflict]


class EditConflict(Exception):
    """Somebody else changed the same fields. `data` is all that was typed, and
    `version` is what the page that asks about it shows.
    """

    def __init__(
        self, conflicts: list[Conflict], data: QueryDict, version: Version
    ) -> None:
        super().__init__()
        self.conflicts, self.data, self.version = conflicts, data, version

    def hidden_fields(self, excluded: Set[str]) -> list[tuple[str, str]]:
        """What was typed, as hidden fields of the page that asks."""
        return [
            (name, text)
            for name, texts in self.data.lists()
            if name not in excluded and not name.startswith(_CHOICE)
            for text in texts
        ]


class ChoiceForm(forms.Form):
    """Asks which value to save for each conflict."""

    checks_child_data = False

    def __init__(
        self, conflicts: list[Conflict], data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        for conflict in conflicts:
            self.fields[_CHOICE + conflict.name] = forms.ChoiceField(
                [
                    (KEEP_SAVED, "Keep what is saved now"),
                    (KEEP_TYPED, "Save what you typed"),
                ],
                label=f"“{conflict.title}”: which do you want?",
                missing=f"Select which you want for “{conflict.title}”",
            )
        self.conflicts = conflicts

    def choices(self) -> list[tuple[Conflict, BoundField]]:
        return [
            (conflict, self[_CHOICE + conflict.name]) for conflict in self.conflicts
        ]


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The form's data, with the saved values in the fields that the user did not
    change, and the names of those that they changed.
    """

    data: QueryDict
    changed_fields: frozenset[str]


def field_values(form: BaseForm, values: Mapping[str, object]) -> dict[str, FieldValue]:
    return {
        name: _field_value(field, values.get(name))
        for name, field in _fields(form).items()
    }


def complete_data(
    form: BaseForm, data: QueryDict, version: Version, group_title: GroupTitle
) -> QueryDict:
    """The data sent, completed with the seen values of fields that were not on the page
    or for which the user chose the saved value. `form` shows the saved values.
    """
    values = version.values or field_values(form, form.initial)
    completed = data.copy()
    for group in _groups(form, group_title):
        keeps_saved = data.get(_CHOICE + group[0]) == KEEP_SAVED
        for name in group:
            omitted = form.fields[name].widget.value_omitted_from_data
            if keeps_saved or omitted(data, {}, name):
                _set_value(completed, form.fields[name], name, values[name])
    return completed


def merge(
    form: BaseForm,
    saved_values: Mapping[str, object],
    version: Version,
    group_title: GroupTitle,
    *,
    confirms_unchanged: bool,
) -> MergeResult:
    """Merge a valid form with the saved values, which are read under the lock. Raise
    `EditConflict` if somebody else has changed the same fields.

    With `confirms_unchanged`, fields that the user did not change are conflicts too, if
    somebody else has changed them.
    """
    current = field_values(form, saved_values)
    cleaned = {
        name: field.to_python(form[name].data) for name, field in _fields(form).items()
    }
    entered = field_values(form, cleaned)
    seen = current if version.values is None else version.values
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    changed: set[str] = set()
    conflicts: list[list[str]] = []
    for group in _groups(form, group_title):
        user_changed = _differ(group, entered, current) and (
            confirms_unchanged or _differ(group, entered, seen)
        )
        others_changed = version.values is None or _differ(group, current, seen)
        if _is_unanswered(group, version, data) or (user_changed and others_changed):
            conflicts.append(group)
        elif user_changed:
            changed.update(group)
        else:
            for name in group:
                _set_value(data, form.fields[name], name, current[name])
    if conflicts:
        shown_values = {**(version.values or {}), **version.asked_values}
        raise EditConflict(
            [
                _conflict(form, g, group_title, shown_values, current, entered)
                for g in conflicts
            ],
            data,
            Version(
                current,
                {n: shown_values[n] for g in conflicts for n in g if n in shown_values},
            ),
        )
    return MergeResult(data, frozenset(changed))


def _differ(group: list[str], first: Values, second: Values) -> bool:
    return any(first[name] != second[name] for name in group)


def _is_unanswered(group: list[str], version: Version, data: QueryDict) -> bool:
    was_asked = any(name in version.asked_values for name in group)
    return was_asked and _CHOICE + group[0] not in data


def _conflict(
    form: BaseForm,
    group: list[str],
    group_title: GroupTitle,
    seen_values: Values,
    now: Values,
    typed_values: Values,
) -> Conflict:
    field_conflicts = [
        FieldConflict(
            label=str(form.fields[name].label),
            seen_value=_display(form.fields[name], seen_values[name])
            if name in seen_values
            else None,
            saved_value=_display(form.fields[name], now[name]),
            typed_value=_display(form.fields[name], typed_values[name]),
        )
        for name in group
        if not seen_values.get(name) == now[name] == typed_values[name]
    ]
    first = group[0]
    title = group_title(first) or str(form.fields[first].label)
    return Conflict(first, title, field_conflicts)


def _fields(form: BaseForm) -> dict[str, Field]:
    """The form's fields without the confirmation about children, and without files: a
    form adds them and overwrites none.
    """
    return {
        name: field
        for name, field in form.fields.items()
        if name != child_data.FIELD and not isinstance(field, FileField)
    }


def _groups(form: BaseForm, group_title: GroupTitle) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for name in _fields(form):
        title = group_title(name)
        groups.setdefault(f"of {title}" if title else name, []).append(name)
    return list(groups.values())


def _field_value(field: Field, value: object) -> FieldValue:
    value = field.prepare_value(value)
    if isinstance(value, (list, tuple, set)):
        return sorted(str(item) for item in value)
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return "\n".join(text.splitlines()).strip()


def _set_value(data: QueryDict, field: Field, name: str, value: FieldValue) -> None:
    if isinstance(field.widget, widgets.DateParts):
        day = date.fromisoformat(str(value)) if value else None
        for part, text in widgets.DateParts.parts_of(day).items():
            data[f"{name}_{part}"] = text
    elif isinstance(value, list):
        data.setlist(name, value)
    elif value or not isinstance(field, forms.TickField):
        data[name] = value
    else:
        data.pop(name, None)


def _display(field: Field, value: FieldValue) -> str:
    if isinstance(field, forms.TickField):
        return "Yes" if value else "No"
    if hasattr(field, "choices"):
        labels = {str(choice): str(text) for choice, text in field.choices}
        values = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(each, each) for each in values)
    if isinstance(field, forms.DateField) and value:
        return format_date(date.fromisoformat(str(value)))
    if isinstance(field, forms.MoneyField) and value:
        return f"£{value}"
    return str(value)


def _salt(request: HttpRequest) -> str:
    """The salt for this page and user: a signed field is not valid for others."""
    return f"{__name__}:{request.user.pk or 0}:{request.path}"

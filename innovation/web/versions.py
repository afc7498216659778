"""What a form showed of what is saved, so that nobody saves over what they never saw.

An edit form carries the saved values that it showed, signed for its reader and its
address. When it is sent, the row is locked and read again, and each field has three
values: seen, saved now and typed. What its writer left alone stays as it is saved, what
only they changed is saved, and where somebody else changed it too they are shown all
three and choose.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date

from django.core import signing
from django.forms import BaseForm, BoundField, Field
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
"""From a field to the title of what it belongs to; empty where it stands alone. Of
fields that belong together none is taken without the others.
"""


@dataclass(frozen=True, slots=True)
class Version:
    """The values that a page showed; None where that is not known. `asked` are those
    its reader was to choose about, as they had seen them before.
    """

    values: Values | None = None
    asked_values: Values = field(default_factory=dict)

    @classmethod
    def from_signed(cls, request: HttpRequest, text: str, form: BaseForm) -> "Version":
        """What a page sent. `form` shows what is saved: that counts for a field which
        was not on the page.
        """
        try:
            values, asked = signing.loads(text, salt=_salt(request))
        except signing.BadSignature:
            return cls()
        if values is None:
            return cls()
        return cls(field_values(form, form.initial) | values, asked)

    def signed(self, request: HttpRequest) -> str:
        return signing.dumps(
            (self.values, self.asked_values), salt=_salt(request), compress=True
        )


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that two people changed, in words. `seen` is None if not known."""

    label: str
    seen_value: str | None
    saved_value: str
    typed_value: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Fields that belong together and that two people changed."""

    name: str
    title: str
    fields: list[FieldConflict]


class EditConflict(Exception):
    """Somebody else changed what this form changes too. `data` is all that was typed,
    and `version` what the page shows that asks about it.
    """

    def __init__(
        self, conflicts: list[Conflict], data: QueryDict, version: Version
    ) -> None:
        super().__init__()
        self.conflicts, self.data, self.version = conflicts, data, version

    def hidden_fields(self, less: Set[str]) -> list[tuple[str, str]]:
        """What was typed, for the page that asks to send again."""
        return [
            (name, text)
            for name, texts in self.data.lists()
            if name not in less and not name.startswith(_CHOICE)
            for text in texts
        ]


class ChoiceForm(forms.Form):
    """What is to stand of each conflict."""

    checks_child_data = False

    def __init__(
        self, conflicts: list[Conflict], data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        for each in conflicts:
            self.fields[_CHOICE + each.name] = forms.ChoiceField(
                [
                    (KEEP_SAVED, "Keep what is saved now"),
                    (KEEP_TYPED, "Save what you typed"),
                ],
                label=f"“{each.title}”: which do you want?",
                missing=f"Select which you want for “{each.title}”",
            )
        self.conflicts = conflicts

    def choices(self) -> list[tuple[Conflict, BoundField]]:
        return [(each, self[_CHOICE + each.name]) for each in self.conflicts]


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The form's data, with what is saved now in the fields that its writer left alone,
    and the names of those they changed.
    """

    data: QueryDict
    changed_fields: frozenset[str]


def field_values(form: BaseForm, saved: Mapping[str, object]) -> dict[str, FieldValue]:
    return {
        name: _field_value(one, saved.get(name)) for name, one in _fields(form).items()
    }


def complete_data(
    form: BaseForm, data: QueryDict, version: Version, group_title: GroupTitle
) -> QueryDict:
    """What was sent, and what the reader saw in the fields that were not on their page
    or in which they chose what is saved. `form` shows what is saved.
    """
    values = version.values or field_values(form, form.initial)
    given = data.copy()
    for group in _groups(form, group_title):
        kept = data.get(_CHOICE + group[0]) == KEEP_SAVED
        for name in group:
            omitted = form.fields[name].widget.value_omitted_from_data
            if kept or omitted(data, {}, name):
                _set_value(given, form.fields[name], name, values[name])
    return given


def merge(
    form: BaseForm,
    saved: Mapping[str, object],
    version: Version,
    group_title: GroupTitle,
    *,
    confirms_unchanged: bool,
) -> MergeResult:
    """Of a valid form and what is saved, read under its lock. Raises `EditConflict`.

    Where whoever sends it `confirms_unchanged` fields, they are asked about those too.
    """
    now = field_values(form, saved)
    read = {name: one.to_python(form[name].data) for name, one in _fields(form).items()}
    typed = field_values(form, read)
    seen = now if version.values is None else version.values
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    changed: set[str] = set()
    conflicts: list[list[str]] = []
    for group in _groups(form, group_title):
        touched = _differ(group, typed, now) and (
            confirms_unchanged or _differ(group, typed, seen)
        )
        moved = version.values is None or _differ(group, now, seen)
        if _is_unanswered(group, version, data) or (touched and moved):
            conflicts.append(group)
        elif touched:
            changed.update(group)
        else:
            for name in group:
                _set_value(data, form.fields[name], name, now[name])
    if conflicts:
        before = {**(version.values or {}), **version.asked_values}
        words = [_conflict(form, g, group_title, before, now, typed) for g in conflicts]
        asked = {n: before[n] for g in conflicts for n in g if n in before}
        raise EditConflict(words, data, Version(now, asked))
    return MergeResult(data, frozenset(changed))


def _differ(group: list[str], these: Values, those: Values) -> bool:
    return any(these[name] != those[name] for name in group)


def _is_unanswered(group: list[str], version: Version, data: QueryDict) -> bool:
    asked = any(name in version.asked_values for name in group)
    return asked and _CHOICE + group[0] not in data


def _conflict(
    form: BaseForm,
    group: list[str],
    group_title: GroupTitle,
    seen: Values,
    now: Values,
    typed: Values,
) -> Conflict:
    sides = [
        FieldConflict(
            label=str(form.fields[name].label),
            seen_value=_display(form.fields[name], seen[name])
            if name in seen
            else None,
            saved_value=_display(form.fields[name], now[name]),
            typed_value=_display(form.fields[name], typed[name]),
        )
        for name in group
        if not seen.get(name) == now[name] == typed[name]
    ]
    first = group[0]
    return Conflict(first, group_title(first) or str(form.fields[first].label), sides)


def _fields(form: BaseForm) -> dict[str, Field]:
    """Without the question about children, which is about the words just typed."""
    return {name: one for name, one in form.fields.items() if name != child_data.FIELD}


def _groups(form: BaseForm, group_title: GroupTitle) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for name in _fields(form):
        title = group_title(name)
        found.setdefault(f"of {title}" if title else name, []).append(name)
    return list(found.values())


def _field_value(one: Field, value: object) -> FieldValue:
    value = one.prepare_value(value)
    if isinstance(value, (list, tuple, set)):
        return sorted(str(each) for each in value)
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return "\n".join(text.splitlines()).strip()


def _set_value(data: QueryDict, one: Field, name: str, written: FieldValue) -> None:
    if isinstance(one.widget, widgets.DateParts):
        day = date.fromisoformat(str(written)) if written else None
        for part, text in widgets.DateParts.parts_of(day).items():
            data[f"{name}_{part}"] = text
    elif isinstance(written, list):
        data.setlist(name, written)
    elif written or not isinstance(one, forms.TickField):
        data[name] = written
    else:
        data.pop(name, None)


def _display(one: Field, written: FieldValue) -> str:
    if isinstance(one, forms.TickField):
        return "Yes" if written else "No"
    if hasattr(one, "choices"):
        labels = {str(value): str(text) for value, text in one.choices}
        values = written if isinstance(written, list) else [written]
        return ", ".join(labels.get(value, value) for value in values)
    if isinstance(one, forms.DateField) and written:
        return format_date(date.fromisoformat(str(written)))
    if isinstance(one, forms.MoneyField) and written:
        return f"£{written}"
    return str(written)


def _salt(request: HttpRequest) -> str:
    """Of this page and reader: what one was shown says nothing of another's."""
    return f"{__name__}:{request.user.pk or 0}:{request.path}"

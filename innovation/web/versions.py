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
from typing import Any

from django.core import signing
from django.forms import BaseForm, Field
from django.http import HttpRequest, QueryDict

from innovation.core.formatting import written_date
from innovation.web import forms
from innovation.web.forms import children, widgets

FIELD = "version"
SAVED, TYPED = "saved", "typed"
_CHOICE = "keep_"

Written = str | list[str]
"""A field's value as a form sends it."""
Values = Mapping[str, Written]
Together = Callable[[str], str]
"""From a field to the title of what it belongs to; empty where it stands alone. Of
fields that belong together none is taken without the others.
"""


@dataclass(frozen=True, slots=True)
class Version:
    """The values that a page showed; None where that is not known. `asked` are those
    its reader was to choose about, as they had seen them before.
    """

    values: Values | None = None
    asked: Values = field(default_factory=dict)

    @classmethod
    def read(cls, request: HttpRequest, text: str, form: BaseForm) -> "Version":
        """What a page sent. `form` shows what is saved: that counts for a field which
        was not on the page.
        """
        try:
            values, asked = signing.loads(text, salt=_salt(request))
        except signing.BadSignature:
            return cls()
        if values is None:
            return cls()
        return cls(shown(form, form.initial) | values, asked)

    def written(self, request: HttpRequest) -> str:
        return signing.dumps(
            (self.values, self.asked), salt=_salt(request), compress=True
        )


@dataclass(frozen=True, slots=True)
class Side:
    """A field that two people changed, in words. `seen` is None if not known."""

    label: str
    seen: str | None
    saved: str
    typed: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Fields that belong together and that two people changed."""

    name: str
    title: str
    sides: list[Side]


class Overtaken(Exception):
    """Somebody else changed what this form changes too. `data` is all that was typed,
    and `version` what the page shows that asks about it.
    """

    def __init__(
        self, conflicts: list[Conflict], data: QueryDict, version: Version
    ) -> None:
        super().__init__()
        self.conflicts, self.data, self.version = conflicts, data, version

    def carried(self, less: Set[str]) -> list[tuple[str, str]]:
        """What was typed, for the page that asks to send again."""
        return [
            (name, text)
            for name, texts in self.data.lists()
            if name not in less and not name.startswith(_CHOICE)
            for text in texts
        ]


class ChoiceForm(forms.Form):
    """What is to stand of each conflict."""

    asks_about_children = False

    def __init__(self, conflicts: list[Conflict], data: Any = None) -> None:
        super().__init__(data)
        for each in conflicts:
            self.fields[_CHOICE + each.name] = forms.ChoiceField(
                [(SAVED, "Keep what is saved now"), (TYPED, "Save what you typed")],
                label=f"“{each.title}”: which do you want?",
                missing=f"Select which you want for “{each.title}”",
            )
        self.conflicts = conflicts

    def choices(self) -> list[tuple[Conflict, Any]]:
        return [(each, self[_CHOICE + each.name]) for each in self.conflicts]


@dataclass(frozen=True, slots=True)
class Merged:
    """The form's data, with what is saved now in the fields that its writer left alone,
    and the names of those they changed.
    """

    data: QueryDict
    changed: frozenset[str]


def shown(form: BaseForm, saved: Mapping[str, Any]) -> dict[str, Written]:
    return {name: _written(one, saved.get(name)) for name, one in _fields(form).items()}


def completed(
    form: BaseForm, data: QueryDict, version: Version, together: Together
) -> QueryDict:
    """What was sent, and what the reader saw in the fields that were not on their page
    or in which they chose what is saved. `form` shows what is saved.
    """
    values = version.values or shown(form, form.initial)
    given = data.copy()
    for group in _groups(form, together):
        kept = data.get(_CHOICE + group[0]) == SAVED
        for name in group:
            omitted = form.fields[name].widget.value_omitted_from_data
            if kept or omitted(data, {}, name):
                _put(given, form.fields[name], name, values[name])
    return given


def merge(
    form: Any,
    saved: Mapping[str, Any],
    version: Version,
    together: Together,
    *,
    affirms: bool,
) -> Merged:
    """Of a valid form and what is saved, read under its lock. Raises `Overtaken`.

    Where whoever sends `affirms` what they leave alone, they are asked about that too.
    """
    now = shown(form, saved)
    read = {name: one.to_python(form[name].data) for name, one in _fields(form).items()}
    typed = shown(form, read)
    seen = now if version.values is None else version.values
    data: QueryDict = form.data.copy()
    changed: set[str] = set()
    conflicts: list[list[str]] = []
    for group in _groups(form, together):
        touched = _differ(group, typed, now) and (
            affirms or _differ(group, typed, seen)
        )
        moved = version.values is None or _differ(group, now, seen)
        if _unanswered(group, version, data) or (touched and moved):
            conflicts.append(group)
        elif touched:
            changed.update(group)
        else:
            for name in group:
                _put(data, form.fields[name], name, now[name])
    if conflicts:
        before = {**(version.values or {}), **version.asked}
        words = [_conflict(form, g, together, before, now, typed) for g in conflicts]
        asked = {n: before[n] for g in conflicts for n in g if n in before}
        raise Overtaken(words, data, Version(now, asked))
    return Merged(data, frozenset(changed))


def _differ(group: list[str], these: Values, those: Values) -> bool:
    return any(these[name] != those[name] for name in group)


def _unanswered(group: list[str], version: Version, data: QueryDict) -> bool:
    asked = any(name in version.asked for name in group)
    return asked and _CHOICE + group[0] not in data


def _conflict(
    form: BaseForm,
    group: list[str],
    together: Together,
    seen: Values,
    now: Values,
    typed: Values,
) -> Conflict:
    sides = [
        Side(
            label=str(form.fields[name].label),
            seen=_words(form.fields[name], seen[name]) if name in seen else None,
            saved=_words(form.fields[name], now[name]),
            typed=_words(form.fields[name], typed[name]),
        )
        for name in group
        if not seen.get(name) == now[name] == typed[name]
    ]
    first = group[0]
    return Conflict(first, together(first) or str(form.fields[first].label), sides)


def _fields(form: BaseForm) -> dict[str, Field]:
    """Without the question about children, which is about the words just typed."""
    return {name: one for name, one in form.fields.items() if name != children.FIELD}


def _groups(form: BaseForm, together: Together) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for name in _fields(form):
        title = together(name)
        found.setdefault(f"of {title}" if title else name, []).append(name)
    return list(found.values())


def _written(one: Field, value: Any) -> Written:
    value = one.prepare_value(value)
    if isinstance(value, (list, tuple, set)):
        return sorted(str(each) for each in value)
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return "\n".join(text.splitlines()).strip()


def _put(data: QueryDict, one: Field, name: str, written: Written) -> None:
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


def _words(one: Any, written: Written) -> str:
    if isinstance(one, forms.TickField):
        return "Yes" if written else "No"
    if hasattr(one, "choices"):
        labels = {str(value): str(text) for value, text in one.choices}
        values = written if isinstance(written, list) else [written]
        return ", ".join(labels.get(value, value) for value in values)
    if isinstance(one, forms.DateField) and written:
        return written_date(date.fromisoformat(str(written)))
    if isinstance(one, forms.MoneyField) and written:
        return f"£{written}"
    return str(written)


def _salt(request: HttpRequest) -> str:
    """Of this page and reader: what one was shown says nothing of another's."""
    return f"{__name__}:{request.user.pk or 0}:{request.path}"

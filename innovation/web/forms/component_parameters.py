"""The component of the Design System for each widget, and its parameters."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

from innovation.web.components import Typed
from innovation.web.forms import widgets

Params = dict[str, Any]


def label_of(bound: forms.BoundField) -> str:
    """The label, with “(optional)” where needed: not on filters, nor on a field that is
    `silently_optional` because a hint or its row says when it is needed.
    """
    text = str(bound.label)
    silent = bound.field.required or getattr(bound.form, "is_filter", False)
    if silent or getattr(bound.field, "silently_optional", False):
        return text
    return f"{text} (optional)"


def _common(bound: forms.BoundField) -> Params:
    params: Params = {"id": bound.auto_id, "name": bound.html_name}
    if bound.help_text:
        kind = "html" if hasattr(bound.help_text, "__html__") else "text"
        params["hint"] = {kind: str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {
            "text": Typed(error_text(bound, str(bound.errors[0])))
        }
    return params


def error_text(bound: forms.BoundField, error: str) -> str:
    """The error message. Unlike Django's message for an empty answer it names the
    field, and where the field stands if others have the same label.
    """
    if place := getattr(bound.field, "place", ""):
        place = getattr(bound.field, "wider_errors", {}).get(error, place)
        if not place:
            return error
        return f"{place}: {error[:1].lower()}{error[1:]}"
    if error != forms.Field.default_error_messages["required"]:
        return error
    label = str(bound.label)
    return f"Enter {label[:1].lower()}{label[1:]}"


def _label(bound: forms.BoundField) -> Params:
    heading = getattr(bound.field, "page_heading", False)
    params: Params = {
        "text": label_of(bound),
        "classes": f"govuk-label--{'l' if heading else 's'}",
    }
    if heading:
        params["isPageHeading"] = True
    return params


def _fieldset(bound: forms.BoundField) -> Params:
    label = _label(bound)
    label["classes"] = label["classes"].replace("label", "fieldset__legend")
    return {"legend": label}


def _text_value(bound: forms.BoundField) -> Typed:
    value = bound.value()
    return Typed("" if value is None else str(value))


def _attributes(bound: forms.BoundField, *names: str) -> Params:
    """The widget's attributes that the component has no parameter for."""
    skipped = {"class", "rows", "cols", "id", "maxlength", "minlength", *names}
    attrs = bound.field.widget.attrs
    extra = {k: v for k, v in attrs.items() if k not in skipped and v is not False}
    return {k: "" if v is True else str(v) for k, v in extra.items()}


def _input(bound: forms.BoundField) -> tuple[str, Params]:
    widget = bound.field.widget
    assert isinstance(widget, forms.widgets.Input)
    attributes = _attributes(
        bound, "inputmode", "autocomplete", "spellcheck", "placeholder"
    )
    params = {
        **_common(bound),
        "label": _label(bound),
        "value": _text_value(bound),
        "type": "text" if widget.input_type == "number" else widget.input_type,
        "classes": widget.attrs.get("class", ""),
        "attributes": attributes,
    }
    if widget.input_type == "number":
        params["inputmode"] = "numeric"
    for attr in ("inputmode", "autocomplete", "spellcheck"):
        if attr in widget.attrs:
            params[attr] = widget.attrs[attr]
    if isinstance(widget, widgets.MoneyInput):
        params["prefix"] = {"text": "£"}
    if isinstance(widget, forms.PasswordInput):
        params["value"] = ""
        return "password-input", params
    return "input", params


def _textarea(bound: forms.BoundField) -> tuple[str, Params]:
    params = {
        **_common(bound),
        "label": _label(bound),
        "value": _text_value(bound),
        "rows": bound.field.widget.attrs.get("rows", 5),
        "attributes": _attributes(bound),
    }
    max_words = getattr(bound.field, "max_words", None)
    max_letters = getattr(bound.field, "max_length", None)
    if hasattr(bound.field, "place"):
        # A script copies a row, and would copy what the count says of it.
        return "textarea", params
    if max_words:
        return "character-count", {**params, "maxwords": max_words}
    if max_letters:
        return "character-count", {**params, "maxlength": max_letters}
    return "textarea", params


def _date(bound: forms.BoundField) -> tuple[str, Params]:
    parts = widgets.DateParts.parts_of(bound.value())
    parts_with_errors = getattr(
        bound.field, "wrong_parts", lambda parts: widgets.PARTS
    )(parts)
    error = " govuk-input--error"
    items = [
        {
            "id": f"{bound.auto_id}-{part}",
            "name": f"{bound.html_name}_{part}",
            "label": part.capitalize(),
            "value": Typed(parts[part]),
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (error if bound.errors and part in parts_with_errors else ""),
        }
        for part in widgets.PARTS
    ]
    return "date-input", {
        **_common(bound),
        "namePrefix": None,
        "fieldset": _fieldset(bound),
        "items": items,
    }


def _select(bound: forms.BoundField) -> tuple[str, Params]:
    values = _selected_values(bound)
    typed = getattr(bound.field, "typed_choice", None)
    items = [
        {
            "value": Typed(str(value)) if value == typed else str(value),
            "text": Typed(str(text)) if value == typed else str(text),
            "selected": str(value) in values,
        }
        for value, text in choices(bound)
    ]
    return "select", {
        **_common(bound),
        "label": _label(bound),
        "items": items,
        "attributes": _attributes(bound),
    }


def _options(bound: forms.BoundField) -> list[Params]:
    hints = getattr(bound.field, "choice_hints", {})
    reveals = getattr(bound.field, "reveals", {})
    values = _selected_values(bound)
    items: list[Params] = []
    for value, text in choices(bound):
        key = str(value)
        item: Params = {"value": key, "text": str(text), "checked": key in values}
        if key in hints:
            item["hint"] = {"text": hints[key]}
        if key in reveals:
            html = "\n".join(bound.form[name].as_field_group() for name in reveals[key])
            item["conditional"] = {"html": Typed(mark_safe(html))}
        items.append(item)
    return items


def _radios(bound: forms.BoundField) -> tuple[str, Params]:
    params = {
        **_common(bound),
        "idPrefix": bound.auto_id,
        "fieldset": _fieldset(bound),
        "items": [item for item in _options(bound) if item["value"]],
    }
    if getattr(bound.field, "inline", False):
        params["classes"] = "govuk-radios--inline"
    return "radios", params


def _checkboxes(bound: forms.BoundField) -> tuple[str, Params]:
    return "checkboxes", {
        **_common(bound),
        "idPrefix": bound.auto_id,
        "fieldset": _fieldset(bound),
        "items": _options(bound),
    }


def _tick(bound: forms.BoundField) -> tuple[str, Params]:
    """One checkbox with its label beside it, and no question above it."""
    params = _common(bound)
    item: Params = {
        "value": "on",
        "text": str(bound.label),
        "checked": bool(bound.value()),
    }
    if "hint" in params:
        item["hint"] = params.pop("hint")
    return "checkboxes", {**params, "idPrefix": bound.auto_id, "items": [item]}


def _file(bound: forms.BoundField) -> tuple[str, Params]:
    """The browser's own control: the scripted one fails axe's rule on names."""
    return "file-upload", {
        **_common(bound),
        "label": _label(bound),
        "attributes": _attributes(bound),
    }


def choices(bound: forms.BoundField) -> list[tuple[object, object]]:
    widget = bound.field.widget
    assert isinstance(widget, forms.widgets.ChoiceWidget)
    flat: list[tuple[object, object]] = []
    for value, text in widget.choices:
        if isinstance(text, (list, tuple)):
            flat += list(text)
        else:
            flat.append((value, text))
    return flat


def _selected_values(bound: forms.BoundField) -> set[str]:
    value = bound.value()
    many = value if isinstance(value, (list, tuple, set)) else [value]
    return {"" if item is None else str(item) for item in many}


COMPONENTS: tuple[
    tuple[type[forms.Widget], Callable[[forms.BoundField], tuple[str, Params]]], ...
] = (
    (widgets.DateParts, _date),
    (forms.Textarea, _textarea),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.SelectMultiple, _checkboxes),
    (forms.Select, _select),
    (forms.CheckboxInput, _tick),
    (forms.FileInput, _file),
    (forms.widgets.Input, _input),
)

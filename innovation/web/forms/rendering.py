"""Turns a plain Django form into GOV.UK components, field by field."""

from django import forms
from django.utils.safestring import SafeString, mark_safe

from innovation.web.components import cached_component, component
from innovation.web.forms import widgets
from innovation.web.forms.component_parameters import COMPONENTS, error_text


def form_html(form: forms.BaseForm) -> SafeString:
    """The visible fields in order, then the hidden ones.

    A field that is revealed by an answer is drawn inside that answer only.
    """
    inside = {
        name
        for field in form.fields.values()
        for names in getattr(field, "reveals", {}).values()
        for name in names
    }
    fields = [field for field in form.visible_fields() if field.name not in inside]
    parts = [
        *(field_html(field) for field in fields),
        *(str(field) for field in form.hidden_fields()),
    ]
    return mark_safe("\n".join(parts))


def field_html(bound: forms.BoundField) -> SafeString:
    widget = bound.field.widget
    for kind, draw in COMPONENTS:
        if isinstance(widget, kind):
            return cached_component(*draw(bound))
    raise TypeError(f"No GOV.UK component is known for {type(widget).__name__}")


def error_summary_html(form: forms.BaseForm) -> SafeString:
    """The error summary; empty if there are no errors."""
    if not form.is_bound or not form.errors:
        return SafeString()
    items = [{"text": text} for text in form.non_field_errors()]
    # In the order of the page: some errors are found after others.
    for name in form.fields:
        bound = form[name]
        href = f"#{first_input(bound)}"
        items += [
            {"text": error_text(bound, str(text)), "href": href}
            for text in form.errors.get(name, [])
        ]
    return component(
        "error-summary", {"titleText": "There is a problem", "errorList": items}
    )


def first_input(bound: forms.BoundField) -> str:
    """The id that a link to the field points at; for a date, its first part."""
    if isinstance(bound.field.widget, widgets.DateParts):
        return f"{bound.auto_id}-day"
    return bound.auto_id

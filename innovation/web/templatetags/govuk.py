"""Tags and filters that templates can use without `{% load %}`."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from django import template
from django.forms import BaseForm
from django.template import engines, loader
from django.templatetags.static import static
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from innovation.core import formatting
from innovation.core.money import Money
from innovation.web import assets
from innovation.web.components import component
from innovation.web.forms.rendering import error_summary_html

register = template.Library()
_NEWLINE = re.compile(r"\r\n|\r|\n")
_SHAPE = re.compile(r"\t|  |^ ", re.MULTILINE)


@cache
def _path(keyword: str) -> tuple[str, ...]:
    """`label__is_page_heading` → `("label", "isPageHeading")`."""
    return tuple(
        re.sub(r"_(\w)", lambda match: match[1].upper(), part)
        for part in keyword.split("__")
    )


@register.simple_tag
def govuk(
    component_name: str,
    base: Mapping[str, object] | None = None,
    /,
    **parameters: object,
) -> SafeString:
    """`{% govuk "button" text="Save" %}`: any component of the Design System.

    Keywords are its parameters in snake case; `label__text` sets a nested one. `base`
    is a dictionary from the view, which keywords override.
    """
    merged: dict[str, Any] = dict(base or {})
    for keyword, value in parameters.items():
        *outer, last = _path(keyword)
        level = merged
        for part in outer:
            level[part] = dict(level.get(part) or {})
            level = level[part]
        level[last] = value
    return component(component_name, merged)


@register.simple_tag
def jinja(template_name: str, **context: object) -> SafeString:
    """`{% jinja "timeline.html" items=timeline %}`: a template of `templates/jinja2`,
    which sees these values only.
    """
    html: str = _jinja_template(template_name).render(context)
    return mark_safe(html)


@cache
def _jinja_template(name: str) -> Any:
    return engines["jinja2"].get_template(name)


@register.simple_tag
def error_summary(form: BaseForm | str | None) -> SafeString:
    """The errors of the form, each linked to its field; empty without a form."""
    return error_summary_html(form) if isinstance(form, BaseForm) else SafeString()


@lru_cache(maxsize=1024)
def _tag(text: str, colour: str) -> SafeString:
    classes = f"govuk-tag govuk-tag--{escape(colour)}" if colour else "govuk-tag"
    return format_html('<strong class="{}">{}</strong>', mark_safe(classes), text)


@register.filter
def linebreaksbr(text: Any) -> SafeString:
    """Text with the shape in which it was typed: Django's filter of this name keeps the
    line breaks only, this one also tabs and spaces.
    """
    html = _NEWLINE.sub("<br>", conditional_escape(text))
    if _SHAPE.search(str(text)):
        html = f'<span class="app-shape">{html}</span>'
    return mark_safe(html)


@register.filter
def tag(text: object, colour: str = "") -> SafeString:
    """`{{ "New"|tag:"green" }}`. Cached, so cheap in long lists."""
    return _tag(str(text), colour)


@register.simple_tag
def state_tag(state: tuple[str, str]) -> SafeString:
    """The tag of a state given as `(words, colour)`, as `wording.py` keeps it."""
    text, colour = state
    return _tag(str(text), colour)


@register.filter
def money(value: Money | int | str | None) -> str:
    """`£1,234.50`, from `Money` or whole pence; empty if the amount is unknown."""
    if value is None or value == "":
        return ""
    return str(value if isinstance(value, Money) else Money(int(value)))


@register.filter
def day(value: date | datetime | None) -> str:
    return formatting.format_date(value) if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    return formatting.format_time(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    return formatting.format_moment(value) if value else ""


@register.filter
def deadline(value: date | datetime | None) -> str:
    """`11:59pm (UK time) on 28 February 2027`: by when something must be done."""
    return formatting.format_deadline(value)


@register.filter
def span(value: timedelta | None) -> str:
    return formatting.format_duration(value)


@register.filter
def exactly(value: datetime | None) -> str:
    return formatting.format_exact_moment(value)


@register.filter
def count(number: int) -> str:
    """`1,234`."""
    return f"{number:,}"


@register.filter
def signed(number: float) -> str:
    """`+3.2`, `−3.2` or `0.0`."""
    tenths = round(number, 1)
    return f"{tenths:+.1f}".replace("-", "−") if tenths else "0.0"


@register.filter
def get(mapping: Mapping[object, object], key: object) -> object:
    return mapping.get(key, "")


@cache
def _fixed_component(name: str) -> SafeString:
    return component(name, {})


@register.simple_tag
def fixed(name: str) -> SafeString:
    """A component that is the same on every page, rendered once per process."""
    return _fixed_component(name)


@cache
def _fixed_template(name: str) -> SafeString:
    return loader.render_to_string(name)


@register.simple_tag
def include_fixed(name: str) -> SafeString:
    """A template that is the same on every page, rendered once per process."""
    return _fixed_template(name)


_FOOTER_LINKS = [
    {"text": "Help and contact", "href": "/help"},
    {"text": "Give feedback", "href": "/feedback"},
    {"text": "Accessibility statement", "href": "/accessibility"},
    {"text": "Cookies", "href": "/cookies"},
    {"text": "Privacy", "href": "/privacy"},
]


@cache
def _footer() -> SafeString:
    return component("footer", {"meta": {"items": _FOOTER_LINKS}})


@register.simple_tag
def footer() -> SafeString:
    """The footer of every page."""
    return _footer()


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file, hashed if files are collected."""
    return _asset(name)


@register.simple_tag
def integrity(name: str) -> str:
    """The hash that the browser checks before it runs a script."""
    return assets.integrity(name)


@cache
def _asset(name: str) -> str:
    return static(name)

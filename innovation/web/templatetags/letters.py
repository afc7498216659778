"""Filters for letters that mark what somebody typed, so that it cannot look like words
of the department.
"""

from django import template

from innovation.core import lines

register = template.Library()
_MARKS = str.maketrans('“”„‟"', "‘’‘’'")


@register.filter
def quote(text: object) -> str:
    """On one line, in quotation marks that the text cannot close, without links."""
    return f"“{lines.without_links(lines.single_line(str(text))).translate(_MARKS)}”"


@register.filter
def blockquote(text: object) -> str:
    """Start each line with the quotation mark of mail programs."""
    text_lines = lines.plain_lines(str(text)).splitlines()
    return "\n".join(f"> {line}".rstrip() for line in text_lines)


@register.filter
def unlinked(text: object) -> str:
    """Remove links. Use before `blockquote` for text from somebody unknown."""
    return lines.without_links(str(text))

"""What others typed, in a letter of ours: marked as theirs, so that it cannot look like
words of the department.
"""

from django import template

from innovation.core import lines

register = template.Library()
_MARKS = str.maketrans('“”„‟"', "‘’‘’'")


@register.filter
def quote(text: object) -> str:
    """On one line in quotation marks, which it cannot close, and without links."""
    return f"“{lines.without_links(lines.single_line(str(text))).translate(_MARKS)}”"


@register.filter
def blockquote(text: object) -> str:
    """Each line begins with the mark that mail programs give to what others wrote."""
    found = lines.plain_lines(str(text)).strip().splitlines()
    return "\n".join(f"> {line}".rstrip() for line in found)


@register.filter
def unlinked(text: object) -> str:
    """Before `blockquote`, where a stranger may have typed it."""
    return lines.without_links(str(text))

"""Brings what a domain call found wrong back to the fields it is about."""

from django.forms import BaseForm

from innovation.core.errors import Invalid


def add_problems(form: BaseForm, found: Invalid) -> None:
    """A problem with a field the form does not have is one with the whole form."""
    for name, sentences in found.problems.items():
        field = name if name in form.fields else None
        for sentence in sentences:
            form.add_error(field, sentence)

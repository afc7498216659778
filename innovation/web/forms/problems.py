"""Brings what a domain call found wrong back to the fields it is about."""

from django.forms import BaseForm

from innovation.core.errors import Invalid


def add_problems(form: BaseForm, found: Invalid) -> None:
    """A problem with a field the form does not have is one with the whole form. A form
    whose fields have other names than the facts says where each belongs: `place_of`.
    """
    place_of = getattr(form, "place_of", lambda name: name)
    for name, sentences in found.problems.items():
        field = place_of(name) if name else None
        field = field if field in form.fields else None
        for sentence in sentences:
            form.add_error(field, sentence)

"""Adds the problems of a domain error to the fields of a form."""

from django.forms import BaseForm

from innovation.core.errors import Invalid


def add_problems(form: BaseForm, error: Invalid) -> None:
    """A problem of a field that the form does not have becomes one of the whole form.
    `place_of` maps names of the domain to fields of the form, where they differ.
    """
    place_of = getattr(form, "place_of", lambda name: name)
    for name, sentences in error.problems.items():
        field = place_of(name) if name else None
        field = field if field in form.fields else None
        for sentence in sentences:
            form.add_error(field, sentence)

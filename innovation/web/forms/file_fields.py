"""Several files in one field."""

from typing import Unpack

from django import forms

from innovation.web.forms.fields import FileField
from innovation.web.forms.options import FieldOptions


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(FileField):
    """Answers with a list. What may be in the files is the domain's to say."""

    def __init__(self, *, missing: str, **more: Unpack[FieldOptions]) -> None:
        more.setdefault("widget", FilesInput())
        super().__init__(missing=missing, **more)

    def clean(self, data: object, initial: object = None) -> list[object]:
        chosen = data if isinstance(data, list | tuple) else [data]
        if not chosen:
            return [one for one in [super().clean(None, initial)] if one]
        return [super(FilesField, self).clean(one, initial) for one in chosen]

"""Several files in one field."""

from typing import Unpack

from django import forms

from innovation.web.forms.fields import FileField
from innovation.web.forms.options import FieldOptions


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(FileField):
    """The value is a list. The domain checks the contents of the files."""

    def __init__(self, *, missing: str, **more: Unpack[FieldOptions]) -> None:
        more.setdefault("widget", FilesInput())
        super().__init__(missing=missing, **more)

    def clean(self, data: object, initial: object = None) -> list[object]:
        files = data if isinstance(data, list | tuple) else [data]
        if not files:
            return [file for file in [super().clean(None, initial)] if file]
        return [super(FilesField, self).clean(file, initial) for file in files]

"""The storage of files in a folder; `buckets` is the one for S3."""

import contextlib
import os
from typing import TYPE_CHECKING

from django.core.files import File
from django.core.files.storage import FileSystemStorage

from innovation.core import outages


class _FileSystemStorage(FileSystemStorage):
    """Declares the methods for subclasses that django-stubs leaves out."""

    if TYPE_CHECKING:

        def _save(self, name: str, content: File[bytes]) -> str: ...

        def _open(self, name: str, mode: str = "rb") -> File[bytes]: ...


class Folder(_FileSystemStorage):
    """Deletes a file that was only partly saved, and turns errors into outages."""

    def _save(self, name: str, content: File[bytes]) -> str:
        try:
            return super()._save(name, content)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.remove(self.path(name))
            raise outages.storage_outage() from error

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        try:
            return super()._open(name, mode)
        except OSError as error:
            raise outages.storage_outage() from error

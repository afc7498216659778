"""The storage of files in a folder; `buckets` is the one for S3."""

import contextlib
import os

from django.core.files import File
from django.core.files.storage import FileSystemStorage

from innovation.core import outages


class Folder(FileSystemStorage):
    """Removes a file that could not be saved whole, and turns errors into outages."""

    def _save(self, name: str, content: object) -> str:
        try:
            return str(super()._save(name, content))  # type: ignore[misc]  # not in the stubs
        except OSError as error:
            with contextlib.suppress(OSError):
                os.remove(self.path(name))
            raise outages.storage_outage() from error

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        try:
            opened: File[bytes] = super()._open(name, mode)  # type: ignore[misc]  # not in the stubs
        except OSError as error:
            raise outages.storage_outage() from error
        return opened

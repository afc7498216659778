"""The bucket in which files are kept, where `S3_BUCKET` names one."""

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from storages.backends.s3 import S3Storage

from innovation.core import outages


class Bucket(S3Storage):
    """Turns every error of the client into an outage of the file storage."""

    def save(
        self, name: str | None, content: object, max_length: int | None = None
    ) -> str:
        try:
            return str(super().save(name, content, max_length))
        except SuspiciousFileOperation:
            raise
        except Exception as error:
            raise outages.storage_outage() from error

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        try:
            opened: File[bytes] = super()._open(name, mode)
        except Exception as error:
            raise outages.storage_outage() from error
        return opened

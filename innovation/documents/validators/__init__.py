"""Checks whether a file can be accepted: its size, extension and contents."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from innovation.documents.validators.errors import FileRejected
from innovation.documents.validators.kinds import KINDS, check, kind_named
from innovation.documents.validators.names import extension, tidy_name

ACCEPTED_FORMATS = "PDF, Word, OpenDocument, Excel, PNG or JPEG"
ACCEPT = ",".join(f".{name}" for kind in KINDS for name in kind.extensions)
"""The `accept` attribute for the browser's file dialogue, which does not enforce it."""

__all__ = ["ACCEPT", "ACCEPTED_FORMATS", "FileRejected", "kind_of"]


def kind_of(upload: "UploadedFile[bytes]") -> str:
    """The kind, such as `docx`. Raise `FileRejected`, with a message for the user."""
    name = tidy_name(upload.name or "")
    max_megabytes = settings.DOCUMENT_MOST_MEGABYTES
    if not upload.size:
        raise FileRejected(f"“{name}” is empty")
    if upload.size > max_megabytes * 1_000_000:
        raise FileRejected(f"“{name}” must be smaller than {max_megabytes}MB")
    kind = kind_named(extension(name))
    if kind is None:
        raise FileRejected(f"“{name}” must be a {ACCEPTED_FORMATS} file")
    assert upload.file is not None
    try:
        check(kind, upload.file)
    except FileRejected as error:
        raise FileRejected(f"“{name}” {error}") from error
    finally:
        upload.seek(0)
    return kind.code

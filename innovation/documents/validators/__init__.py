"""Whether a file may be taken in: its size, its extension and what is inside it."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from innovation.documents.validators.kinds import KINDS, FileRejected
from innovation.documents.validators.names import extension, tidy_name

ACCEPTED_FORMATS = "PDF, Word, OpenDocument, Excel, PNG or JPEG"
ACCEPT = ",".join(f".{name}" for kind in KINDS for name in kind.extensions)
"""For the browser's own dialogue; it promises nothing."""

__all__ = ["ACCEPT", "ACCEPTED_FORMATS", "FileRejected", "kind_of"]


def kind_of(upload: "UploadedFile[bytes]") -> str:
    """The kind, such as `docx`. Raises `FileRejected`, whose text names the file."""
    name = tidy_name(upload.name or "")
    most = settings.DOCUMENT_MOST_MEGABYTES
    if not upload.size:
        raise FileRejected(f"“{name}” is empty")
    if upload.size > most * 1_000_000:
        raise FileRejected(f"“{name}” must be smaller than {most}MB")
    wanted = extension(name)
    kind = next((kind for kind in KINDS if wanted in kind.extensions), None)
    if kind is None:
        raise FileRejected(f"“{name}” must be a {ACCEPTED_FORMATS} file")
    assert upload.file is not None
    upload.seek(0)
    try:
        kind.check(upload.file)
    except FileRejected as unfit:
        raise FileRejected(f"“{name}” {unfit}") from unfit
    finally:
        upload.seek(0)
    return kind.code

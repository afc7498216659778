"""Nobody fills the machine by sending a file without end."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class Bounded(FileUploadHandler):
    """What a file has beyond `UPLOAD_MOST_BYTES` is dropped as it arrives. Each form
    takes less than that, and so refuses for its size what was cut here. How many files
    a request may have is Django’s `DATA_UPLOAD_MAX_NUMBER_FILES`.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        within = start + len(raw_data) <= settings.UPLOAD_MOST_BYTES
        return raw_data if within else None

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""

"""Nobody fills the machine by sending a file without end."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from innovation.core import limits


class BoundedUploadHandler(FileUploadHandler):
    """What a file has beyond `FILE_BYTES` is dropped as it arrives. Each form takes
    less than that, and so refuses for its size what was cut here. A request that says
    that it is larger than all its files may be is not read. How many files it may have
    is Django’s `DATA_UPLOAD_MAX_NUMBER_FILES`.
    """

    def handle_raw_input(
        self,
        input_data: object,
        META: object,
        content_length: int,
        boundary: object,
        encoding: object = None,
    ) -> None:
        if content_length > limits.BODY_WITH_FILES_BYTES:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        within = start + len(raw_data) <= limits.FILE_BYTES
        return raw_data if within else None

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""

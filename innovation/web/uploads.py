"""Limits the size of uploads while they arrive."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from innovation.core import limits


class BoundedUploadHandler(FileUploadHandler):
    """Drops what a file has beyond `FILE_BYTES`. Every form's limit is lower, so forms
    refuse files that were cut here. A request larger than the limit for all its files
    is not read. Django’s `DATA_UPLOAD_MAX_NUMBER_FILES` limits their number.
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
        is_within_limit = start + len(raw_data) <= limits.FILE_BYTES
        return raw_data if is_within_limit else None

    def file_complete(self, file_size: int) -> None:
        """The next handlers create the file."""

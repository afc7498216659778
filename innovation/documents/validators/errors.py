class FileRejected(Exception):
    """A file that is not taken in; the text is what its sender is told."""

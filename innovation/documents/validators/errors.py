class FileRejected(Exception):
    """A file that is not accepted; the message is for the user."""

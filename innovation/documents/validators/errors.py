class FileRejected(Exception):
    """A file that is not accepted. The message follows the name of the file."""


class WrongKind(FileRejected):
    """The file is not of the kind that its name says, or is damaged."""


LOCKED = "cannot be checked: save it without a password"
MACROS = "contains macros: save it without them"

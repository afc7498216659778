"""The null character, which JSON and forms may hold and PostgreSQL may not.

Without Django: the confined process that opens a workbook reads it too.
"""


def without_nulls(text: str) -> str:
    """Without the null character, which no text of PostgreSQL holds."""
    return text.replace("\x00", "")

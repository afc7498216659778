"""How much of anything the service takes. Each limit is here, but for how often
passwords, invitations and letters about accounts go: `accounts.domain.limits`.

Numbers alone, so that settings, models, forms and jobs can all read them.
docs/limits.md says what holds each of them, and a test compares the two.
"""

from datetime import timedelta

# --- text, in characters ---------------------------------------------------
LINE = 200
"""One line, unless its field says less or more."""
TEXT = 20_000
"""A text of several lines that has no limit of words."""
TEXT_CEILING = 100_000
"""What the database takes of any text, and a draft of one that is too long to send."""
CHARACTERS_A_WORD = 12
"""On average in a text with a limit of words: twice what English has."""
WORDS = 5_000
"""The largest limit of words that a question may have."""
MESSAGE = 5_000
COMMENT = 2_000
LINES_OF_NAMES = 200
NUMBER = 40
"""Of an amount or a number, however it is written."""
ANSWER_CEILING = 150_000
"""Characters of all fields of one answer together, rows included."""
JSON_CEILING = 1_000_000
"""Characters of what one column of JSON holds."""
LETTER = 1_000_000
SEARCH = 200
ADDRESS = 500
"""Of a page, as it is kept with a form."""


def characters(words: int | None) -> int:
    """That a text of so many words may have."""
    return words * CHARACTERS_A_WORD if words else TEXT


# --- one request -----------------------------------------------------------
BODY_BYTES = 1_000_000
"""Without files."""
BODY_FIELDS = 1_000
BODY_FILES = 10
BODY_WITH_FILES_BYTES = 110_000_000
FILE_BYTES = 25_000_000
"""Of one file as it arrives. `DOCUMENT_MOST_MEGABYTES` is less."""
FILE_NAME = 150
"""Characters; what is more is cut before the extension."""
ROWS = 60
"""Of a question that has rows."""

# --- files -----------------------------------------------------------------
FILES_OF_QUESTION = 10
FILES_OF_CASE = 200
BYTES_OF_CASE = 500_000_000
"""Added in all, those taken away again included: they are kept."""

# --- lists -----------------------------------------------------------------
PAGE_ROWS = 25
API_PAGE_ROWS = 100
EXPORTS_A_PERSON = 10
"""Of all cases or all roles, for each `EXPORT_WINDOW`."""
EXPORT_WINDOW = timedelta(hours=1)
REPORTS_A_PERSON = 20
"""Asked for in each `EXPORT_WINDOW`."""

# --- past cases ------------------------------------------------------------
IMPORT_BYTES = 5_000_000
IMPORT_ROWS = 5_000
IMPORT_COLUMNS = 100
PROBLEM = 500
"""Characters of what is said of one cell."""
IMPORT_UNPACKED_BYTES = 60_000_000

# --- work done in a process of its own -------------------------------------
SANDBOX_BYTES = 260_000_000
SANDBOX_SECONDS = 10
SANDBOX_AT_ONCE = 2
"""For each process that asks; others wait `SANDBOX_WAIT_SECONDS` and are then told."""
SANDBOX_WAIT_SECONDS = 5
SANDBOX_ANSWER_BYTES = 20_000_000

PDFS_A_PERSON = 60
"""Made in each `PDF_WINDOW`; of strangers, for one address."""
PDF_WINDOW = timedelta(minutes=10)

# --- what is left by who is signed in no longer ----------------------------
UNSENT_FORMS_OF_PERSON = 20
UNSENT_BYTES_OF_PERSON = 2_000_000
UNSENT_BYTES = 200_000_000
"""Of everybody together."""
UNSENT_LIFE = timedelta(days=2)
UNSENT_WINDOW = timedelta(minutes=1)
UNSENT_FORMS_A_PERSON = 60
"""In each `UNSENT_WINDOW`; a page that saves by itself needs 40 of them."""
UNSENT_FORMS_AN_ADDRESS = 120

# --- what grows while people work ------------------------------------------
CHANGES_A_PERSON = 1_200
"""Forms sent in each `CHANGES_WINDOW`; of strangers, from one address."""
CHANGES_WINDOW = timedelta(hours=1)
DRAFT_WINDOW = timedelta(hours=1)
DRAFT_BYTES_A_PERSON = 20_000_000
"""Of versions of answers, for each `DRAFT_WINDOW`."""
CASE_WINDOW = timedelta(days=365)
VERSION_BYTES_OF_CASE = 300_000_000
"""Of versions of its answers, for each `CASE_WINDOW`."""
TOKENS_A_PERSON = 10
"""That work at the same time."""
EMAIL_ADDRESSES_A_PERSON = 3
WARNINGS_A_PERSON = 100
"""Recorded of words that look as if they told of a child, each day."""
AUTOSAVE_LIFE = timedelta(days=2)
"""Then of what a page saved by itself the last of each `AUTOSAVE_INTERVAL` is kept."""
AUTOSAVE_INTERVAL = timedelta(minutes=10)
FORM_LIFE = timedelta(days=2)
PRESENCE_LIFE = timedelta(days=1)
ACCOUNT_LETTER_LIFE = timedelta(days=3)
"""Of codes and links that the sign-in pages send."""
UNCONFIRMED_LIFE = timedelta(days=4)
"""Of an account whose address was never confirmed."""
FAILURE_LIFE = timedelta(days=90)
LATE_ATTEMPTS_A_CASE = 50

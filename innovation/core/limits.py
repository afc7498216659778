"""The limits of the service, except those on passwords, invitations and letters about
accounts: see `accounts.domain.limits`.

This module holds only numbers, so that settings, models, forms and jobs can import it.
docs/limits.md says what enforces each limit, and a test compares the two.
"""

from datetime import timedelta

# --- text, in characters ---------------------------------------------------
LINE = 200
"""One line, unless its field says less or more."""
TEXT = 20_000
"""A text of several lines that has no word limit."""
TEXT_CEILING = 100_000
"""Of any text column, and of a draft answer that is too long to send."""
CHARACTERS_A_WORD = 12
"""On average, in a text with a word limit: twice the average of English."""
WORDS = 5_000
"""The largest word limit that a question may have."""
MESSAGE = 5_000
COMMENT = 2_000
LINES_OF_NAMES = 200
SUGGESTIONS = 8
"""Names suggested at once."""
ADDED_ORGANISATIONS = 200
"""Partners that are not registered, which one organisation’s applicants may add."""
NUMBER = 40
"""Of an amount or a number, as typed."""
ANSWER_CEILING = 150_000
"""Characters in all fields of one answer, including its rows."""
JSON_CEILING = 1_000_000
"""Characters in one JSON column."""
LETTER = 1_000_000
SEARCH = 200
SEARCHED_CHARACTERS = 150_000
"""Of all answers of a case together, that a search finds: 25,000 words, and less than
PostgreSQL’s largest tsvector, 1 MB.
"""
ADDRESS = 500
"""Of a page, as stored with a form."""


def characters(words: int | None) -> int:
    """The most characters in a text of at most `words` words."""
    return words * CHARACTERS_A_WORD if words else TEXT


# --- one request -----------------------------------------------------------
BODY_BYTES = 1_000_000
"""Without files."""
BODY_FIELDS = 1_000
BODY_FILES = 10
BODY_WITH_FILES_BYTES = 110_000_000
FILE_BYTES = 25_000_000
"""Of one file in a request. `DOCUMENT_MOST_MEGABYTES` must be less."""
FILE_NAME = 150
"""Characters; longer names are cut before the extension."""
ROWS = 60
"""In the answer to a question that has rows."""

# --- files -----------------------------------------------------------------
FILES_OF_QUESTION = 10
FILES_OF_CASE = 200
BYTES_OF_CASE = 500_000_000
"""All files ever added, including those removed: they are kept."""

# --- lists -----------------------------------------------------------------
PAGE_ROWS = 25
API_PAGE_ROWS = 100
EXPORTS_A_PERSON = 10
"""CSV files that are streamed, for each `EXPORT_WINDOW`."""
EXPORTS_AN_ADDRESS = 100
"""Public ones, without signing in. An office can have one address."""
EXPORT_WINDOW = timedelta(hours=1)
REPORTS_A_PERSON = 20
"""Requested in each `EXPORT_WINDOW`."""

# --- past cases ------------------------------------------------------------
IMPORT_BYTES = 5_000_000
IMPORT_ROWS = 5_000
IMPORT_COLUMNS = 100
PROBLEM = 500
"""Characters in the message about one cell."""
IMPORT_UNPACKED_BYTES = 60_000_000

# --- work done in a process of its own -------------------------------------
SANDBOX_BYTES = 260_000_000
SANDBOX_SECONDS = 10
SANDBOX_AT_ONCE = 2
"""For each web process; others wait `SANDBOX_WAIT_SECONDS` and are then refused."""
SANDBOX_WAIT_SECONDS = 5
SANDBOX_ANSWER_BYTES = 20_000_000

PDFS_A_PERSON = 60
"""In each `PDF_WINDOW`; for one address where nobody is signed in."""
PDF_WINDOW = timedelta(minutes=10)

# --- time to act -----------------------------------------------------------
OFFER_LIFE = timedelta(days=28)
"""To answer the offer of a grant, unless the official gives another date."""
RECONSIDERATION_LIFE = timedelta(days=28)
"""After a decline, to ask that it is looked at again."""

# --- forms sent after the session ended ------------------------------------
UNSENT_FORMS_OF_PERSON = 20
UNSENT_BYTES_OF_PERSON = 2_000_000
UNSENT_BYTES = 200_000_000
"""Of all users together."""
UNSENT_LIFE = timedelta(days=2)
UNSENT_WINDOW = timedelta(minutes=1)
UNSENT_FORMS_A_PERSON = 60
"""In each `UNSENT_WINDOW`; a page that saves automatically needs 40."""
UNSENT_FORMS_AN_ADDRESS = 120

# --- work of one person or case --------------------------------------------
CHANGES_A_PERSON = 1_200
"""Forms sent in each `CHANGES_WINDOW`; from one address where nobody is signed in."""
CHANGES_WINDOW = timedelta(hours=1)
DRAFT_WINDOW = timedelta(hours=1)
DRAFT_BYTES_A_PERSON = 20_000_000
"""In versions of answers, for each `DRAFT_WINDOW`."""
CASE_WINDOW = timedelta(days=365)
VERSION_BYTES_OF_CASE = 300_000_000
"""In versions of its answers, for each `CASE_WINDOW`."""
TOKENS_A_PERSON = 10
"""Active at the same time."""
VIEWS_A_PERSON = 50
"""Of the list of cases, saved under a name."""
EMAIL_ADDRESSES_A_PERSON = 3
WARNINGS_A_PERSON = 100
"""Warnings about words that may identify a child, recorded each day."""
AUTOSAVE_LIFE = timedelta(days=2)
"""Older versions that a page saved automatically are thinned out: the last of each
`AUTOSAVE_INTERVAL` is kept, later the last of each hour, and then of each day.
"""
AUTOSAVE_INTERVAL = timedelta(minutes=10)
AUTOSAVE_HOURLY_AGE = timedelta(days=14)
AUTOSAVE_DAILY_AGE = timedelta(days=60)
FORM_LIFE = timedelta(days=2)
PRESENCE_LIFE = timedelta(days=1)
ACCOUNT_LETTER_LIFE = timedelta(days=3)
"""For letters with codes and links from the sign-in pages."""
UNCONFIRMED_LIFE = timedelta(days=4)
"""Of an account whose address was never confirmed."""
FAILURE_LIFE = timedelta(days=90)
SERVICE_FEEDBACK = 3_000
"""Characters."""
SERVICE_FEEDBACK_WINDOW = timedelta(hours=1)
SERVICE_FEEDBACK_A_SENDER = 20
"""In each `SERVICE_FEEDBACK_WINDOW`; from one address where nobody is signed in."""
SERVICE_FEEDBACK_IN_ALL = 300
"""From everybody together, in each `SERVICE_FEEDBACK_WINDOW`."""
SERVICE_FEEDBACK_LIFE = timedelta(days=365)
LATE_ATTEMPTS_A_CASE = 50

"""The words that a search can be corrected to, collected from all cases: here those of
titles, summaries and leads, and by `search_texts` those of answers.

A case does not change after it was sent, so the words are collected now and then. They
are those of all cases: `queries.search_words` only offers the ones that the reader's
own cases have.
"""

from django.db import connection

_COLLECT = """
    WITH words AS MATERIALIZED (
        SELECT word FROM ts_stat($texts$
            SELECT to_tsvector('simple', fold_text(title || ' ' || summary))
            FROM bids_expression WHERE submitted_at IS NOT NULL
            UNION ALL
            SELECT to_tsvector('simple', fold_text(name))
            FROM organisations_organisation
            WHERE id IN (SELECT lead_id FROM bids_expression
                         WHERE submitted_at IS NOT NULL)
        $texts$)
        WHERE word ~ '^[[:alpha:]]{4,40}$'
    ), gone AS (
        DELETE FROM bids_searchword AS listed
        WHERE NOT in_answers
        AND NOT EXISTS (SELECT FROM words WHERE words.word = listed.word)
    )
    INSERT INTO bids_searchword (word)
    SELECT word FROM words
    WHERE NOT EXISTS (SELECT FROM bids_searchword AS listed
                      WHERE listed.word = words.word)
    ON CONFLICT DO NOTHING
"""


def collect() -> None:
    """Add the words that are new, and remove those that no case has any more."""
    with connection.cursor() as cursor:
        cursor.execute(_COLLECT)

"""The words that a search can be corrected to, collected from all cases.

A case does not change after it was sent, so the words are collected now and then. They
are those of all cases: `queries.search_words` only offers the ones that the reader's
own cases say.
"""

from django.db import connection

_COLLECT = """
    WITH said AS MATERIALIZED (
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
        WHERE NOT EXISTS (SELECT FROM said WHERE said.word = listed.word)
    )
    INSERT INTO bids_searchword (word)
    SELECT word FROM said
    WHERE NOT EXISTS (SELECT FROM bids_searchword AS listed
                      WHERE listed.word = said.word)
    ON CONFLICT DO NOTHING
"""


def collect() -> None:
    """Make the list that of the cases there are."""
    with connection.cursor() as cursor:
        cursor.execute(_COLLECT)

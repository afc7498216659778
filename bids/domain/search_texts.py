"""Collects what a search finds in the answers of the cases that were sent.

A job does this within a minute of the sending, which need not wait for it. Searches
find a change to a bid that was returned when the bid is sent again. The title and the
summary stand here too, for a search of words that the title and an answer say between
them; not those of past records, which can be corrected and have no answers.
"""

from django.db import connection, transaction

from innovation.core import limits

BATCH = 200
"""Cases in one statement."""
_COLLECT = """
    WITH sent AS (
        SELECT expression.id, bid.id AS bid_id,
            greatest(expression.submitted_at, bid.submitted_at) AS sent_at
        FROM bids_expression AS expression
        LEFT JOIN bids_bid AS bid
            ON bid.expression_id = expression.id AND bid.submitted_at IS NOT NULL
        LEFT JOIN bids_searchtext AS collected
            ON collected.expression_id = expression.id
        WHERE expression.submitted_at IS NOT NULL
            AND collected.sent_at IS DISTINCT FROM
                greatest(expression.submitted_at, bid.submitted_at)
        LIMIT %(batch)s
    ), texts AS MATERIALIZED (
        SELECT sent.id, sent.sent_at,
            left(fold_text(left(coalesce(string_agg(part.text, E'\\n'), ''),
                                %(longest)s)), %(longest)s) AS text
        FROM sent LEFT JOIN LATERAL (
            SELECT title || ' ' || summary FROM bids_expression
            WHERE id = sent.id AND submitted_by_id IS NOT NULL
            UNION ALL
            SELECT CASE jsonb_typeof(value) WHEN 'string' THEN value #>> '{}'
                   ELSE jsonb_path_query_array(value, '$[*].name')::text END
            FROM bids_answer
            WHERE expression_id = sent.id OR bid_id = sent.bid_id
            UNION ALL
            SELECT law_or_rule || ' ' || what_it_stops FROM bids_barrier
            WHERE expression_id = sent.id OR bid_id = sent.bid_id
            UNION ALL
            SELECT detail FROM bids_supportneed
            WHERE expression_id = sent.id OR bid_id = sent.bid_id
            UNION ALL
            SELECT description || ' ' || measure FROM bids_expectedoutcome
            WHERE expression_id = sent.id
            UNION ALL
            SELECT title || ' ' || summary || ' ' || theory_of_change || ' '
                || evaluation_plan
            FROM bids_bid WHERE id = sent.bid_id
            UNION ALL
            SELECT description || ' ' || measure FROM bids_outcome
            WHERE bid_id = sent.bid_id
            UNION ALL
            SELECT description FROM bids_milestone WHERE bid_id = sent.bid_id
            UNION ALL
            SELECT description || ' ' || mitigation FROM bids_risk
            WHERE bid_id = sent.bid_id
            UNION ALL
            SELECT source FROM bids_otherfunding WHERE bid_id = sent.bid_id
            UNION ALL
            SELECT text FROM bids_partnerletter WHERE bid_id = sent.bid_id
        ) AS part(text) ON true
        GROUP BY sent.id, sent.sent_at
    ), words AS (
        INSERT INTO bids_searchword (word, in_answers)
        SELECT DISTINCT lexeme, true
        FROM texts, unnest(to_tsvector('simple', text))
        WHERE lexeme ~ '^[[:alpha:]]{4,40}$'
        ON CONFLICT (word) DO UPDATE SET in_answers = true
        WHERE NOT bids_searchword.in_answers
    )
    INSERT INTO bids_searchtext (expression_id, words, sent_at)
    SELECT id, to_tsvector('english', text), sent_at FROM texts
    ON CONFLICT (expression_id)
    DO UPDATE SET words = excluded.words, sent_at = excluded.sent_at
"""


def collect() -> None:
    """Write the words of the cases that were sent since the last time."""
    parameters = {"batch": BATCH, "longest": limits.SEARCHED_CHARACTERS}
    written = BATCH
    while written == BATCH:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_COLLECT, parameters)
            written = cursor.rowcount

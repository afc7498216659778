"""A seal: what the whole log looked like at a moment, to be kept outside it.

Whoever can rewrite every hash in the database cannot rewrite a seal that was printed,
posted or stored elsewhere. It covers transactions that had ended before it was made,
so that a late commit never breaks it.
"""

from django.db import connection

_UP_TO = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text"
_DIGEST = """
    SELECT encode(sha256(convert_to(
        coalesce(string_agg(hash, '' ORDER BY txid, id), ''), 'UTF8')), 'hex')
    FROM audit_event WHERE txid < %s
"""


def make() -> str:
    """`<transaction>:<digest>`, to be given to `holds` later."""
    with connection.cursor() as cursor:
        cursor.execute(_UP_TO)
        transaction = int(cursor.fetchone()[0])
    return f"{transaction}:{_digest(transaction)}"


def holds(seal: str) -> bool:
    """Whether the log up to the seal is what it was. Raises `ValueError` for a text
    that is no seal.
    """
    transaction, _, digest = seal.partition(":")
    return _digest(int(transaction)) == digest


def _digest(transaction: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_DIGEST, [transaction])
        return str(cursor.fetchone()[0])

"""The condition under which guards let an imported case be changed: two people have
decided what of it is wrong, and the event that states it has not been recorded yet.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Model

from innovation.audit.columns import column_of
from innovation.audit.guards import sql_list

RETRACTION = "correction.sheet_column = ''"
_DONE = """
    EXISTS (
        SELECT FROM funding_correction AS correction
        WHERE correction.{case}_id = {pk} AND correction.state = 'done' AND {allows}
          AND NOT EXISTS (
            SELECT FROM audit_event AS event WHERE event.chain_id = {chain}
              AND event.name IN ('{case}.corrected', '{case}.retracted')
              AND event.data ->> 'correction' = correction.key))
"""

Fields = Mapping[str, Iterable[str]]


def in_correction_of_row(case: str, *allows: str) -> str:
    """The condition for an update of the case itself, whose chain is `parent`."""
    return _DONE.format(
        case=case, pk="NEW.id", chain="parent.id", allows=" AND ".join(allows)
    )


def in_correction_of(case: str, field: str, corrected: Fields) -> str:
    """The condition for a row that belongs to the case, which is `parent`."""
    return _DONE.format(
        case=case,
        pk="parent.id",
        chain="parent.chain_id",
        allows=f"correction.sheet_column IN {_columns_of(field, corrected)}",
    )


def unchanged(model: type[Model], fields: Iterable[str]) -> str:
    old, new = (
        ", ".join(f"{row}.{column_of(model, field)}" for field in fields)
        for row in ("OLD", "NEW")
    )
    return f"({old}) IS NOT DISTINCT FROM ({new})"


def unchanged_unless(model: type[Model], field: str, condition: str) -> str:
    return f"({unchanged(model, [field])} OR {condition})"


def only_corrected(
    model: type[Model], fields: Iterable[str], corrected: Fields
) -> list[str]:
    """For each field: it changes only in a correction of a column that fills it in."""
    return [
        unchanged_unless(
            model, field, f"correction.sheet_column IN {_columns_of(field, corrected)}"
        )
        for field in fields
    ]


def _columns_of(field: str, corrected: Fields) -> str:
    return sql_list(name for name, fields in corrected.items() if field in fields)

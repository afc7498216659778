"""The privileges of the application's database user: read all, insert evidence, update
what may change. They are a second barrier besides the triggers of `guards`.
"""

from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from innovation.audit import guards
from innovation.audit.events import COLUMNS
from innovation.audit.guards import NEVER, Guard
from innovation.audit.models import Chain, Event, Tally

READ_ONLY = (
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
)
"""Written by `migrate`, which runs as the owner."""
FUNCTIONS = ("audit_fold(date)",)
_LOG = {
    Event._meta.db_table: ("SELECT", f"INSERT ({', '.join(COLUMNS)})"),
    Chain._meta.db_table: ("SELECT", "INSERT"),
    Tally._meta.db_table: ("SELECT",),
    # Written only by triggers: see `evidence`.
    "audit_touched": ("SELECT",),
}
_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    ORDER BY relname
"""
_REMAINING_RIGHTS = """
    SELECT format('%%s on the database', kind)
    FROM unnest(ARRAY['CREATE', 'TEMPORARY']) AS kind
    WHERE has_database_privilege(%(user)s, current_database(), kind)
    UNION ALL
    SELECT 'CREATE on the schema public'
    WHERE has_schema_privilege(%(user)s, 'public', 'CREATE')
    UNION ALL
    SELECT 'the owner’s own rights'
    WHERE EXISTS (SELECT FROM pg_class WHERE relname = 'audit_event'
                  AND pg_has_role(%(user)s, relowner, 'MEMBER'))
"""


def grant(user: str) -> None:
    """Give `user` these privileges and no others. Run it as the owner of the tables and
    of the database; it can be repeated. Raise `ImproperlyConfigured` if the user has
    another privilege that this owner cannot revoke.
    """
    with connection.cursor() as cursor:
        for statement in statements(connection.ops.quote_name(user)):
            cursor.execute(statement)
        cursor.execute(_REMAINING_RIGHTS, {"user": user})
        rights = [right for (right,) in cursor.fetchall()]
    if rights:
        raise ImproperlyConfigured(
            f"{user} still has {', '.join(rights)}. Run this as the database’s owner."
        )


def statements(user: str) -> Iterator[str]:
    """The statements; `user` is already quoted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_database())")
        [database] = cursor.fetchone() or [""]
        cursor.execute(_TABLES)
        tables = [table for (table,) in cursor.fetchall()]
    for kind, name in (("DATABASE", database), ("SCHEMA", "public")):
        revoked = "CREATE, TEMPORARY" if kind == "DATABASE" else "CREATE"
        yield f"REVOKE {revoked} ON {kind} {name} FROM PUBLIC, {user}"
    yield f"GRANT USAGE ON SCHEMA public TO {user}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {user}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {user}"
    for function in FUNCTIONS:
        yield f"GRANT EXECUTE ON FUNCTION {function} TO {user}"
    declared = guards.declarations().guards
    for table in tables:
        rights = _rights(table, declared.get(table))
        name = connection.ops.quote_name(table)
        yield f"GRANT {', '.join(rights)} ON {name} TO {user}"


def _rights(table: str, guard: Guard | None) -> tuple[str, ...]:
    if table in _LOG:
        return _LOG[table]
    if table in READ_ONLY:
        return ("SELECT",)
    if guard is None:
        return ("SELECT", "INSERT", "UPDATE", "DELETE")
    return ("SELECT", "INSERT", *_update(guard), *_delete(guard))


def _update(guard: Guard) -> list[str]:
    if guard.whole_rows:
        return ["UPDATE"]
    # The privilege on one column is enough to lock the row.
    columns = [*guard.changing_columns, *(["id"] if guard.may_lock else [])]
    return [f"UPDATE ({', '.join(columns)})"] if columns else []


def _delete(guard: Guard) -> list[str]:
    return [] if guard.deletable_when == NEVER else ["DELETE"]

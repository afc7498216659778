"""The triggers of a register’s table, for the migration that creates it.

This text must never change, because existing migrations use it. If `manage.py
write_triggers` prints another text, or a table is altered, put that into a new
migration. A test compares what is installed with what is declared.
"""

from collections.abc import Collection, Sequence

_TRIGGERS = """
CREATE FUNCTION audit_facts_{table}(r {table})
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        {facts})
$$;
CREATE FUNCTION audit_note_{table}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r {table};
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_{table}(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_{table}(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        r.chain_id,
        0),
        '{table}', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_{table}() FROM PUBLIC;
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_note_{table}();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON {table}
    FOR EACH ROW
    WHEN ((OLD.id, OLD.chain_id, OLD.key)
        IS DISTINCT FROM (NEW.id, NEW.chain_id, NEW.key))
    EXECUTE FUNCTION audit_guard();
"""


def row_triggers(
    table: str,
    columns: Sequence[str],
    *,
    moments: Collection[str] = (),
    texts: Collection[str] = (),
) -> str:
    """`columns` are those after `id`, `chain_id` and `key`, in the table’s order;
    `texts` are stated as a digest.
    """
    expressions = dict.fromkeys(moments, "audit_moment(r.{})")
    expressions |= dict.fromkeys(texts, "audit_digest(r.{})")
    facts = ",\n        ".join(
        f"'{name}', {expressions.get(name, 'r.{}').format(name)}"
        for name in ("id", "chain_id", "key", *columns)
    )
    return _TRIGGERS.format(table=table, facts=facts)

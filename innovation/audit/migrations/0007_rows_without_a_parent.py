"""A guard does not look for the parent of a row that has none."""

from django.db import migrations

CHECK = """
    -- A row of an expression has no bid to ask about. To write and plan the query for
    -- that takes PostgreSQL longer than all else of such an INSERT.
    IF to_jsonb(before) ->> TG_ARGV[1] IS NULL AND to_jsonb(after) ->> TG_ARGV[1] IS NULL
    THEN
        RETURN after;
    END IF;
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION audit_guard_within() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    -- The parent's table, the column that points at it, what must be true of it, and
    -- how it is held meanwhile. A row that moves to another parent asks both.
    parents text := format(
        'FROM public.%I AS parent WHERE parent.id IN (($1).%I, ($2).%I)',
        TG_ARGV[0], TG_ARGV[1], TG_ARGV[1]);
    question text := format('SELECT bool_and((%s) IS TRUE) %s', TG_ARGV[2], parents);
    before record := CASE TG_OP WHEN 'INSERT' THEN NEW ELSE OLD END;
    after record := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    allowed boolean;
BEGIN{check}    -- Held first: a statement sees only what was committed when it began to wait.
    IF TG_ARGV[3] <> '' THEN
        EXECUTE format('SELECT %s %s', parents, TG_ARGV[3]) USING before, after;
    END IF;
    EXECUTE question INTO allowed USING before, after;
    IF NOT allowed THEN
        RAISE EXCEPTION '% is evidence: this % is refused where its % stands',
            TG_TABLE_NAME, TG_OP, TG_ARGV[1]
            USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN after;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_name_of_a_check")]
    operations = [
        migrations.RunSQL(
            FUNCTION.replace("{check}", CHECK), FUNCTION.replace("{check}", "\n")
        )
    ]

"""A guard asks about its parent once it holds it: it then sees what was committed while
it waited.
"""

from django.db import migrations

FORWARD = """
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
BEGIN
    -- Held first: a statement sees only what was committed when it began to wait.
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
BACKWARD = """
CREATE OR REPLACE FUNCTION audit_guard_within() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    -- The parent's table, the column that points at it, what must be true of it, and
    -- how it is held meanwhile. A row that moves to another parent asks both.
    question text := format(
        'SELECT bool_and(allowed) FROM (SELECT (%s) IS TRUE AS allowed'
        ' FROM public.%I AS parent WHERE parent.id IN (($1).%I, ($2).%I) %s) AS found',
        TG_ARGV[2], TG_ARGV[0], TG_ARGV[1], TG_ARGV[1], TG_ARGV[3]);
    allowed boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        EXECUTE question INTO allowed USING NEW, NEW;
    ELSIF TG_OP = 'DELETE' THEN
        EXECUTE question INTO allowed USING OLD, OLD;
    ELSE
        EXECUTE question INTO allowed USING OLD, NEW;
    END IF;
    IF NOT allowed THEN
        RAISE EXCEPTION '% is evidence: this % is refused where its % stands',
            TG_TABLE_NAME, TG_OP, TG_ARGV[1]
            USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_rows")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

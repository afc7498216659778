"""The check that a chain is moved by an event alone is named by what it checks."""

from django.db import migrations

FORWARD = """
DROP TRIGGER audit_chain_told ON audit_chain;
ALTER FUNCTION audit_chain_told() RENAME TO audit_chain_follows_event;
CREATE CONSTRAINT TRIGGER audit_chain_follows_event AFTER UPDATE ON audit_chain
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain_follows_event();

CREATE OR REPLACE FUNCTION audit_refuse_unstated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last audit_event;
BEGIN
    IF NOT EXISTS (SELECT FROM audit_touched WHERE id = NEW.id) THEN
        RETURN NULL;
    END IF;
    -- Written after the last event of its chain: one more states it, in its name.
    IF NEW.chain_id = 0 THEN
        SELECT * INTO last FROM audit_event
        WHERE txid = pg_current_xact_id()::text::bigint ORDER BY id DESC LIMIT 1;
    ELSE
        SELECT * INTO last FROM audit_event
        WHERE chain_id = NEW.chain_id ORDER BY seq DESC LIMIT 1;
    END IF;
    IF last.txid IS DISTINCT FROM pg_current_xact_id()::text::bigint THEN
        RAISE EXCEPTION 'Row % of % was changed without an event',
            NEW.row_key, NEW.relation USING ERRCODE = 'integrity_constraint_violation',
            HINT = 'Evidence is changed together with an event of its chain.';
    END IF;
    -- Where checks are made before the end, that of the chain still follows its event.
    SET CONSTRAINTS audit_chain_follows_event DEFERRED;
    INSERT INTO audit_event
        (chain_id, seq, name, subject, actor, at, data, tally, stage, request_id,
         recorded_at, txid, previous, hash)
    VALUES (last.chain_id, 0, 'evidence.stated', last.subject, last.actor, last.at,
        '{}', '{}', '', last.request_id, now(), 0, '', '');
    RETURN NULL;
END $$;
"""
BACKWARD = """
DROP TRIGGER audit_chain_follows_event ON audit_chain;
ALTER FUNCTION audit_chain_follows_event() RENAME TO audit_chain_told;
CREATE CONSTRAINT TRIGGER audit_chain_told AFTER UPDATE ON audit_chain
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain_told();

CREATE OR REPLACE FUNCTION audit_refuse_unstated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last audit_event;
BEGIN
    IF NOT EXISTS (SELECT FROM audit_touched WHERE id = NEW.id) THEN
        RETURN NULL;
    END IF;
    -- Written after the last event of its chain: one more states it, in its name.
    IF NEW.chain_id = 0 THEN
        SELECT * INTO last FROM audit_event
        WHERE txid = pg_current_xact_id()::text::bigint ORDER BY id DESC LIMIT 1;
    ELSE
        SELECT * INTO last FROM audit_event
        WHERE chain_id = NEW.chain_id ORDER BY seq DESC LIMIT 1;
    END IF;
    IF last.txid IS DISTINCT FROM pg_current_xact_id()::text::bigint THEN
        RAISE EXCEPTION 'Row % of % was changed without an event',
            NEW.row_key, NEW.relation USING ERRCODE = 'integrity_constraint_violation',
            HINT = 'Evidence is changed together with an event of its chain.';
    END IF;
    -- Where checks are made before the end, that of the chain still follows its event.
    SET CONSTRAINTS audit_chain_told DEFERRED;
    INSERT INTO audit_event
        (chain_id, seq, name, subject, actor, at, data, tally, stage, request_id,
         recorded_at, txid, previous, hash)
    VALUES (last.chain_id, 0, 'evidence.stated', last.subject, last.actor, last.at,
        '{}', '{}', '', last.request_id, now(), 0, '', '');
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_hold_the_parent_first")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

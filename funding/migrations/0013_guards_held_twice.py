"""Envelopes and meetings in use are held by their declared guards: these never fired."""

from django.db import migrations

GUARD = """
CREATE FUNCTION funding_envelope_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.round_id, OLD.strand_id, OLD.financial_year, OLD.key)
        IS DISTINCT FROM (NEW.round_id, NEW.strand_id, NEW.financial_year, NEW.key)
    AND EXISTS (SELECT FROM funding_moneyline WHERE envelope_id = OLD.id) THEN
        RAISE EXCEPTION 'Money was counted against this envelope'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION funding_meeting_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'This meeting was held: its day and its quorum stay'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER envelope_guard BEFORE UPDATE ON bids_envelope
    FOR EACH ROW EXECUTE FUNCTION funding_envelope_guard();
CREATE TRIGGER meeting_guard BEFORE UPDATE ON funding_meeting
    FOR EACH ROW WHEN (
        OLD.state IN ('held', 'minuted') AND
        (OLD.starts_at, OLD.quorum) IS DISTINCT FROM (NEW.starts_at, NEW.quorum)
    ) EXECUTE FUNCTION funding_meeting_guard();
"""
GONE = """
DROP TRIGGER envelope_guard ON bids_envelope;
DROP TRIGGER meeting_guard ON funding_meeting;
DROP FUNCTION funding_envelope_guard();
DROP FUNCTION funding_meeting_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0012_evidence")]
    operations = [migrations.RunSQL(GONE, GUARD)]

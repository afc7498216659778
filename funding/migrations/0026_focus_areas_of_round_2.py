"""Empty the focus areas of round 1 that awards of round 2 have, where the history was
loaded before the files told the two apart. What somebody imported stays.

Each award gets an event with its former focus area, which its public page shows.
"""

from django.db import migrations

FORWARD = """
ALTER TABLE funding_award DISABLE TRIGGER guard_within_chain;
DO $$
DECLARE
    award funding_award;
BEGIN
    FOR award IN
        SELECT one.* FROM funding_award AS one
        JOIN bids_round AS round ON round.id = one.round_id
        WHERE one.state = 'recorded' AND round.name = 'Round 2, 2016 to 2020'
          AND one.focus_area NOT IN ('', 'Scale and spread')
          AND NOT EXISTS (SELECT FROM funding_importedcase WHERE subject = one.key)
        ORDER BY one.id
    LOOP
        UPDATE funding_award SET focus_area = '',
            revised_on = (now() AT TIME ZONE 'Europe/London')::date
        WHERE id = award.id;
        INSERT INTO audit_event
            (chain_id, name, subject, actor, at, data, tally, stage, request_id)
        VALUES (
            award.chain_id, 'award.corrected_by_release', award.key, 'service', now(),
            jsonb_build_object(
                'column', 'focus area', 'before', award.focus_area,
                'revised_before', award.revised_on),
            '{}', '', '');
    END LOOP;
END $$;
-- A table with pending checks cannot be altered.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE funding_award ENABLE TRIGGER guard_within_chain;
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0025_correctable_columns")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]

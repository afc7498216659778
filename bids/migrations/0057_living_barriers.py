"""Barriers and support needs stay the same rows when they are edited, and a bid carries
on those of its expression. What becomes of a barrier stands in a register of its own.
"""

import django.db.models.deletion
from django.db import migrations, models

GUARDS_OFF = "SELECT audit_unguard('bids_barrier', 'bids_supportneed');"
FUNCTIONS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_barrier(r bids_barrier)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'bid_id', r.bid_id,
        'carries_on_id', r.carries_on_id,
        'position', r.position,
        'law_or_rule', audit_digest(r.law_or_rule),
        'what_it_stops', audit_digest(r.what_it_stops))
$$;
CREATE OR REPLACE FUNCTION audit_facts_bids_supportneed(r bids_supportneed)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'bid_id', r.bid_id,
        'carries_on_id', r.carries_on_id,
        'position', r.position,
        'kind', r.kind,
        'detail', audit_digest(r.detail))
$$;
CREATE OR REPLACE FUNCTION audit_note_bids_barrier() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_barrier;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_barrier(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_barrier(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_barrier', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_barrier() FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit_note_bids_supportneed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_supportneed;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_supportneed(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_supportneed(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_supportneed', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_supportneed() FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit_parts_bids_bid(application bigint)
RETURNS TABLE (relation text, row_id bigint, facts jsonb)
LANGUAGE sql STABLE AS $$
    SELECT 'bids_answer', r.id, audit_facts_bids_answer(r)
    FROM bids_answer AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_barrier', r.id, audit_facts_bids_barrier(r)
    FROM bids_barrier AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_bid_councils', r.id, audit_facts_bids_bid_councils(r)
    FROM bids_bid_councils AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_bid_partners', r.id, audit_facts_bids_bid_partners(r)
    FROM bids_bid_partners AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_bid_practice_models', r.id, audit_facts_bids_bid_practice_models(r)
    FROM bids_bid_practice_models AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_bidmoney', r.id, audit_facts_bids_bidmoney(r)
    FROM bids_bidmoney AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_casedocument', r.id, audit_facts_bids_casedocument(r)
    FROM bids_casedocument AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_milestone', r.id, audit_facts_bids_milestone(r)
    FROM bids_milestone AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_otherfunding', r.id, audit_facts_bids_otherfunding(r)
    FROM bids_otherfunding AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_outcome', r.id, audit_facts_bids_outcome(r)
    FROM bids_outcome AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_partnerletter', r.id, audit_facts_bids_partnerletter(r)
    FROM bids_partnerletter AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_risk', r.id, audit_facts_bids_risk(r)
    FROM bids_risk AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_supportneed', r.id, audit_facts_bids_supportneed(r)
    FROM bids_supportneed AS r WHERE r.bid_id = application
$$;
"""
GUARDS = """
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_supportneed
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_supportneed
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id, OLD.bid_id) IS DISTINCT FROM (NEW.id, NEW.expression_id, NEW.bid_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE OR DELETE ON bids_supportneed
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE OR DELETE ON bids_supportneed
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_barrier
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_barrier
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id, OLD.bid_id) IS DISTINCT FROM (NEW.id, NEW.expression_id, NEW.bid_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE OR DELETE ON bids_barrier
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE OR DELETE ON bids_barrier
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
"""
FORMER_FUNCTIONS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_barrier(r bids_barrier)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'law_or_rule', audit_digest(r.law_or_rule),
        'what_it_stops', audit_digest(r.what_it_stops),
        'owner', audit_digest(r.owner),
        'route', r.route,
        'state', r.state)
$$;
CREATE OR REPLACE FUNCTION audit_facts_bids_supportneed(r bids_supportneed)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'kind', r.kind,
        'detail', audit_digest(r.detail))
$$;
CREATE OR REPLACE FUNCTION audit_note_bids_barrier() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_barrier;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_barrier(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_barrier(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_barrier', r.id, stated);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION audit_note_bids_supportneed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_supportneed;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_supportneed(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_supportneed(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_supportneed', r.id, stated);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION audit_parts_bids_bid(application bigint)
RETURNS TABLE (relation text, row_id bigint, facts jsonb)
LANGUAGE sql STABLE AS $$
    SELECT 'bids_answer', r.id, audit_facts_bids_answer(r)
    FROM bids_answer AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_bid_councils', r.id, audit_facts_bids_bid_councils(r)
    FROM bids_bid_councils AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_bid_partners', r.id, audit_facts_bids_bid_partners(r)
    FROM bids_bid_partners AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_bid_practice_models', r.id, audit_facts_bids_bid_practice_models(r)
    FROM bids_bid_practice_models AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_bidmoney', r.id, audit_facts_bids_bidmoney(r)
    FROM bids_bidmoney AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_casedocument', r.id, audit_facts_bids_casedocument(r)
    FROM bids_casedocument AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_milestone', r.id, audit_facts_bids_milestone(r)
    FROM bids_milestone AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_otherfunding', r.id, audit_facts_bids_otherfunding(r)
    FROM bids_otherfunding AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_outcome', r.id, audit_facts_bids_outcome(r)
    FROM bids_outcome AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_partnerletter', r.id, audit_facts_bids_partnerletter(r)
    FROM bids_partnerletter AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_risk', r.id, audit_facts_bids_risk(r)
    FROM bids_risk AS r WHERE r.bid_id = application
$$;
"""
FORMER_GUARDS = """
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_supportneed
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_supportneed
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id) IS DISTINCT FROM (NEW.id, NEW.expression_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE OR DELETE ON bids_supportneed
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_barrier
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_barrier
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id) IS DISTINCT FROM (NEW.id, NEW.expression_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE OR DELETE ON bids_barrier
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
"""
STATE_EXISTING = """
DO $$
DECLARE
    of_log bigint;
    part text;
    has_rows boolean;
    is_sent text := 'EXISTS (SELECT FROM bids_expression AS expression '
        'WHERE expression.id = r.expression_id AND expression.state <> ''draft'')';
BEGIN
    -- The log states the rows of what was sent with the columns that they have now.
    FOREACH part IN ARRAY ARRAY['bids_barrier', 'bids_supportneed'] LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I AS r WHERE %s)', part, is_sent)
            INTO has_rows;
        IF has_rows THEN
            INSERT INTO audit_chain (kind, length, head, stage)
            VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO of_log;
            PERFORM audit_state_existing(part, of_log, is_sent);
        END IF;
    END LOOP;
END $$;
"""
CARRY_ON = """
INSERT INTO bids_barrier
    (bid_id, carries_on_id, position, law_or_rule, what_it_stops)
SELECT bid.id, named.id, named.position, named.law_or_rule, named.what_it_stops
FROM bids_barrier AS named JOIN bids_bid AS bid USING (expression_id)
WHERE bid.state IN ('in_development', 'returned') ORDER BY named.id;
INSERT INTO bids_supportneed (bid_id, carries_on_id, position, kind, detail)
SELECT bid.id, need.id, need.position, need.kind, need.detail
FROM bids_supportneed AS need JOIN bids_bid AS bid USING (expression_id)
WHERE bid.state IN ('in_development', 'returned') ORDER BY need.id;
"""
DROP_CARRIED = """
DELETE FROM bids_barrier WHERE bid_id IS NOT NULL;
DELETE FROM bids_supportneed WHERE bid_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bids', '0056_clarification_questions'),
    ]

    operations = [
        migrations.RunSQL(
            GUARDS_OFF, FORMER_FUNCTIONS + STATE_EXISTING + FORMER_GUARDS
        ),
        migrations.AlterModelOptions(
            name='barrier',
            options={'ordering': ['position', 'id']},
        ),
        migrations.AlterModelOptions(
            name='supportneed',
            options={'ordering': ['position', 'id']},
        ),
        migrations.RemoveConstraint(
            model_name='barrier',
            name='barrier_route',
        ),
        migrations.RemoveConstraint(
            model_name='barrier',
            name='barrier_state',
        ),
        migrations.RemoveConstraint(
            model_name='barrier',
            name='barrier_in_hand_has_owner',
        ),
        migrations.RemoveField(
            model_name='barrier',
            name='owner',
        ),
        migrations.RemoveField(
            model_name='barrier',
            name='route',
        ),
        migrations.RemoveField(
            model_name='barrier',
            name='state',
        ),
        migrations.AddField(
            model_name='barrier',
            name='bid',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='barriers', to='bids.bid'),
        ),
        migrations.AddField(
            model_name='barrier',
            name='carries_on',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_on_by', to='bids.barrier'),
        ),
        migrations.AddField(
            model_name='barrier',
            name='position',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='supportneed',
            name='bid',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='support', to='bids.bid'),
        ),
        migrations.AddField(
            model_name='supportneed',
            name='carries_on',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_on_by', to='bids.supportneed'),
        ),
        migrations.AddField(
            model_name='supportneed',
            name='position',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='barrier',
            name='expression',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='barriers', to='bids.expression'),
        ),
        migrations.AlterField(
            model_name='supportneed',
            name='expression',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='support', to='bids.expression'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(('expression__isnull', True), ('bid__isnull', True), _connector='XOR'), name='barrier_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='barrier',
            constraint=models.CheckConstraint(condition=models.Q(('carries_on__isnull', True), ('bid__isnull', False), _connector='OR'), name='barrier_carried_on_in_bid'),
        ),
        migrations.AddConstraint(
            model_name='supportneed',
            constraint=models.UniqueConstraint(fields=('bid', 'kind'), name='support_kind_once_in_bid'),
        ),
        migrations.AddConstraint(
            model_name='supportneed',
            constraint=models.CheckConstraint(condition=models.Q(('expression__isnull', True), ('bid__isnull', True), _connector='XOR'), name='support_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='supportneed',
            constraint=models.CheckConstraint(condition=models.Q(('carries_on__isnull', True), ('bid__isnull', False), _connector='OR'), name='support_carried_on_in_bid'),
        ),
        migrations.RunSQL(
            FUNCTIONS + STATE_EXISTING + CARRY_ON + GUARDS, GUARDS_OFF + DROP_CARRIED
        ),
    ]

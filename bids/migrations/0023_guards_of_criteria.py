"""The guards of criteria and agreed scores: see `bids.guards`.

Strands and criteria had two guards each. What a round said twice, and cases share of it
that never changes, goes too.
"""

from django.db import migrations

FORWARD = """
SELECT audit_unguard('bids_criterion', 'bids_moderatedscore');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_criterion
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_round BEFORE INSERT ON bids_criterion
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_round', 'round_id',
        'NOT EXISTS (SELECT FROM bids_criterion AS one WHERE one.round_id = parent.id AND (EXISTS (SELECT FROM bids_score WHERE criterion_id = one.id) OR EXISTS (SELECT FROM bids_feedback WHERE criterion_id = one.id)))', 'FOR NO KEY UPDATE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_moderatedscore
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_moderatedscore
    FOR EACH ROW
    WHEN ((OLD.id, OLD.bid_id, OLD.criterion_id) IS DISTINCT FROM (NEW.id, NEW.bid_id, NEW.criterion_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE ON bids_moderatedscore
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''submitted'' AND ( NOT EXISTS (SELECT FROM bids_moderatedscore WHERE id = ($1).id) OR EXISTS ( SELECT FROM bids_reopening WHERE bid_id = parent.id AND reopened_at > ($1).moderated_at AND reopened_at <= ($2).moderated_at) )', 'FOR SHARE OF parent');

DROP TRIGGER strand_guard ON bids_strand;
DROP TRIGGER criterion_guard ON bids_criterion;
DROP FUNCTION bids_strand_guard();
DROP FUNCTION bids_criterion_guard();
DROP TRIGGER bid_shares_round_later ON bids_bid;
DROP TRIGGER expression_shares_round_later ON bids_expression;
CREATE TRIGGER expression_shares_round_later BEFORE UPDATE ON bids_expression
    FOR EACH ROW WHEN (OLD.submitted_at IS DISTINCT FROM NEW.submitted_at)
    EXECUTE FUNCTION bids_share_round();

CREATE OR REPLACE FUNCTION bids_round_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.route, OLD.opens_at, OLD.assessments_needed)
        IS DISTINCT FROM (NEW.route, NEW.opens_at, NEW.assessments_needed)
    AND (EXISTS (SELECT FROM bids_expression WHERE round_id = OLD.id)
         OR EXISTS (SELECT FROM bids_bid WHERE round_id = OLD.id)) THEN
        PERFORM bids_refuse('Cases were started in this round and follow its route, '
            'opening and number of assessments');
    END IF;
    IF NEW.closes_at IS DISTINCT FROM OLD.closes_at AND EXISTS (
        SELECT FROM bids_expression WHERE round_id = OLD.id
        AND submitted_at > NEW.closes_at
        AND (OLD.closes_at IS NULL OR submitted_at <= OLD.closes_at)
    ) THEN
        PERFORM bids_refuse('What was sent in time would become late');
    END IF;
    IF (coalesce(NEW.award_least, 0) > coalesce(OLD.award_least, 0)
        OR coalesce(NEW.award_most, 'infinity'::float8)
           < coalesce(OLD.award_most, 'infinity'::float8))
    AND EXISTS (
        SELECT FROM bids_expression
        WHERE round_id = OLD.id AND submitted_at IS NOT NULL
    ) THEN
        PERFORM bids_refuse('Forms were sent that kept to the limits of this round');
    END IF;
    RETURN NEW;
END $$;
"""
BACKWARD = """
SELECT audit_unguard('bids_criterion', 'bids_moderatedscore');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_criterion
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_round BEFORE INSERT ON bids_criterion
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_round', 'round_id',
        'NOT EXISTS (SELECT FROM bids_score AS score JOIN bids_criterion AS criterion ON criterion.id = score.criterion_id WHERE criterion.round_id = parent.id)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_moderatedscore
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_moderatedscore
    FOR EACH ROW
    WHEN ((OLD.id, OLD.bid_id, OLD.criterion_id) IS DISTINCT FROM (NEW.id, NEW.bid_id, NEW.criterion_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE ON bids_moderatedscore
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''submitted''', 'FOR SHARE OF parent');

DROP TRIGGER expression_shares_round_later ON bids_expression;
CREATE TRIGGER expression_shares_round_later BEFORE UPDATE ON bids_expression
    FOR EACH ROW WHEN (
        (OLD.round_id, OLD.strand_id, OLD.submitted_at)
        IS DISTINCT FROM (NEW.round_id, NEW.strand_id, NEW.submitted_at)
    ) EXECUTE FUNCTION bids_share_round();
CREATE TRIGGER bid_shares_round_later BEFORE UPDATE ON bids_bid
    FOR EACH ROW WHEN (
        (OLD.round_id, OLD.strand_id) IS DISTINCT FROM (NEW.round_id, NEW.strand_id)
    ) EXECUTE FUNCTION bids_share_round();

CREATE OR REPLACE FUNCTION bids_round_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.route, OLD.programme_id, OLD.opens_at, OLD.demonstration, OLD.chain_id,
        OLD.key, OLD.assessments_needed, OLD.published AND NOT NEW.published)
        IS DISTINCT FROM
       (NEW.route, NEW.programme_id, NEW.opens_at, NEW.demonstration, NEW.chain_id,
        NEW.key, NEW.assessments_needed, false)
    AND (EXISTS (SELECT FROM bids_expression WHERE round_id = OLD.id)
         OR EXISTS (SELECT FROM bids_bid WHERE round_id = OLD.id)) THEN
        PERFORM bids_refuse('Cases were started in this round and follow its route, '
            'programme, opening and number of assessments');
    END IF;
    IF NEW.closes_at IS DISTINCT FROM OLD.closes_at AND EXISTS (
        SELECT FROM bids_expression WHERE round_id = OLD.id
        AND submitted_at > NEW.closes_at
        AND (OLD.closes_at IS NULL OR submitted_at <= OLD.closes_at)
    ) THEN
        PERFORM bids_refuse('What was sent in time would become late');
    END IF;
    IF (coalesce(NEW.award_least, 0) > coalesce(OLD.award_least, 0)
        OR coalesce(NEW.award_most, 'infinity'::float8)
           < coalesce(OLD.award_most, 'infinity'::float8))
    AND EXISTS (
        SELECT FROM bids_expression
        WHERE round_id = OLD.id AND submitted_at IS NOT NULL
    ) THEN
        PERFORM bids_refuse('Forms were sent that kept to the limits of this round');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION bids_strand_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM bids_round WHERE id = OLD.round_id FOR NO KEY UPDATE;
    IF (EXISTS (SELECT FROM bids_expression WHERE strand_id = OLD.id)
        OR EXISTS (SELECT FROM bids_bid WHERE strand_id = OLD.id))
    AND (TG_OP = 'DELETE' OR (OLD.round_id, OLD.name, OLD.anything_else)
         IS DISTINCT FROM (NEW.round_id, NEW.name, NEW.anything_else)) THEN
        PERFORM bids_refuse('Cases are of this strand');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION bids_criterion_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    call bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.round_id ELSE OLD.round_id END;
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.round_id, OLD.name, OLD.weight, OLD.score_least,
        OLD.score_most) IS NOT DISTINCT FROM (NEW.round_id, NEW.name, NEW.weight,
        NEW.score_least, NEW.score_most) THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM bids_round WHERE id = call FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM bids_criterion AS one WHERE one.round_id = call
        AND (EXISTS (SELECT FROM bids_score WHERE criterion_id = one.id)
             OR EXISTS (SELECT FROM bids_feedback WHERE criterion_id = one.id))
    ) THEN
        PERFORM bids_refuse('Somebody was scored or had feedback by these criteria');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER strand_guard BEFORE UPDATE OR DELETE ON bids_strand
    FOR EACH ROW EXECUTE FUNCTION bids_strand_guard();
CREATE TRIGGER criterion_guard BEFORE INSERT OR UPDATE OR DELETE ON bids_criterion
    FOR EACH ROW EXECUTE FUNCTION bids_criterion_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("bids", "0022_evidence"), ("audit", "0005_hold_the_parent_first")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

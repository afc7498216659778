"""What cases follow of their round does not change underneath them, whoever writes.

The row of the round is the lock: a case that begins or is sent shares it, a change of
the round, its strands or its criteria takes it alone.
"""

from django.db import migrations

ROUNDS = """
CREATE FUNCTION bids_refuse(why text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION bids_round_guard() RETURNS trigger LANGUAGE plpgsql
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

CREATE TRIGGER round_guard BEFORE UPDATE ON bids_round
    FOR EACH ROW EXECUTE FUNCTION bids_round_guard();
"""
CASES = """
CREATE FUNCTION bids_share_round() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM bids_round WHERE id = NEW.round_id FOR SHARE;
    RETURN NEW;
END $$;

CREATE FUNCTION bids_share_round_of_criterion() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM bids_round WHERE id = (
        SELECT round_id FROM bids_criterion WHERE id = NEW.criterion_id
    ) FOR SHARE;
    RETURN NEW;
END $$;

CREATE TRIGGER expression_shares_round BEFORE INSERT ON bids_expression
    FOR EACH ROW EXECUTE FUNCTION bids_share_round();
CREATE TRIGGER expression_shares_round_later BEFORE UPDATE ON bids_expression
    FOR EACH ROW WHEN (
        (OLD.round_id, OLD.strand_id, OLD.submitted_at)
        IS DISTINCT FROM (NEW.round_id, NEW.strand_id, NEW.submitted_at)
    ) EXECUTE FUNCTION bids_share_round();
CREATE TRIGGER bid_shares_round BEFORE INSERT ON bids_bid
    FOR EACH ROW EXECUTE FUNCTION bids_share_round();
CREATE TRIGGER bid_shares_round_later BEFORE UPDATE ON bids_bid
    FOR EACH ROW WHEN (
        (OLD.round_id, OLD.strand_id) IS DISTINCT FROM (NEW.round_id, NEW.strand_id)
    ) EXECUTE FUNCTION bids_share_round();
CREATE TRIGGER score_shares_round BEFORE INSERT ON bids_score
    FOR EACH ROW EXECUTE FUNCTION bids_share_round_of_criterion();
CREATE TRIGGER feedback_shares_round BEFORE INSERT ON bids_feedback
    FOR EACH ROW EXECUTE FUNCTION bids_share_round_of_criterion();
"""
PARTS = """
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
GONE = """
DROP TRIGGER round_guard ON bids_round;
DROP TRIGGER expression_shares_round ON bids_expression;
DROP TRIGGER expression_shares_round_later ON bids_expression;
DROP TRIGGER bid_shares_round ON bids_bid;
DROP TRIGGER bid_shares_round_later ON bids_bid;
DROP TRIGGER score_shares_round ON bids_score;
DROP TRIGGER feedback_shares_round ON bids_feedback;
DROP TRIGGER strand_guard ON bids_strand;
DROP TRIGGER criterion_guard ON bids_criterion;
DROP FUNCTION bids_round_guard();
DROP FUNCTION bids_share_round();
DROP FUNCTION bids_share_round_of_criterion();
DROP FUNCTION bids_strand_guard();
DROP FUNCTION bids_criterion_guard();
DROP FUNCTION bids_refuse(text);
"""


class Migration(migrations.Migration):
    dependencies = [("bids", "0019_assessments_of_rounds")]
    operations = [migrations.RunSQL(ROUNDS + CASES + PARTS, GONE)]

from django.db import migrations

# What an organisation asks for in seed grants that live, by financial year. The money
# rows are written before the state, and either may be the last to change.
CHECK = """
CREATE FUNCTION bids_seed_within_year(given bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    asker bigint;
BEGIN
    SELECT one.lead_id INTO asker
    FROM bids_expression AS one JOIN bids_round AS call ON call.id = one.round_id
    WHERE one.id = given AND call.route = 'seed'
    AND one.state IN ('submitted', 'clarification', 'taken_forward');
    IF asker IS NULL THEN
        RETURN;
    END IF;
    -- The organisation's row is the lock: of two sendings at once the second counts
    -- the first, as each statement here sees what was committed before it began.
    PERFORM 1 FROM organisations_organisation WHERE id = asker FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT money.financial_year
        FROM bids_moneyasked AS money
        JOIN bids_expression AS one ON one.id = money.expression_id
        JOIN bids_round AS call ON call.id = one.round_id
        LEFT JOIN bids_bid AS bid ON bid.expression_id = one.id
        WHERE one.lead_id = asker AND call.route = 'seed'
        AND one.state IN ('submitted', 'clarification', 'taken_forward')
        AND (bid.id IS NULL OR bid.state NOT IN ('declined', 'withdrawn'))
        AND money.financial_year IN (
            SELECT financial_year FROM bids_moneyasked WHERE expression_id = given
        )
        GROUP BY money.financial_year HAVING sum(money.amount) > 1000000
    ) THEN
        RAISE EXCEPTION 'seed grants of one organisation and year'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'seed_year_at_most_10000';
    END IF;
END $$;
"""
TRIGGERS = """
CREATE FUNCTION bids_seed_expression() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM bids_seed_within_year(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION bids_seed_money() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM bids_seed_within_year(NEW.expression_id);
    RETURN NULL;
END $$;

CREATE TRIGGER bids_seed_expression AFTER UPDATE OF state, lead_id ON bids_expression
FOR EACH ROW WHEN (
    NEW.state IN ('submitted', 'clarification', 'taken_forward')
    AND (OLD.state, OLD.lead_id) IS DISTINCT FROM (NEW.state, NEW.lead_id)
) EXECUTE FUNCTION bids_seed_expression();

CREATE TRIGGER bids_seed_money AFTER INSERT OR UPDATE ON bids_moneyasked
FOR EACH ROW EXECUTE FUNCTION bids_seed_money();
"""
BACKWARD = """
DROP TRIGGER bids_seed_money ON bids_moneyasked;
DROP TRIGGER bids_seed_expression ON bids_expression;
DROP FUNCTION bids_seed_money();
DROP FUNCTION bids_seed_expression();
DROP FUNCTION bids_seed_within_year(bigint);
"""


class Migration(migrations.Migration):
    """At most £10,000 in seed grants an organisation and financial year, whoever
    writes and however many at once.
    """

    dependencies = [
        ("bids", "0008_case_documents"),
        ("organisations", "0002_dated_facts"),
    ]

    operations = [migrations.RunSQL(CHECK + TRIGGERS, BACKWARD)]

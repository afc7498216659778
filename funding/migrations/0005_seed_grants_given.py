from django.db import migrations

# What an organisation is given in seed grants, by financial year: the approved lines of
# its seed bids, less what went back.
CHECK = """
CREATE FUNCTION funding_seed_given() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    recipient bigint;
BEGIN
    SELECT bid.lead_id INTO recipient
    FROM bids_bid AS bid JOIN bids_round AS call ON call.id = bid.round_id
    WHERE bid.id = NEW.bid_id AND call.route = 'seed';
    IF recipient IS NULL THEN
        RETURN NULL;
    END IF;
    -- The organisation's row is the lock: of two approvals at once the second counts
    -- the first, as each statement here sees what was committed before it began.
    PERFORM 1 FROM organisations_organisation WHERE id = recipient FOR NO KEY UPDATE;
    IF (
        SELECT sum(line.amount)
        FROM funding_moneyline AS line
        JOIN bids_bid AS bid ON bid.id = line.bid_id
        JOIN bids_round AS call ON call.id = bid.round_id
        WHERE bid.lead_id = recipient AND call.route = 'seed'
        AND line.status = 'approved' AND line.financial_year = NEW.financial_year
    ) > 1000000 THEN
        RAISE EXCEPTION 'seed grants given to one organisation in a year'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'seed_given_at_most_10000';
    END IF;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE TRIGGER funding_seed_given AFTER INSERT OR UPDATE ON funding_moneyline
FOR EACH ROW WHEN (NEW.status = 'approved' AND NEW.amount > 0)
EXECUTE FUNCTION funding_seed_given();
"""
BACKWARD = """
DROP TRIGGER funding_seed_given ON funding_moneyline;
DROP FUNCTION funding_seed_given();
"""


class Migration(migrations.Migration):
    """At most £10,000 given in seed grants an organisation and financial year, whoever
    decides and however many at once. What is asked for is bounded by the bids' own.
    """

    dependencies = [
        ("funding", "0004_report_title_once"),
        ("bids", "0014_applications_share_columns"),
        ("organisations", "0002_dated_facts"),
    ]

    operations = [migrations.RunSQL(CHECK + TRIGGER, BACKWARD)]

"""Let a bid describe each cost. The log states the description of a cost too."""

from django.db import migrations, models

import innovation.core.lines

FACTS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_bidmoney(r bids_bidmoney)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'financial_year', r.financial_year,
        'amount', r.amount,
        'bid_id', r.bid_id,
        'category', r.category,
        'partner_id', r.partner_id,
        'description', audit_digest(r.description))
$$;
"""
FORMER_FACTS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_bidmoney(r bids_bidmoney)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'bid_id', r.bid_id,
        'financial_year', r.financial_year,
        'category', r.category,
        'partner_id', r.partner_id,
        'amount', r.amount)
$$;
"""
STATE_EXISTING = """
DO $$
DECLARE
    of_log bigint;
    is_sent text := 'EXISTS (SELECT FROM bids_bid AS bid WHERE bid.id = r.bid_id '
        'AND bid.state NOT IN (''in_development'', ''returned''))';
BEGIN
    -- The log states the costs of bids that were sent with the columns that they have now.
    IF EXISTS (
        SELECT FROM bids_bidmoney AS money JOIN bids_bid AS bid ON bid.id = money.bid_id
        WHERE bid.state NOT IN ('in_development', 'returned')
    ) THEN
        INSERT INTO audit_chain (kind, length, head, stage)
        VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO of_log;
        PERFORM audit_state_existing('bids_bidmoney', of_log, is_sent);
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("bids", "0039_signature_request_index"),
        ("organisations", "0006_guard_of_organisations"),
    ]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, FORMER_FACTS + STATE_EXISTING),
        migrations.RemoveConstraint(model_name="bidmoney", name="bid_money_once"),
        migrations.AddField(
            model_name="bidmoney",
            name="description",
            field=innovation.core.lines.OneLineField(
                blank=True, default="", max_length=200
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="bidmoney",
            constraint=models.UniqueConstraint(
                fields=(
                    "bid",
                    "financial_year",
                    "category",
                    "partner",
                    "description",
                ),
                name="bid_money_once",
                nulls_distinct=False,
                violation_error_code="financial_year",
                violation_error_message="Enter each line once",
            ),
        ),
        migrations.RunSQL(FACTS + STATE_EXISTING, migrations.RunSQL.noop),
    ]

"""Let two people correct every column of an imported expression."""

from django.db import migrations

GUARDS_OFF = """
SELECT audit_unguard('bids_expression', 'bids_expression_partners', 'bids_expression_councils', 'bids_expression_practice_models', 'bids_moneyasked');
"""
GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_expression
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression
    FOR EACH ROW
    WHEN ((OLD.id, OLD.chain_id, OLD.question_set_id, OLD.demonstration, OLD.key, OLD.started_by_id) IS DISTINCT FROM (NEW.id, NEW.chain_id, NEW.question_set_id, NEW.demonstration, NEW.key, NEW.started_by_id)
        OR OLD.started_from_id IS DISTINCT FROM NEW.started_from_id AND (OLD.state = 'draft') IS NOT TRUE
        OR (OLD.title, OLD.summary, OLD.strand_id, OLD.maturity_id, OLD.idea_type_id) IS DISTINCT FROM (NEW.title, NEW.summary, NEW.strand_id, NEW.maturity_id, NEW.idea_type_id) AND (OLD.state = 'draft' OR OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR OLD.submitted_by_id IS DISTINCT FROM NEW.submitted_by_id AND (OLD.state = 'draft' AND NEW.state = 'submitted') IS NOT TRUE
        OR OLD.submitted_at IS DISTINCT FROM NEW.submitted_at AND (OLD.state = 'draft' AND NEW.state = 'submitted' OR OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR (OLD.started_at, OLD.round_id) IS DISTINCT FROM (NEW.started_at, NEW.round_id) AND (OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR OLD.provisional IS DISTINCT FROM NEW.provisional AND (NOT NEW.provisional) IS NOT TRUE
        OR OLD.lead_id IS DISTINCT FROM NEW.lead_id AND (OLD.provisional OR OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR OLD.withdrawn_because IS DISTINCT FROM NEW.withdrawn_because AND (OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn') IS NOT TRUE
        OR OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id AND (OLD.state <> 'merged' AND NEW.state = 'merged') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('clarification', 'declined'), ('clarification', 'merged'), ('clarification', 'submitted'), ('clarification', 'withdrawn'), ('declined', 'retracted'), ('declined', 'submitted'), ('draft', 'submitted'), ('draft', 'withdrawn'), ('submitted', 'clarification'), ('submitted', 'declined'), ('submitted', 'merged'), ('submitted', 'retracted'), ('submitted', 'taken_forward'), ('submitted', 'withdrawn'), ('taken_forward', 'retracted'), ('withdrawn', 'retracted')) OR OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL AND OLD.state IN ('declined', 'submitted', 'taken_forward', 'withdrawn') AND NEW.state IN ('declined', 'submitted', 'taken_forward', 'withdrawn')) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_chain BEFORE UPDATE ON bids_expression
    FOR EACH ROW
    WHEN (OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL)
    EXECUTE FUNCTION audit_guard_within('audit_chain', 'chain_id',
        '(($1).idea_type_id, ($1).lead_id, ($1).maturity_id, ($1).round_id, ($1).started_at, ($1).strand_id, ($1).submitted_at, ($1).summary, ($1).title) IS NOT DISTINCT FROM (($2).idea_type_id, ($2).lead_id, ($2).maturity_id, ($2).round_id, ($2).started_at, ($2).strand_id, ($2).submitted_at, ($2).summary, ($2).title) AND ($2).state <> ''retracted'' AND (($2).state = ($1).state OR (($1).state, ($2).state) IN ((''clarification'', ''declined''), (''clarification'', ''merged''), (''clarification'', ''submitted''), (''clarification'', ''withdrawn''), (''declined'', ''retracted''), (''declined'', ''submitted''), (''draft'', ''submitted''), (''draft'', ''withdrawn''), (''submitted'', ''clarification''), (''submitted'', ''declined''), (''submitted'', ''merged''), (''submitted'', ''retracted''), (''submitted'', ''taken_forward''), (''submitted'', ''withdrawn''), (''taken_forward'', ''retracted''), (''withdrawn'', ''retracted''))) OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.expression_id = ($2).id AND correction.state = ''done'' AND ((($1).idea_type_id) IS NOT DISTINCT FROM (($2).idea_type_id) OR correction.sheet_column IN (''idea type'')) AND ((($1).lead_id) IS NOT DISTINCT FROM (($2).lead_id) OR correction.sheet_column IN (''lead organisation'')) AND ((($1).maturity_id) IS NOT DISTINCT FROM (($2).maturity_id) OR correction.sheet_column IN (''maturity'')) AND ((($1).round_id) IS NOT DISTINCT FROM (($2).round_id) OR correction.sheet_column IN (''round'')) AND ((($1).started_at) IS NOT DISTINCT FROM (($2).started_at) OR correction.sheet_column IN (''date'')) AND ((($1).strand_id) IS NOT DISTINCT FROM (($2).strand_id) OR correction.sheet_column IN (''focus area'', ''round'')) AND ((($1).submitted_at) IS NOT DISTINCT FROM (($2).submitted_at) OR correction.sheet_column IN (''date'')) AND ((($1).summary) IS NOT DISTINCT FROM (($2).summary) OR correction.sheet_column IN (''notes'')) AND ((($1).title) IS NOT DISTINCT FROM (($2).title) OR correction.sheet_column IN (''title'')) AND ((($1).state) IS NOT DISTINCT FROM (($2).state) OR CASE ($2).state WHEN ''retracted'' THEN correction.sheet_column = '''' ELSE correction.sheet_column = ''outcome'' END ) AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.id AND event.name IN (''expression.corrected'', ''expression.retracted'') AND event.data ->> ''correction'' = correction.key))', '');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_expression_partners
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression_partners
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR DELETE ON bids_expression_partners
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.expression_id = parent.id AND correction.state = ''done'' AND correction.sheet_column IN (''partners'') AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.chain_id AND event.name IN (''expression.corrected'', ''expression.retracted'') AND event.data ->> ''correction'' = correction.key))', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_expression_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR DELETE ON bids_expression_councils
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.expression_id = parent.id AND correction.state = ''done'' AND correction.sheet_column IN (''councils'') AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.chain_id AND event.name IN (''expression.corrected'', ''expression.retracted'') AND event.data ->> ''correction'' = correction.key))', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_expression_practice_models
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression_practice_models
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR DELETE ON bids_expression_practice_models
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.expression_id = parent.id AND correction.state = ''done'' AND correction.sheet_column IN (''practice models'') AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.chain_id AND event.name IN (''expression.corrected'', ''expression.retracted'') AND event.data ->> ''correction'' = correction.key))', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_moneyasked
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_moneyasked
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id) IS DISTINCT FROM (NEW.id, NEW.expression_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE OR DELETE ON bids_moneyasked
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.expression_id = parent.id AND correction.state = ''done'' AND correction.sheet_column IN (''amount'') AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.chain_id AND event.name IN (''expression.corrected'', ''expression.retracted'') AND event.data ->> ''correction'' = correction.key))', 'FOR SHARE OF parent');
"""
FORMER_GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_expression
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression
    FOR EACH ROW
    WHEN ((OLD.id, OLD.chain_id, OLD.round_id, OLD.question_set_id, OLD.demonstration, OLD.key, OLD.started_by_id) IS DISTINCT FROM (NEW.id, NEW.chain_id, NEW.round_id, NEW.question_set_id, NEW.demonstration, NEW.key, NEW.started_by_id)
        OR (OLD.strand_id, OLD.maturity_id, OLD.idea_type_id, OLD.started_from_id) IS DISTINCT FROM (NEW.strand_id, NEW.maturity_id, NEW.idea_type_id, NEW.started_from_id) AND (OLD.state = 'draft') IS NOT TRUE
        OR (OLD.title, OLD.summary) IS DISTINCT FROM (NEW.title, NEW.summary) AND (OLD.state = 'draft' OR OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR OLD.submitted_by_id IS DISTINCT FROM NEW.submitted_by_id AND (OLD.state = 'draft' AND NEW.state = 'submitted') IS NOT TRUE
        OR OLD.submitted_at IS DISTINCT FROM NEW.submitted_at AND (OLD.state = 'draft' AND NEW.state = 'submitted' OR OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR OLD.started_at IS DISTINCT FROM NEW.started_at AND (OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR OLD.provisional IS DISTINCT FROM NEW.provisional AND (NOT NEW.provisional) IS NOT TRUE
        OR OLD.lead_id IS DISTINCT FROM NEW.lead_id AND (OLD.provisional) IS NOT TRUE
        OR OLD.withdrawn_because IS DISTINCT FROM NEW.withdrawn_because AND (OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn') IS NOT TRUE
        OR OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id AND (OLD.state <> 'merged' AND NEW.state = 'merged') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('clarification', 'declined'), ('clarification', 'merged'), ('clarification', 'submitted'), ('clarification', 'withdrawn'), ('declined', 'retracted'), ('declined', 'submitted'), ('draft', 'submitted'), ('draft', 'withdrawn'), ('submitted', 'clarification'), ('submitted', 'declined'), ('submitted', 'merged'), ('submitted', 'retracted'), ('submitted', 'taken_forward'), ('submitted', 'withdrawn'), ('taken_forward', 'retracted'), ('withdrawn', 'retracted'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_chain BEFORE UPDATE ON bids_expression
    FOR EACH ROW
    WHEN (OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL)
    EXECUTE FUNCTION audit_guard_within('audit_chain', 'chain_id',
        '(($1).title, ($1).summary, ($1).submitted_at, ($1).started_at) IS NOT DISTINCT FROM (($2).title, ($2).summary, ($2).submitted_at, ($2).started_at) AND ($2).state <> ''retracted'' OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.expression_id = ($2).id AND correction.state = ''done'' AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.id AND event.name IN (''expression.corrected'', ''expression.retracted'') AND event.data ->> ''correction'' = correction.key))', '');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_expression_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR DELETE ON bids_expression_councils
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.expression_id = parent.id AND correction.state = ''done'' AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.chain_id AND event.name IN (''expression.corrected'', ''expression.retracted'') AND event.data ->> ''correction'' = correction.key))', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_expression_partners
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression_partners
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR DELETE ON bids_expression_partners
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_expression_practice_models
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression_practice_models
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR DELETE ON bids_expression_practice_models
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_moneyasked
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_moneyasked
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id) IS DISTINCT FROM (NEW.id, NEW.expression_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE OR DELETE ON bids_moneyasked
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
"""


class Migration(migrations.Migration):
    dependencies = [("bids", "0043_moved_drafts")]
    operations = [migrations.RunSQL(GUARDS_OFF + GUARDS, GUARDS_OFF + FORMER_GUARDS)]

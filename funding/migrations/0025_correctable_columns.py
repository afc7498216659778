"""Let two people correct every column of an imported award."""

from django.db import migrations

GUARDS_OFF = """
SELECT audit_unguard('funding_award', 'funding_award_partners', 'funding_award_councils', 'funding_award_practice_models');
"""
GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_award
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_award
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.bid_id, OLD.summary, OLD.amount_note, OLD.date_kind, OLD.confidence, OLD.follows_id, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.bid_id, NEW.summary, NEW.amount_note, NEW.date_kind, NEW.confidence, NEW.follows_id, NEW.demonstration)
        OR OLD.announced_on IS DISTINCT FROM NEW.announced_on AND (OLD.announced_on IS NULL AND NEW.state IN ('accepted', 'active', 'suspended', 'closing', 'closed') OR NEW.announced_on IS NULL AND OLD.state <> 'recorded' OR OLD.state = 'recorded') IS NOT TRUE
        OR (OLD.amount, OLD.amount_precision, OLD.date_precision, OLD.dated_on, OLD.focus_area, OLD.idea_as_published, OLD.idea_type_id, OLD.lead_id, OLD.lead_as_published, OLD.notes, OLD.round_id, OLD.source, OLD.title, OLD.revised_on) IS DISTINCT FROM (NEW.amount, NEW.amount_precision, NEW.date_precision, NEW.dated_on, NEW.focus_area, NEW.idea_as_published, NEW.idea_type_id, NEW.lead_id, NEW.lead_as_published, NEW.notes, NEW.round_id, NEW.source, NEW.title, NEW.revised_on) AND (OLD.state = 'recorded') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('accepted', 'active'), ('accepted', 'terminated'), ('active', 'closing'), ('active', 'suspended'), ('active', 'terminated'), ('closing', 'closed'), ('closing', 'terminated'), ('offered', 'accepted'), ('offered', 'declined'), ('offered', 'withdrawn'), ('recorded', 'retracted'), ('suspended', 'active'), ('suspended', 'terminated'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_award
    FOR EACH ROW
    WHEN ((NEW.state = 'recorded' OR NEW.state = 'offered' AND NEW.announced_on IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_award
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''approved''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_chain BEFORE UPDATE ON funding_award
    FOR EACH ROW
    WHEN (OLD.state = 'recorded')
    EXECUTE FUNCTION audit_guard_within('audit_chain', 'chain_id',
        'EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.award_id = ($2).id AND correction.state = ''done'' AND ((($1).amount) IS NOT DISTINCT FROM (($2).amount) OR correction.sheet_column IN (''amount'')) AND ((($1).amount_precision) IS NOT DISTINCT FROM (($2).amount_precision) OR correction.sheet_column IN (''amount'')) AND ((($1).date_precision) IS NOT DISTINCT FROM (($2).date_precision) OR correction.sheet_column IN (''date'')) AND ((($1).dated_on) IS NOT DISTINCT FROM (($2).dated_on) OR correction.sheet_column IN (''date'')) AND ((($1).focus_area) IS NOT DISTINCT FROM (($2).focus_area) OR correction.sheet_column IN (''focus area'')) AND ((($1).idea_as_published) IS NOT DISTINCT FROM (($2).idea_as_published) OR correction.sheet_column IN (''idea type'')) AND ((($1).idea_type_id) IS NOT DISTINCT FROM (($2).idea_type_id) OR correction.sheet_column IN (''focus area'', ''idea type'')) AND ((($1).lead_id) IS NOT DISTINCT FROM (($2).lead_id) OR correction.sheet_column IN (''lead organisation'')) AND ((($1).lead_as_published) IS NOT DISTINCT FROM (($2).lead_as_published) OR correction.sheet_column IN (''lead organisation'')) AND ((($1).notes) IS NOT DISTINCT FROM (($2).notes) OR correction.sheet_column IN (''notes'')) AND ((($1).round_id) IS NOT DISTINCT FROM (($2).round_id) OR correction.sheet_column IN (''round'')) AND ((($1).source) IS NOT DISTINCT FROM (($2).source) OR correction.sheet_column IN (''source'')) AND ((($1).title) IS NOT DISTINCT FROM (($2).title) OR correction.sheet_column IN (''title'')) AND ((($1).announced_on) IS NOT DISTINCT FROM (($2).announced_on) OR (correction.sheet_column = ''date'' OR correction.sheet_column = '''')) AND ((($1).state) IS NOT DISTINCT FROM (($2).state) OR correction.sheet_column = '''') AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.id AND event.name IN (''award.corrected'', ''award.retracted'') AND event.data ->> ''correction'' = correction.key))', '');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON funding_award_partners
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_award_partners
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT OR DELETE ON funding_award_partners
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.award_id = parent.id AND correction.state = ''done'' AND correction.sheet_column IN (''partners'') AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.chain_id AND event.name IN (''award.corrected'', ''award.retracted'') AND event.data ->> ''correction'' = correction.key))', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON funding_award_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_award_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT OR DELETE ON funding_award_councils
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.award_id = parent.id AND correction.state = ''done'' AND correction.sheet_column IN (''councils'') AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.chain_id AND event.name IN (''award.corrected'', ''award.retracted'') AND event.data ->> ''correction'' = correction.key))', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON funding_award_practice_models
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_award_practice_models
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT OR DELETE ON funding_award_practice_models
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.award_id = parent.id AND correction.state = ''done'' AND correction.sheet_column IN (''practice models'') AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.chain_id AND event.name IN (''award.corrected'', ''award.retracted'') AND event.data ->> ''correction'' = correction.key))', 'FOR SHARE OF parent');
"""
FORMER_GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_award
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_award
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.bid_id, OLD.round_id, OLD.summary, OLD.lead_id, OLD.lead_as_published, OLD.focus_area, OLD.amount_note, OLD.date_kind, OLD.confidence, OLD.follows_id, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.bid_id, NEW.round_id, NEW.summary, NEW.lead_id, NEW.lead_as_published, NEW.focus_area, NEW.amount_note, NEW.date_kind, NEW.confidence, NEW.follows_id, NEW.demonstration)
        OR OLD.announced_on IS DISTINCT FROM NEW.announced_on AND (OLD.announced_on IS NULL AND NEW.state IN ('accepted', 'active', 'suspended', 'closing', 'closed') OR NEW.announced_on IS NULL AND OLD.state <> 'recorded' OR OLD.state = 'recorded') IS NOT TRUE
        OR (OLD.title, OLD.dated_on, OLD.date_precision, OLD.amount, OLD.amount_precision, OLD.idea_type_id, OLD.idea_as_published, OLD.source, OLD.notes, OLD.revised_on) IS DISTINCT FROM (NEW.title, NEW.dated_on, NEW.date_precision, NEW.amount, NEW.amount_precision, NEW.idea_type_id, NEW.idea_as_published, NEW.source, NEW.notes, NEW.revised_on) AND (OLD.state = 'recorded') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('accepted', 'active'), ('accepted', 'terminated'), ('active', 'closing'), ('active', 'suspended'), ('active', 'terminated'), ('closing', 'closed'), ('closing', 'terminated'), ('offered', 'accepted'), ('offered', 'declined'), ('offered', 'withdrawn'), ('recorded', 'retracted'), ('suspended', 'active'), ('suspended', 'terminated'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_award
    FOR EACH ROW
    WHEN ((NEW.state = 'recorded' OR NEW.state = 'offered' AND NEW.announced_on IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_award
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''approved''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_chain BEFORE UPDATE ON funding_award
    FOR EACH ROW
    WHEN (OLD.state = 'recorded')
    EXECUTE FUNCTION audit_guard_within('audit_chain', 'chain_id',
        'EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.award_id = ($2).id AND correction.state = ''done'' AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.id AND event.name IN (''award.corrected'', ''award.retracted'') AND event.data ->> ''correction'' = correction.key))', '');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON funding_award_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_award_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT OR DELETE ON funding_award_councils
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.award_id = parent.id AND correction.state = ''done'' AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.chain_id AND event.name IN (''award.corrected'', ''award.retracted'') AND event.data ->> ''correction'' = correction.key))', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_award_partners
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_award_partners
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_award_practice_models
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_award_practice_models
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0024_spare_indexes")]
    operations = [migrations.RunSQL(GUARDS_OFF + GUARDS, GUARDS_OFF + FORMER_GUARDS)]

"""What the database refuses of this app’s evidence, whoever asks: the triggers of
`guards`, as it was when this was written.
"""

from django.db import migrations

GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_meeting
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_meeting
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.title, OLD.starts_at, OLD.quorum) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.title, NEW.starts_at, NEW.quorum)
        OR OLD.minutes IS DISTINCT FROM NEW.minutes AND ((OLD.state, NEW.state) = ('held', 'minuted')) IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('held', 'minuted'), ('papers_out', 'held'), ('planned', 'papers_out'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_meeting
    FOR EACH ROW
    WHEN ((NEW.state = 'planned' AND NEW.minutes = '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_attendance
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_attendance
    FOR EACH ROW
    WHEN ((OLD.id, OLD.meeting_id, OLD.member_id) IS DISTINCT FROM (NEW.id, NEW.meeting_id, NEW.member_id)
        OR OLD.present IS DISTINCT FROM NEW.present AND (OLD.present IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_attendance
    FOR EACH ROW
    WHEN ((NEW.present IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_meeting BEFORE INSERT ON funding_attendance
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_meeting', 'meeting_id',
        'parent.state IN (''planned'', ''papers_out'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_agendaitem
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_agendaitem
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.meeting_id, OLD.bid_id, OLD.position, OLD.paper) IS DISTINCT FROM (NEW.id, NEW.key, NEW.meeting_id, NEW.bid_id, NEW.position, NEW.paper)
        OR (OLD.deferred_at, OLD.deferral_reason) IS DISTINCT FROM (NEW.deferred_at, NEW.deferral_reason) AND (OLD.deferred_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_agendaitem
    FOR EACH ROW
    WHEN ((NEW.deferred_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_meeting BEFORE INSERT ON funding_agendaitem
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_meeting', 'meeting_id',
        'parent.state IN (''planned'', ''papers_out'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_agendaitem
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''assessed'', ''at_board'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_interest
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_interest
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.bid_id, OLD.member_id) IS DISTINCT FROM (NEW.id, NEW.key, NEW.bid_id, NEW.member_id)
        OR (OLD.nature, OLD.declared_at) IS DISTINCT FROM (NEW.nature, NEW.declared_at) AND (NEW.nature <> OLD.nature AND starts_with(NEW.nature, OLD.nature)) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_opinion
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_opinion
    FOR EACH ROW
    WHEN ((OLD.id, OLD.item_id, OLD.member_id) IS DISTINCT FROM (NEW.id, NEW.item_id, NEW.member_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_item BEFORE INSERT OR UPDATE ON funding_opinion
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_agendaitem', 'item_id',
        'parent.deferred_at IS NULL AND EXISTS (SELECT FROM bids_bid WHERE id = parent.bid_id AND state = ''at_board'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_recommendation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_recommendation
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''at_board''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_recommendedamount
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_recommendation BEFORE INSERT ON funding_recommendedamount
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_recommendation', 'recommendation_id',
        'EXISTS (SELECT FROM bids_bid WHERE id = parent.bid_id AND state = ''at_board'')', '');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_decision
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_decision
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''with_minister''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_decidedamount
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_decision BEFORE INSERT ON funding_decidedamount
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_decision', 'decision_id',
        'parent.verdict = ''approve'' AND EXISTS (SELECT FROM bids_bid WHERE id = parent.bid_id AND state = ''with_minister'')', '');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_moneyline
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_moneyline
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'CASE ($2).status WHEN ''pipeline'' THEN parent.state IN (''assessed'', ''at_board'') AND ($2).amount = ( SELECT sum(amount) FROM bids_bidmoney WHERE bid_id = parent.id AND financial_year = ($2).financial_year) WHEN ''recommended'' THEN parent.state = ''at_board'' AND EXISTS ( SELECT FROM funding_recommendation AS advice JOIN funding_recommendedamount AS advised ON advised.recommendation_id = advice.id WHERE advice.bid_id = parent.id AND ($2).source = ''recommendation '' || advice.key AND (advised.financial_year, advised.amount) = (($2).financial_year, ($2).amount)) WHEN ''approved'' THEN parent.state = ''approved'' AND ($2).award_id IS NOT NULL OR parent.state = ''with_minister'' AND EXISTS ( SELECT FROM funding_decision AS decision JOIN funding_decidedamount AS decided ON decided.decision_id = decision.id WHERE decision.bid_id = parent.id AND ($2).source = ''decision '' || decision.key AND (decided.financial_year, decided.amount) = (($2).financial_year, ($2).amount)) ELSE ($2).award_id IS NOT NULL END', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_moneyline
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'CASE ($2).status WHEN ''agreed'' THEN parent.state = ''accepted'' AND ($2).source = ''award '' || parent.key || '' accepted'' AND EXISTS ( SELECT FROM funding_awardyear WHERE award_id = parent.id AND (financial_year, amount) = (($2).financial_year, ($2).amount)) WHEN ''paid'' THEN EXISTS ( SELECT FROM funding_payment WHERE award_id = parent.id AND state = ''paid'' AND ($2).source = ''payment '' || key AND (financial_year, amount) = (($2).financial_year, ($2).amount)) WHEN ''recovered'' THEN EXISTS ( SELECT FROM funding_payment WHERE award_id = parent.id AND state = ''recovered'' AND ($2).source = ''payment '' || key AND (financial_year, amount) = (($2).financial_year, ($2).amount)) WHEN ''approved'' THEN parent.state = ''recorded'' AND ($2).bid_id IS NULL AND ($2).amount = parent.amount OR ($2).amount < 0 AND ($2).bid_id = parent.bid_id AND (EXISTS ( SELECT FROM funding_payment WHERE award_id = parent.id AND state = ''recovered'' AND ($2).source = ''payment '' || key AND (financial_year, amount) = (($2).financial_year, -($2).amount)) OR parent.state IN (''declined'', ''withdrawn'', ''closed'', ''terminated'') AND ($2).source = ''award '' || parent.key || '' '' || parent.state) ELSE false END', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_award
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_award
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.bid_id, OLD.round_id, OLD.title, OLD.summary, OLD.lead_id, OLD.lead_as_published, OLD.focus_area, OLD.idea_type_id, OLD.idea_as_published, OLD.amount, OLD.amount_precision, OLD.amount_note, OLD.dated_on, OLD.date_precision, OLD.date_kind, OLD.source, OLD.confidence, OLD.notes, OLD.follows_id, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.bid_id, NEW.round_id, NEW.title, NEW.summary, NEW.lead_id, NEW.lead_as_published, NEW.focus_area, NEW.idea_type_id, NEW.idea_as_published, NEW.amount, NEW.amount_precision, NEW.amount_note, NEW.dated_on, NEW.date_precision, NEW.date_kind, NEW.source, NEW.confidence, NEW.notes, NEW.follows_id, NEW.demonstration)
        OR OLD.announced_on IS DISTINCT FROM NEW.announced_on AND (OLD.announced_on IS NULL AND NEW.state IN ('accepted', 'active', 'suspended', 'closing', 'closed') OR NEW.announced_on IS NULL AND OLD.state <> 'recorded') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('accepted', 'active'), ('accepted', 'terminated'), ('active', 'closing'), ('active', 'suspended'), ('active', 'terminated'), ('closing', 'closed'), ('closing', 'terminated'), ('offered', 'accepted'), ('offered', 'declined'), ('offered', 'withdrawn'), ('suspended', 'active'), ('suspended', 'terminated'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_award
    FOR EACH ROW
    WHEN ((NEW.state = 'recorded' OR NEW.state = 'offered' AND NEW.announced_on IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_award
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''approved''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_award_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_award_councils
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
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
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_awardyear
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_awardyear
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_awardreason
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_awardreason
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        '($2).kind = parent.state OR ($2).kind = ''lesson'' AND parent.state IN (''closed'', ''terminated'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON funding_payment
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_delete BEFORE DELETE ON funding_payment
    FOR EACH ROW
    WHEN ((OLD.state = 'planned') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_payment
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.award_id, OLD.instalment, OLD.financial_year, OLD.amount, OLD.due_on) IS DISTINCT FROM (NEW.id, NEW.key, NEW.award_id, NEW.instalment, NEW.financial_year, NEW.amount, NEW.due_on)
        OR (OLD.requested_by_id, OLD.requested_at) IS DISTINCT FROM (NEW.requested_by_id, NEW.requested_at) AND (OLD.state <> 'requested' AND NEW.state = 'requested') IS NOT TRUE
        OR OLD.refusal_reason IS DISTINCT FROM NEW.refusal_reason AND (OLD.state <> NEW.state AND NEW.state IN ('requested', 'refused')) IS NOT TRUE
        OR (OLD.released_by_id, OLD.released_at) IS DISTINCT FROM (NEW.released_by_id, NEW.released_at) AND ((OLD.state, NEW.state) = ('requested', 'paid')) IS NOT TRUE
        OR OLD.recovery_reason IS DISTINCT FROM NEW.recovery_reason AND ((OLD.state, NEW.state) = ('paid', 'recovered')) IS NOT TRUE
        OR (OLD.reconciled_at, OLD.bank_reference) IS DISTINCT FROM (NEW.reconciled_at, NEW.bank_reference) AND (OLD.released_at IS NOT NULL AND OLD.reconciled_at IS NULL) IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('paid', 'recovered'), ('planned', 'requested'), ('refused', 'requested'), ('requested', 'paid'), ('requested', 'refused'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_payment
    FOR EACH ROW
    WHEN ((NEW.state = 'planned' AND NEW.requested_at IS NULL AND NEW.released_at IS NULL AND NEW.reconciled_at IS NULL AND NEW.refusal_reason = '' AND NEW.recovery_reason = '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT OR DELETE ON funding_payment
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM funding_payment WHERE award_id = parent.id AND state <> ''planned'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_variation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_variation
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.award_id, OLD.what_changes, OLD.reason, OLD.asked_by_id, OLD.asked_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.award_id, NEW.what_changes, NEW.reason, NEW.asked_by_id, NEW.asked_at)
        OR (OLD.answer, OLD.answered_by_id, OLD.answered_at) IS DISTINCT FROM (NEW.answer, NEW.answered_by_id, NEW.answered_at) AND (OLD.state = 'asked' AND NEW.state <> 'asked') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('asked', 'agreed'), ('asked', 'refused'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_variation
    FOR EACH ROW
    WHEN ((NEW.state = 'asked' AND NEW.answer = '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_monitoringreport
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_monitoringreport
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.award_id, OLD.period, OLD.due_on) IS DISTINCT FROM (NEW.id, NEW.key, NEW.award_id, NEW.period, NEW.due_on)
        OR (OLD.progress, OLD.handed_in_by_id, OLD.handed_in_at) IS DISTINCT FROM (NEW.progress, NEW.handed_in_by_id, NEW.handed_in_at) AND (OLD.handed_in_at IS NULL AND NEW.handed_in_at IS NOT NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_monitoringreport
    FOR EACH ROW
    WHEN ((NEW.handed_in_at IS NULL AND NEW.progress = '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_outcomeactual
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_report BEFORE INSERT ON funding_outcomeactual
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_monitoringreport', 'report_id',
        'parent.handed_in_at IS NOT NULL AND NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key AND name = ''monitoring.handed_in'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_evaluation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_evaluationreport
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_evaluationreport
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.title, OLD.source) IS DISTINCT FROM (NEW.id, NEW.key, NEW.title, NEW.source)
        OR (OLD.award_id, OLD.number, OLD.round_number, OLD.published_on, OLD.published_precision, OLD.authors, OLD.held_at) IS DISTINCT FROM (NEW.award_id, NEW.number, NEW.round_number, NEW.published_on, NEW.published_precision, NEW.authors, NEW.held_at) AND (OLD.source = 'cscip_evaluation_reports.csv') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_finding
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_report BEFORE INSERT ON funding_finding
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_evaluationreport', 'report_id',
        'NOT EXISTS (SELECT FROM audit_event AS event JOIN funding_award AS award ON award.key = event.subject WHERE award.id = parent.award_id AND event.name = ''evaluation.published'' AND event.data ->> ''report'' = parent.key) AND parent.source <> ''cscip_evaluation_reports.csv''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_import
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_import
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.file_name, OLD.digest, OLD.received_by_id, OLD.received_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.file_name, NEW.digest, NEW.received_by_id, NEW.received_at)
        OR (OLD.rows, OLD.expressions, OLD.awards, OLD.unchanged, OLD.problems, OLD.notices) IS DISTINCT FROM (NEW.rows, NEW.expressions, NEW.awards, NEW.unchanged, NEW.problems, NEW.notices) AND (OLD.state IN ('checked', 'failed')) IS NOT TRUE
        OR OLD.content IS DISTINCT FROM NEW.content AND (NEW.content IS NULL) IS NOT TRUE
        OR (OLD.applied_by_id, OLD.applied_at) IS DISTINCT FROM (NEW.applied_by_id, NEW.applied_at) AND (OLD.state <> 'applied' AND NEW.state = 'applied') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('checked', 'applied'), ('checked', 'failed'), ('checked', 'refused'), ('failed', 'applied'), ('failed', 'refused'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_import
    FOR EACH ROW
    WHEN ((NEW.state IN ('checked', 'refused')) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_importedcase
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_imported BEFORE INSERT ON funding_importedcase
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_import', 'imported_id',
        'parent.state IN (''checked'', ''failed'')', 'FOR SHARE OF parent');
"""
GUARDS_GONE = """
SELECT audit_unguard('funding_meeting', 'funding_attendance', 'funding_agendaitem', 'funding_interest', 'funding_opinion', 'funding_recommendation', 'funding_recommendedamount', 'funding_decision', 'funding_decidedamount', 'funding_moneyline', 'funding_award', 'funding_award_councils', 'funding_award_partners', 'funding_award_practice_models', 'funding_awardyear', 'funding_awardreason', 'funding_payment', 'funding_variation', 'funding_monitoringreport', 'funding_outcomeactual', 'funding_evaluation', 'funding_evaluationreport', 'funding_finding', 'funding_import', 'funding_importedcase');
"""
# They find the same tables whoever calls them, the caller’s temporary ones last.
PATHS = """
ALTER FUNCTION funding_seed_given() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION funding_interest_marks_member() SET search_path = pg_catalog, public, pg_temp;
"""
PATHS_AS_BEFORE = """
ALTER FUNCTION funding_seed_given() RESET search_path;
ALTER FUNCTION funding_interest_marks_member() RESET search_path;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_guards"), ("funding", "0010_money_line_once"), ("bids", "0021_guards")]
    operations = [
        migrations.RunSQL(GUARDS, GUARDS_GONE),
        migrations.RunSQL(PATHS, PATHS_AS_BEFORE),
    ]

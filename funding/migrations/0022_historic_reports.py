"""Tell the reports of the project’s files by who holds them, not by a name of a file, so
that their source can be put right when they are loaded again.
"""

from django.db import migrations

DROP = """
DROP TRIGGER guard_change ON funding_evaluationreport;
DROP TRIGGER guard_within_report ON funding_finding;
"""
FORWARD = """
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_evaluationreport
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.title) IS DISTINCT FROM (NEW.id, NEW.key, NEW.title)
        OR (OLD.award_id, OLD.number, OLD.round_number, OLD.published_on,
            OLD.published_precision, OLD.authors, OLD.held_at, OLD.source)
        IS DISTINCT FROM
            (NEW.award_id, NEW.number, NEW.round_number, NEW.published_on,
            NEW.published_precision, NEW.authors, NEW.held_at, NEW.source)
        AND (OLD.held_at <> '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_report BEFORE INSERT ON funding_finding
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_evaluationreport', 'report_id',
        'NOT EXISTS (SELECT FROM audit_event AS event JOIN funding_award AS award ON award.key = event.subject WHERE award.id = parent.award_id AND event.name = ''evaluation.published'' AND event.data ->> ''report'' = parent.key) AND parent.held_at = ''''', 'FOR SHARE OF parent');
"""
BACK = """
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_evaluationreport
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.title, OLD.source) IS DISTINCT FROM (NEW.id, NEW.key, NEW.title, NEW.source)
        OR (OLD.award_id, OLD.number, OLD.round_number, OLD.published_on, OLD.published_precision, OLD.authors, OLD.held_at) IS DISTINCT FROM (NEW.award_id, NEW.number, NEW.round_number, NEW.published_on, NEW.published_precision, NEW.authors, NEW.held_at) AND (OLD.source = 'cscip_evaluation_reports.csv') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_report BEFORE INSERT ON funding_finding
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_evaluationreport', 'report_id',
        'NOT EXISTS (SELECT FROM audit_event AS event JOIN funding_award AS award ON award.key = event.subject WHERE award.id = parent.award_id AND event.name = ''evaluation.published'' AND event.data ->> ''report'' = parent.key) AND parent.source <> ''cscip_evaluation_reports.csv''', 'FOR SHARE OF parent');
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0021_correction_index")]
    operations = [migrations.RunSQL(DROP + FORWARD, DROP + BACK)]

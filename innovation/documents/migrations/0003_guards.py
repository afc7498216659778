"""What the database refuses of this app’s evidence, whoever asks: the triggers of
`guards`, as it was when this was written.
"""

from django.db import migrations

GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON documents_document
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON documents_document
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.name, OLD.kind, OLD.size, OLD.digest, OLD.added_by_id, OLD.added_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.name, NEW.kind, NEW.size, NEW.digest, NEW.added_by_id, NEW.added_at)
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('unscanned', 'waiting'), ('waiting', 'clean'), ('waiting', 'infected'), ('waiting', 'refused'))) IS NOT TRUE
        OR OLD.file IS DISTINCT FROM NEW.file AND (NEW.file = '' AND NEW.state IN ('infected', 'refused')) IS NOT TRUE
        OR (OLD.attempts, OLD.interruptions, OLD.not_before, OLD.lease_until, OLD.last_error, OLD.scanned_at, OLD.finding) IS DISTINCT FROM (NEW.attempts, NEW.interruptions, NEW.not_before, NEW.lease_until, NEW.last_error, NEW.scanned_at, NEW.finding) AND (OLD.state IN ('unscanned', 'waiting')) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON documents_document
    FOR EACH ROW
    WHEN ((NEW.state IN ('unscanned', 'waiting')) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
"""
GUARDS_GONE = """
SELECT audit_unguard('documents_document');
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_guards"), ("documents", "0002_one_line")]
    operations = [
        migrations.RunSQL(GUARDS, GUARDS_GONE),
    ]

"""The register of laws and rules that stand in the way of cases."""

import django.db.models.deletion
import innovation.core.fields
import innovation.core.keys
import innovation.core.lines
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_barriercase(r bids_barriercase)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'entry_id', r.entry_id,
        'expression_id', r.expression_id,
        'barrier_id', r.barrier_id,
        'reason', audit_digest(r.reason),
        'joined_by_id', r.joined_by_id,
        'joined_at', audit_moment(r.joined_at),
        'left_because', audit_digest(r.left_because),
        'left_by_id', r.left_by_id,
        'left_at', audit_moment(r.left_at))
$$;
CREATE OR REPLACE FUNCTION audit_facts_bids_barrierentry(r bids_barrierentry)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'from_case', r.from_case,
        'demonstration', r.demonstration)
$$;
CREATE OR REPLACE FUNCTION audit_facts_bids_barrierstep(r bids_barrierstep)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'entry_id', r.entry_id,
        'law_or_rule', audit_digest(r.law_or_rule),
        'what_it_stops', audit_digest(r.what_it_stops),
        'state', r.state,
        'route', r.route,
        'owner_id', r.owner_id,
        'raised_on', r.raised_on,
        'due_on', r.due_on,
        'resolved_on', r.resolved_on,
        'outcome', audit_digest(r.outcome),
        'reason', audit_digest(r.reason),
        'so_on', r.so_on,
        'recorded_at', audit_moment(r.recorded_at),
        'recorded_by_id', r.recorded_by_id)
$$;
CREATE OR REPLACE FUNCTION audit_note_bids_barriercase() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_barriercase;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_barriercase(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_barriercase(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_barriercase', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_barriercase() FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit_note_bids_barrierentry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_barrierentry;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_barrierentry(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_barrierentry(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        r.chain_id,
        0),
        'bids_barrierentry', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_barrierentry() FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit_note_bids_barrierstep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_barrierstep;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_barrierstep(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_barrierstep(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_barrierentry WHERE id = r.entry_id),
        0),
        'bids_barrierstep', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_barrierstep() FROM PUBLIC;
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_barriercase
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_barriercase();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_barrierentry
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_barrierentry();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_barrierstep
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_barrierstep();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_barrierentry
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_barrierstep
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_barriercase
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_barriercase
    FOR EACH ROW
    WHEN ((OLD.id, OLD.entry_id, OLD.expression_id, OLD.reason, OLD.joined_by_id, OLD.joined_at) IS DISTINCT FROM (NEW.id, NEW.entry_id, NEW.expression_id, NEW.reason, NEW.joined_by_id, NEW.joined_at)
        OR OLD.barrier_id IS DISTINCT FROM NEW.barrier_id AND (NEW.barrier_id IS NULL) IS NOT TRUE
        OR (OLD.left_at, OLD.left_by_id, OLD.left_because) IS DISTINCT FROM (NEW.left_at, NEW.left_by_id, NEW.left_because) AND (OLD.left_at IS NULL AND NEW.left_at IS NOT NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_barriercase
    FOR EACH ROW
    WHEN ((NEW.left_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_barriercase
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.submitted_at IS NOT NULL', 'FOR SHARE OF parent');
"""
GUARDS_OFF = """
SELECT audit_unguard(
    'bids_barrierentry', 'bids_barrierstep', 'bids_barriercase');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_rows_without_a_parent'),
        ('bids', '0058_spare_support_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BarrierEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('BAR'), editable=False, max_length=20, unique=True)),
                ('from_case', models.BooleanField()),
                ('demonstration', models.BooleanField(default=False)),
                ('chain', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.chain')),
            ],
        ),
        migrations.CreateModel(
            name='BarrierCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', innovation.core.fields.Text(max_length=100000)),
                ('joined_at', models.DateTimeField()),
                ('left_because', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('left_at', models.DateTimeField(null=True)),
                ('barrier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='entries', to='bids.barrier')),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='barrier_cases', to='bids.expression')),
                ('joined_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('left_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='bids.barrierentry')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('barrier',), name='barrier_in_one_entry'), models.CheckConstraint(condition=models.Q(models.Q(('left_at__isnull', True), ('left_because', ''), ('left_by__isnull', True)), models.Q(('left_at__isnull', False), ('left_by__isnull', False), models.Q(('left_because', ''), _negated=True)), _connector='OR'), name='barrier_case_left_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='BarrierStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('law_or_rule', innovation.core.lines.OneLineField(max_length=200)),
                ('what_it_stops', innovation.core.fields.Text(max_length=100000)),
                ('state', models.CharField(choices=[('raised', 'Raised'), ('in_hand', 'In hand'), ('removed', 'Removed'), ('stays', 'Cannot be removed'), ('mistake', 'Entered by mistake')], max_length=10)),
                ('route', models.CharField(blank=True, choices=[('waiver', 'A waiver'), ('guidance', 'Guidance'), ('law', 'A change in law'), ('none', 'None needed')], max_length=10)),
                ('raised_on', models.DateField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('resolved_on', models.DateField(blank=True, null=True)),
                ('outcome', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('reason', innovation.core.fields.Text(max_length=100000)),
                ('so_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='bids.barrierentry')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-so_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'in_hand', 'removed', 'stays', 'mistake'])), name='barrier_step_state'), models.CheckConstraint(condition=models.Q(('route__in', ['', 'waiver', 'guidance', 'law', 'none'])), name='barrier_step_route'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'in_hand'), _negated=True), ('owner__isnull', False), _connector='OR'), name='barrier_step_in_hand_has_owner'), models.CheckConstraint(condition=models.Q(models.Q(('resolved_on__isnull', False), ('state__in', ('removed', 'stays')), models.Q(('outcome', ''), _negated=True)), models.Q(models.Q(('state__in', ('removed', 'stays')), _negated=True), ('outcome', ''), ('resolved_on__isnull', True)), _connector='OR'), name='barrier_step_resolved_with_outcome'), models.CheckConstraint(condition=models.Q(models.Q(('law_or_rule', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='barrier_step_has_reason')],
            },
        ),
        migrations.RunSQL(GUARDS, GUARDS_OFF),
    ]

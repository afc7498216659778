"""Programmes move into a register, which administrators keep."""

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

from innovation.core import keys

MAIN = "cscip"


def move(apps, schema_editor):
    """Each programme keeps its id. The log states it as it states a new row."""
    programmes = apps.get_model("bids", "Programme").objects.order_by("id")
    with schema_editor.connection.cursor() as cursor:
        for programme in programmes:
            key = keys.NewKey("PRG")()
            cursor.execute(
                "INSERT INTO audit_chain (kind, length, head, stage)"
                " VALUES ('service', 0, repeat('0', 64), '') RETURNING id"
            )
            chain = cursor.fetchone()[0]
            cursor.execute(
                "INSERT INTO registers_programme (id, key, chain_id, name, co_funder, main)"
                " VALUES (%s, %s, %s, %s, '', %s)",
                [programme.pk, key, chain, programme.name, programme.slug == MAIN],
            )
            cursor.execute(
                "INSERT INTO audit_event"
                " (chain_id, name, subject, actor, at, data, tally, stage, request_id)"
                " VALUES (%s, 'register.added', %s, 'service', %s, '{}', '{}', '', '')",
                [chain, key, timezone.now()],
            )
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('registers_programme', 'id'),"
            " greatest(max(id), 1), max(id) IS NOT NULL) FROM registers_programme"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("bids", "0060_spare_barrier_index"),
        ("registers", "0004_spare_programme_index"),
    ]
    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="round",
            name="programme",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="registers.programme"),
        ),
        migrations.DeleteModel(name="Programme"),
    ]

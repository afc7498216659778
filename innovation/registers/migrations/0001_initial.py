from django.db import migrations, models

from innovation.core import fields, keys
from innovation.registers.trigger_text import row_triggers

COLUMNS, MOMENTS = ["text", "kind", "readers"], ["starts_at", "ends_at"]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("audit", "0006_name_of_a_check")]
    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=keys.NewKey("NOT"), editable=False, max_length=20, unique=True)),
                ("text", fields.Text(max_length=500, verbose_name="text")),
                ("kind", models.CharField(choices=[("information", "Information"), ("maintenance", "Planned maintenance"), ("problem", "Problem with the service")], max_length=20, verbose_name="about")),
                ("readers", models.CharField(choices=[("everybody", "Everybody"), ("signed_in", "Whoever is signed in")], max_length=20, verbose_name="who sees it")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="until")),
                ("chain", models.OneToOneField(editable=False, on_delete=models.PROTECT, related_name="+", to="audit.chain")),
            ],
            options={"ordering": ["-pk"], "abstract": False, "constraints": [
                models.CheckConstraint(condition=models.Q(("kind__in", ["information", "maintenance", "problem"])), name="notice_kind"),
                models.CheckConstraint(condition=models.Q(("readers__in", ["everybody", "signed_in"])), name="notice_readers"),
                models.CheckConstraint(condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="notice_ends_after_start", violation_error_code="ends_at", violation_error_message="It must end after it starts"),
            ]},
        ),
        migrations.RunSQL(
            row_triggers("registers_notice", COLUMNS + MOMENTS, moments=MOMENTS, texts=["text"]),
            migrations.RunSQL.noop,
        ),
    ]

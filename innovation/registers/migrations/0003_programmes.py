from django.db import migrations, models

from innovation.core import keys, lines
from innovation.registers.trigger_text import row_triggers


class Migration(migrations.Migration):
    dependencies = [("registers", "0002_plainer_labels")]
    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=keys.NewKey("PRG"), editable=False, max_length=20, unique=True)),
                ("name", lines.OneLineField(max_length=120, verbose_name="name")),
                ("co_funder", lines.OneLineField(blank=True, max_length=120, verbose_name="funded with")),
                ("main", models.BooleanField(default=False, editable=False, verbose_name="main programme")),
                ("chain", models.OneToOneField(editable=False, on_delete=models.PROTECT, related_name="+", to="audit.chain")),
            ],
            options={"ordering": ["-pk"], "abstract": False, "constraints": [
                models.UniqueConstraint(fields=("name",), name="programme_name_once", violation_error_code="name", violation_error_message="There is already a programme of this name"),
                models.UniqueConstraint(condition=models.Q(("main", True)), fields=("main",), name="programme_one_main"),
            ]},
        ),
        migrations.RunSQL(
            row_triggers(
                "registers_programme",
                ["name", "co_funder", "main"],
                texts=["name", "co_funder"],
            ),
            migrations.RunSQL.noop,
        ),
    ]

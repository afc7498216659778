import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="ReferenceData",
            fields=[
                (
                    "name",
                    models.CharField(max_length=60, primary_key=True, serialize=False),
                ),
                ("digest", models.CharField(max_length=64)),
                ("loaded_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="council",
            name="also_known_as",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=100), default=list, size=None
            ),
        ),
        migrations.AlterField(
            model_name="council",
            name="official_name",
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name="councilcode",
            name="name",
            field=models.CharField(default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="councilcode",
            name="official_name",
            field=models.CharField(blank=True, default="", max_length=150),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="organisation",
            name="source",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Where facts that need a source are from.",
                max_length=400,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="organisation",
            name="confidence",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="organisation",
            name="notes",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        # A plain many-to-many cannot be given a table of its own: it is made anew.
        migrations.RemoveField(model_name="organisation", name="serves"),
        migrations.CreateModel(
            name="RunsServices",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("started", models.CharField(blank=True, max_length=10)),
                ("ended", models.CharField(blank=True, max_length=10)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="run_by",
                        to="organisations.council",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="areas",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "council"), name="runs_services_once"
                    )
                ]
            },
        ),
        migrations.AddField(
            model_name="organisation",
            name="serves",
            field=models.ManyToManyField(
                blank=True,
                help_text="For a trust: the councils whose children's services it runs.",
                related_name="served_by",
                through="organisations.RunsServices",
                to="organisations.council",
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_report_kind")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="file_format",
            field=models.CharField(
                choices=[("csv", "CSV"), ("xlsx", "Excel")],
                db_default="csv",
                default="csv",
                max_length=4,
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("file_format__in", ["csv", "xlsx"])),
                name="report_file_format",
            ),
        ),
    ]

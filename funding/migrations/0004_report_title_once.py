from django.db import migrations, models


class Migration(migrations.Migration):
    """The same rule under a name, so that a page can say what was broken."""

    dependencies = [("funding", "0003_interest_marks_member")]

    operations = [
        migrations.AlterField(
            model_name="evaluationreport",
            name="title",
            field=models.CharField(max_length=200),
        ),
        migrations.AddConstraint(
            model_name="evaluationreport",
            constraint=models.UniqueConstraint(
                fields=["title"], name="evaluation_report_title_once"
            ),
        ),
    ]

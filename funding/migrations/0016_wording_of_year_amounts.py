from django.db import migrations, models


class Migration(migrations.Migration):
    """Of the state alone: a constraint's wording is not in the database."""

    dependencies = [("funding", "0015_wording_of_constraints")]

    operations = [
        migrations.AlterConstraint(
            model_name="awardyear",
            name="award_year_once",
            constraint=models.UniqueConstraint(
                fields=("award", "financial_year"),
                name="award_year_once",
                violation_error_code="financial_year",
                violation_error_message="Enter each line once",
            ),
        ),
        migrations.AlterConstraint(
            model_name="awardyear",
            name="award_year_positive",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="award_year_positive",
                violation_error_code="amount",
                violation_error_message="Enter an amount above £0",
            ),
        ),
        migrations.AlterConstraint(
            model_name="recommendedamount",
            name="recommended_year_once",
            constraint=models.UniqueConstraint(
                fields=("recommendation", "financial_year"),
                name="recommended_year_once",
                violation_error_code="financial_year",
                violation_error_message="Enter each line once",
            ),
        ),
        migrations.AlterConstraint(
            model_name="recommendedamount",
            name="recommended_positive",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="recommended_positive",
                violation_error_code="amount",
                violation_error_message="Enter an amount above £0",
            ),
        ),
        migrations.AlterConstraint(
            model_name="decidedamount",
            name="decided_year_once",
            constraint=models.UniqueConstraint(
                fields=("decision", "financial_year"),
                name="decided_year_once",
                violation_error_code="financial_year",
                violation_error_message="Enter each line once",
            ),
        ),
        migrations.AlterConstraint(
            model_name="decidedamount",
            name="decided_positive",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="decided_positive",
                violation_error_code="amount",
                violation_error_message="Enter an amount above £0",
            ),
        ),
    ]

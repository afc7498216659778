from django.db import migrations, models


class Migration(migrations.Migration):
    """Of the state alone: a constraint's wording is not in the database."""

    dependencies = [("bids", "0025_wording_of_constraints")]

    operations = [
        migrations.AlterConstraint(
            model_name="moneyasked",
            name="money_asked_year_once",
            constraint=models.UniqueConstraint(
                fields=("expression", "financial_year"),
                name="money_asked_year_once",
                violation_error_code="financial_year",
                violation_error_message="Enter each line once",
            ),
        ),
        migrations.AlterConstraint(
            model_name="moneyasked",
            name="money_asked_positive",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="money_asked_positive",
                violation_error_code="amount",
                violation_error_message="Enter an amount above £0",
            ),
        ),
        migrations.AlterConstraint(
            model_name="bidmoney",
            name="bid_money_once",
            constraint=models.UniqueConstraint(
                fields=("bid", "financial_year", "category", "partner"),
                name="bid_money_once",
                nulls_distinct=False,
                violation_error_code="financial_year",
                violation_error_message="Enter each line once",
            ),
        ),
        migrations.AlterConstraint(
            model_name="bidmoney",
            name="bid_money_positive",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="bid_money_positive",
                violation_error_code="amount",
                violation_error_message="Enter an amount above £0",
            ),
        ),
    ]

"""Rounds that have cases go on as they began: one finished assessment was enough."""

from django.db import migrations
from django.db.models import Q


def keep(apps, schema_editor):
    Round = apps.get_model("bids", "Round")
    Expression = apps.get_model("bids", "Expression")
    begun = Expression.objects.order_by().values("round").distinct()
    Round.objects.filter(Q(route="seed") | Q(pk__in=begun)).update(assessments_needed=1)


class Migration(migrations.Migration):
    dependencies = [("bids", "0018_assigned_assessors")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]

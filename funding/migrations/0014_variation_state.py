"""The database takes no state of a variation that the table does not know."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funding", "0013_guards_held_twice")]

    operations = [
        migrations.AddConstraint(
            model_name="variation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "agreed", "refused"])),
                name="variation_state",
            ),
        ),
    ]

"""Name unsent forms, and whose quota it is in which window, by nouns.

The unique constraints follow by themselves.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_fold_text")]
    operations = [
        migrations.RenameModel("KeptPost", "UnsentForm"),
        migrations.RunSQL(
            "ALTER TABLE core_unsentform RENAME CONSTRAINT core_keptpost_fields_check TO core_unsentform_fields_check",
            "ALTER TABLE core_unsentform RENAME CONSTRAINT core_unsentform_fields_check TO core_keptpost_fields_check",
        ),
        migrations.RunSQL(
            "ALTER TABLE core_unsentform RENAME CONSTRAINT core_keptpost_size_check TO core_unsentform_size_check",
            "ALTER TABLE core_unsentform RENAME CONSTRAINT core_unsentform_size_check TO core_keptpost_size_check",
        ),
        migrations.RenameField("quota", "who", "subject"),
        migrations.RenameField("quota", "began", "starts_at"),
        migrations.RenameField("quota", "ends", "ends_at"),
        migrations.AlterConstraint(
            "quota",
            "quota_once",
            models.UniqueConstraint(fields=("name", "subject"), name="quota_once"),
        ),
    ]

"""Name what somebody typed as the code does: the input of each form field."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bids", "0035_plainer_labels")]
    operations = [
        migrations.RenameField("answerversion", "typed", "raw_input"),
        migrations.RunSQL(
            "ALTER TABLE bids_answerversion RENAME CONSTRAINT bids_answerversion_typed_check TO bids_answerversion_raw_input_check",
            "ALTER TABLE bids_answerversion RENAME CONSTRAINT bids_answerversion_raw_input_check TO bids_answerversion_typed_check",
        ),
    ]

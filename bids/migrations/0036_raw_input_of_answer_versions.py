"""Name what somebody typed as the code does: the input of each form field."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bids", "0035_plainer_labels")]
    operations = [migrations.RenameField("answerversion", "typed", "raw_input")]

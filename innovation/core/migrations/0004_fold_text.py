"""Create `fold_text`, by which texts are searched: see `innovation.core.folding`."""

from django.db import migrations

from innovation.core.folding import function_sql


class Migration(migrations.Migration):
    dependencies = [("core", "0003_duplicate_indexes")]
    operations = [migrations.RunSQL(function_sql(), "DROP FUNCTION fold_text(text)")]

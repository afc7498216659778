"""Migration operations that Django does not have."""

from typing import Any

from django.db.migrations import AlterField

from innovation.core.fields import check_name


class BoundField(AlterField):
    """Adds a length limit to a text or JSON column. Existing rows are not checked until
    they are next written.
    """

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        table, field = self._field(app_label, to_state)
        check = field.db_check(schema_editor.connection)
        schema_editor.execute(
            f'ALTER TABLE "{table}" ADD CONSTRAINT '
            f'"{check_name(table, field.column)}" CHECK ({check}) NOT VALID'
        )

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: object, to_state: object
    ) -> None:
        table, field = self._field(app_label, from_state)
        schema_editor.execute(
            f'ALTER TABLE "{table}" DROP CONSTRAINT "{check_name(table, field.column)}"'
        )

    def _field(self, app_label: str, state: Any) -> tuple[str, Any]:
        model = state.apps.get_model(app_label, self.model_name)
        return model._meta.db_table, model._meta.get_field(self.name)

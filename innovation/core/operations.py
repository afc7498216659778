"""Migration operations that Django does not have."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AlterField
from django.db.migrations.state import ProjectState
from django.db.models import Field

from innovation.core.columns import column_field
from innovation.core.fields import check_name


class BoundField(AlterField):
    """Adds a length limit to a text or JSON column. Existing rows are not checked until
    they are next written.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table, field = self._field(app_label, to_state)
        check = field.db_check(schema_editor.connection)
        schema_editor.execute(
            f'ALTER TABLE "{table}" ADD CONSTRAINT '
            f'"{check_name(table, str(field.column))}" CHECK ({check}) NOT VALID'
        )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table, field = self._field(app_label, from_state)
        schema_editor.execute(
            f'ALTER TABLE "{table}" DROP CONSTRAINT '
            f'"{check_name(table, str(field.column))}"'
        )

    def _field(
        self, app_label: str, state: ProjectState
    ) -> tuple[str, "Field[object, object]"]:
        model = state.apps.get_model(app_label, self.model_name)
        return model._meta.db_table, column_field(model, self.name)

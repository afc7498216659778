"""The database that tests work on is what the migrations make."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import database_template


@pytest.mark.django_db
def test_a_copy_of_the_template_has_nothing_left_to_migrate() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_a_changed_migration_makes_another_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = database_template.template_name()
    assert database_template.template_name() == before
    files = [*database_template.files_migrating_reads()]
    names = {file.name for file in files}
    assert {"0001_baseline.py", "columns.py", "lines.py"} <= names
    added = tmp_path / "0002_more.py"
    added.write_text("")
    monkeypatch.setattr(
        database_template, "files_migrating_reads", lambda: [*files, added]
    )
    assert database_template.template_name() != before

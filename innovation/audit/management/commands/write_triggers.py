"""`manage.py write_triggers bids`: prints the SQL for a migration of this app after its
`guards`, its `evidence` or a table has changed.
"""

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from innovation.audit import evidence, guards


class Command(BaseCommand):
    help = (
        "Print the SQL that drops the guards of an app’s tables, creates the missing "
        "functions and triggers of their evidence, and creates the guards again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("app", help="the app’s label")
        parser.add_argument(
            "tables", nargs="*", help="the tables to print (default: all of the app)"
        )

    def handle(self, *args: object, **options: Any) -> None:
        label = apps.get_app_config(options["app"]).label

        def is_selected(table: str, app_label: str) -> bool:
            return app_label == label and table in (options["tables"] or [table])

        guarded = [
            guard
            for guard in guards.declarations().guards.values()
            if is_selected(guard.table, guard.model._meta.app_label)
        ]
        declared = [
            table
            for table in evidence.tables()
            if is_selected(table.table, table.model._meta.app_label)
        ]
        self.stdout.write(guards.drop_triggers(guarded))
        for statement in [
            *evidence.missing_statements(declared),
            *(guards.trigger_statements(guard) for guard in guarded),
        ]:
            self.stdout.write(statement)

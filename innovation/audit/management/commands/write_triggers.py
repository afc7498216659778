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
        "Print what lifts the guards of an app’s tables, then what the database lacks "
        "to state them as declared, then what lays their guards anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("app", help="the app’s label")
        parser.add_argument(
            "tables", nargs="*", help="tables to print, all unless given"
        )

    def handle(self, *args: object, **options: Any) -> None:
        label = apps.get_app_config(options["app"]).label

        def meant(table: str, owner: str) -> bool:
            return owner == label and table in (options["tables"] or [table])

        guarded = [
            guard
            for guard in guards.declarations().guards.values()
            if meant(guard.table, guard.model._meta.app_label)
        ]
        stated = [
            declared
            for declared in evidence.tables()
            if meant(declared.table, declared.model._meta.app_label)
        ]
        self.stdout.write(guards.drop_triggers(guarded))
        for statement in [
            *evidence.missing_statements(stated),
            *(guards.trigger_statements(guard) for guard in guarded),
        ]:
            self.stdout.write(statement)

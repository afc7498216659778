"""`manage.py sqlguards bids`: the SQL that a migration of this app needs."""

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from innovation.audit import guards


class Command(BaseCommand):
    help = "Print the triggers that hold what an app’s module `guards` declares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("app", help="the app’s label")
        parser.add_argument(
            "tables", nargs="*", help="tables to print, all unless given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        label = apps.get_app_config(options["app"]).label
        chosen = [
            guard
            for guard in guards.declared().guards.values()
            if guard.model._meta.app_label == label
            and guard.table in (options["tables"] or [guard.table])
        ]
        self.stdout.write(guards.unguard(chosen))
        for guard in chosen:
            self.stdout.write(guards.statements(guard))

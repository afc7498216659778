"""`manage.py write_evidence`: the SQL of a migration, for what is declared evidence and
is not installed so.
"""

from typing import Any

from django.core.management.base import BaseCommand

from innovation.audit import evidence


class Command(BaseCommand):
    help = "Print the statements that bring the database in line with evidence.py."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("app", help="label of the app whose tables are meant")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\n".join(evidence.missing(options["app"])))

"""`manage.py demonstration_sign_ins`: who can sign in, and with what."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from funding.demo_data.people import DEMO_PEOPLE, PASSWORD
from innovation.accounts.roles import ROLES


class Command(BaseCommand):
    help = "Print the demonstration's people, their roles and the password."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("There is no demonstration here: set DEMONSTRATION=1.")
        rows = [("Role", "E-mail", "Password")] + [
            (ROLES[part.role].title, part.email, PASSWORD)
            for part in DEMO_PEOPLE
            if part.can_sign_in
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for row in rows:
            cells = [cell.ljust(w) for cell, w in zip(row, widths, strict=True)]
            self.stdout.write("  ".join(cells).rstrip())

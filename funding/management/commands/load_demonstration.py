"""`manage.py load_demonstration`: made-up people and cases, never in production."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from funding.demo_data.load import load
from innovation.core import clock


class Command(BaseCommand):
    help = "Load the demonstration. Safe to repeat; refused unless DEMONSTRATION=1."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "The demonstration is made up, so it is loaded only where "
                "DEMONSTRATION=1 is set. Nothing was changed."
            )
        call_command("load_reference_data", stdout=self.stdout)
        for name, is_new in load(at=clock.now()).items():
            self.stdout.write(f"{name}: {'created' if is_new else 'already loaded'}")

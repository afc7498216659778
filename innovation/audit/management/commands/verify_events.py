"""`manage.py verify_events`: is the log as it was written?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from innovation.audit import seals
from innovation.audit.models import Event
from innovation.audit.verification import first_fault


class Command(BaseCommand):
    help = "Check every chain of the event log; name the first row that was touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seal", help="a seal printed earlier: does the log up to it still hold?"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        fault = first_fault()
        if fault is not None:
            raise CommandError(fault.sentence)
        try:
            if options["seal"] and not seals.holds(options["seal"]):
                raise CommandError("The log up to this seal is not what it was.")
            self.stdout.write(
                f"{Event.objects.count():,} events, every chain is whole."
            )
            self.stdout.write(f"Seal, to be kept elsewhere: {seals.make()}")
        except (seals.NoSeal, seals.NotSealed) as wrong:
            raise CommandError(str(wrong)) from None

"""`manage.py verify_events`: is the log as it was written?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from innovation.audit.models import Event
from innovation.audit.verification import first_fault


class Command(BaseCommand):
    help = "Check every chain of the event log; name the first row that was touched."

    def handle(self, *args: Any, **options: Any) -> None:
        fault = first_fault()
        if fault is not None:
            raise CommandError(fault.sentence)
        self.stdout.write(f"{Event.objects.count():,} events, every chain is whole.")

"""`manage.py load_reference_data`: councils, registers and the programme's history."""

from django.core.management.base import BaseCommand

from bids.domain import registers
from funding.domain import historic_awards
from innovation.core import clock
from innovation.organisations.domain import councils


class Command(BaseCommand):
    help = "Load the reference data of the project. Safe to repeat."

    def handle(self, *args: object, **options: object) -> None:
        at = clock.now()
        steps = {
            "Councils and trusts": councils.load,
            "Registers": registers.load,
            "History": historic_awards.load,
        }
        for name, load in steps.items():
            state = "loaded" if load(at=at) else "already loaded"
            self.stdout.write(f"{name}: {state}")

"""`manage.py verify_events`: checks that the log is unchanged and that the rows of
evidence agree with it.
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from innovation.audit import chains, checkpoints, rows, seals
from innovation.audit.models import Event
from innovation.audit.verification import first_fault


class Command(BaseCommand):
    help = (
        "Check every chain of the event log and name the first row that was changed. "
        "Then name every row of evidence that differs from the log."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seal", help="a seal printed earlier: check the log up to it"
        )
        parser.add_argument(
            "--limit",
            type=int,
            default=100,
            help="how many rows to name (default: 100)",
        )

    def handle(self, *args: object, **options: Any) -> None:
        try:
            faults = [*_faults(options["limit"]), *_seal_fault(options["seal"])]
            if faults:
                raise CommandError("\n".join(faults))
            self.stdout.write(
                f"{Event.objects.count():,} events, and every chain is intact. Every "
                "row of evidence agrees with them."
            )
            self.stdout.write(f"Seal, to be kept elsewhere: {seals.make()}")
        except (seals.InvalidSeal, seals.SealTimeout) as error:
            raise CommandError(str(error)) from None


def _faults(limit: int) -> Iterator[str]:
    fault = first_fault()
    if fault is not None:
        yield fault.sentence
    yield from checkpoints.faults(limit)
    yield from chains.faults(limit)
    differing, count = rows.differences(limit)
    yield from (difference.sentence for difference in differing)
    if count > len(differing):
        yield f"{count - len(differing):,} more rows differ: see them with --limit."


def _seal_fault(seal: str | None) -> Iterator[str]:
    if seal and not seals.is_intact(seal):
        yield "The log up to this seal was changed."

"""`manage.py import_cases FILE`: check a file of past cases; `--apply` writes them.

An operator of the service acts for the two people whom the command names, and the log
names them too: `--by` sends the file, `--confirmed-by` confirms it.
"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from funding.domain import imports
from funding.domain.importing import figure_changes
from funding.domain.importing.report import Problem
from funding.domain.importing.tables import MAX_BYTES
from funding.domain.revisions import Effect
from funding.models import Import
from funding.models.imports import ImportState
from funding.wording import FIGURE_NAMES
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.errors import DomainError
from innovation.core.formatting import format_date


class Command(BaseCommand):
    help = "Check a CSV or XLSX file of past cases; with --apply, import them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="write the cases")
        parser.add_argument(
            "--by", metavar="EMAIL", help="who imports them; needed to apply"
        )
        parser.add_argument(
            "--confirmed-by",
            metavar="EMAIL",
            help="somebody else who has seen what changes of the public figures; "
            "needed to apply a file with cases of days before today. Without it the "
            "file waits on the page Import",
        )

    def handle(
        self,
        *args: object,
        file: Path,
        apply: bool,
        by: str | None,
        confirmed_by: str | None,
        **options: object,
    ) -> None:
        content = _content(file)
        if by is None:
            if apply:
                raise CommandError("Say with --by EMAIL who imports the cases.")
            self._dry_run(content)
            return
        try:
            second = _person(confirmed_by) if confirmed_by else None
            self._receive(content, file.name, _person(by), apply, second)
        except DomainError as error:
            raise CommandError(error.sentence) from None

    def _dry_run(self, content: bytes) -> None:
        report = imports.check(content, at=clock.now())
        self._print_counts(
            report.rows, report.expressions, report.awards, report.unchanged
        )
        for notice in report.notices:
            self.stdout.write(notice)
        self._print_problems(report.problems)
        today = clock.london_day(clock.now())
        self._print_effect(figure_changes.effect_of(report, today=today))
        self.stdout.write(
            "Nothing was written. To import the cases, add --apply --by EMAIL."
        )

    def _receive(
        self, content: bytes, name: str, by: User, apply: bool, second: User | None
    ) -> None:
        received = imports.receive(content, file_name=name, by=by, at=clock.now())
        if not received.problems:
            self._print_effect(imports.preview(received, at=clock.now()).effect)
            if apply:
                received = self._apply(received, by, second)
        self._print_import(received)

    def _apply(self, received: Import, by: User, second: User | None) -> Import:
        received = imports.apply(received, by=by, at=clock.now())
        if received.state != ImportState.WAITING or second is None:
            return received
        effect_digest = imports.preview(received, at=clock.now()).effect.digest
        return imports.confirm(
            received, effect_digest=effect_digest, by=second, at=clock.now()
        )

    def _print_effect(self, effect: Effect) -> None:
        """Print each public figure before and after."""
        for step in [*effect.comparison.steps, *effect.comparison.today]:
            self.stdout.write(
                f"{FIGURE_NAMES[step.figure]} as at {format_date(step.day)}: "
                f"{step.before:,} before, {step.after:,} after"
            )

    def _print_import(self, received: Import) -> None:
        self._print_counts(
            received.rows, received.expressions, received.awards, received.unchanged
        )
        for notice in received.notices:
            self.stdout.write(notice)
        self._print_problems([Problem(**problem) for problem in received.problems])
        self.stdout.write(f"{received.key}: {received.get_state_display()}")

    def _print_counts(
        self, rows: int, expressions: int, awards: int, unchanged: int
    ) -> None:
        self.stdout.write(
            f"{rows:,} rows: {expressions:,} expressions of interest and {awards:,} "
            f"awards are new, {unchanged:,} were already imported."
        )

    def _print_problems(self, problems: list[Problem]) -> None:
        for problem in problems:
            word = "Row" if problem.rows == str(problem.row) else "Rows"
            place = f"{word} {problem.rows}, {problem.column}: " if problem.row else ""
            self.stdout.write(f"{place}{problem.sentence}")
        if problems:
            raise CommandError(
                f"{len(problems):,} problems: nothing was written. Correct them and "
                "try again."
            )


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            # Read one byte more than the limit, to notice a larger file.
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None


def _person(email: str) -> User:
    person = User.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise CommandError(f"Nobody here has the e-mail address {email}.")
    return person

"""`manage.py draw_states`: docs/states.md, made from the tables."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from innovation.reporting import diagrams

PAGE = settings.BASE_DIR / "docs/states.md"
HEAD = """# What can become of a case

Drawn from `bids/states.py` and `funding/states.py` by `manage.py draw_states`; a test
fails when the two differ.

"""


class Command(BaseCommand):
    help = "Write docs/states.md from the state tables."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Say whether it is up to date."
        )

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        text = HEAD + diagrams.everything()
        if not check:
            PAGE.write_text(text, encoding="utf-8")
        elif PAGE.read_text(encoding="utf-8") != text:
            self.stderr.write("docs/states.md differs from the tables.")
            raise SystemExit(1)

"""`manage.py draw_states`: draws the diagrams in the README and docs/states.md."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from innovation.reporting import diagrams

README, PAGE = settings.BASE_DIR / "README.md", settings.BASE_DIR / "docs/states.md"
BEGIN, END = "<!-- draw_states -->\n", "<!-- end of draw_states -->"
PAGE_HEADING = """# The states of a case

Drawn from `bids/states.py` and `funding/states.py` by `manage.py draw_states`; a test
fails when the two differ.

"""


class Command(BaseCommand):
    help = "Draw the state tables in README.md and docs/states.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Say whether they are up to date."
        )

    def handle(self, *args: object, check: bool = False, **options: object) -> None:
        before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        texts = {
            README: before + BEGIN + diagrams.draw_case_tables() + END + after,
            PAGE: PAGE_HEADING + diagrams.draw_all(),
        }
        for path, text in texts.items():
            if not check:
                path.write_text(text, encoding="utf-8")
            elif path.read_text(encoding="utf-8") != text:
                self.stderr.write(f"{path.name} differs from the tables.")
                raise SystemExit(1)

"""Cases from before the service: an imported file, one that waits for a second person,
one with problems, and corrections.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from funding.demo_data.current.demo_context import DemoContext
from funding.domain import corrections, imports
from funding.models import Import, ImportedCase
from innovation.core.clock import london_day

ORGANISATION = "Petrel Sound Families (demonstration)"
_PAPER_FORMS = (
    ("P-101", "Gardens for foster families"),
    ("P-102", "A choir for young carers"),
    ("P-103", "Cooking with care leavers"),
)


def add_cases(demo: DemoContext) -> None:
    _import_paper_forms(demo, demo.days_ago(62))
    _receive(demo, "list of 2018.csv", demo.days_ago(9), _problem_rows())
    _send_past_cases(demo, demo.days_ago(2))
    _ask_for_corrections(demo)


def _row(number: str, title: str, day: date) -> dict[str, str]:
    return {
        "Kind": "EOI",
        "ID": number,
        "Title": f"{title} (demonstration)",
        "Lead organisation": ORGANISATION,
        "Lead type": "charity",
        "Round": "Round 2",
        "Date": f"{day:%d/%m/%Y}",
    }


def _receive(
    demo: DemoContext, name: str, at: datetime, rows: Sequence[Mapping[str, str]]
) -> Import:
    output = io.StringIO(newline="")
    writer = csv.DictWriter(output, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    content, by = output.getvalue().encode(), demo.users["official"]
    return imports.receive(content, file_name=name, by=by, at=at)


def _import_paper_forms(demo: DemoContext, at: datetime) -> None:
    """Import forms that came on paper that day, which changes no figure of the past."""
    rows = [_row(number, title, london_day(at)) for number, title in _PAPER_FORMS]
    received = _receive(demo, "paper forms.csv", at, rows)
    imports.apply(received, by=demo.users["official"], at=at)


def _send_past_cases(demo: DemoContext, at: datetime) -> None:
    """Send two old cases, which change the figures of 2017, to a second person."""
    rows = [
        _row("P-001", "A house for young mothers", date(2017, 3, 14)),
        _row("P-002", "Night school for foster carers", date(2017, 5, 2)),
    ]
    received = _receive(demo, "found in a cupboard.csv", at, rows)
    imports.apply(received, by=demo.users["official"], at=at)


def _problem_rows() -> list[dict[str, str]]:
    row = _row("P-090", "A map of short breaks", date(2018, 1, 9))
    return [row | {"Date": "last spring"}, row | {"ID": "P-091", "Round": "Round 9"}]


def _ask_for_corrections(demo: DemoContext) -> None:
    """Ask for three corrections, of which one is done, one refused and one waits."""
    asker, other = demo.users["official"], demo.users["second.official"]
    titles = (
        ("Garden plots for foster families", "The form says plots. It was misread."),
        ("A singing group for young carers", "It sounds less grand."),
        ("Cooking and eating with care leavers", "The second page has a longer title."),
    )
    done, refused, _ = [
        corrections.correct(
            ImportedCase.objects.get(sheet_id=number),
            column="title",
            value=f"{title} (demonstration)",
            reason=reason,
            by=asker,
            at=demo.days_ago(30 - place),
        )
        for place, ((number, _), (title, reason)) in enumerate(
            zip(_PAPER_FORMS, titles, strict=True)
        )
    ]
    at = demo.days_ago(25)
    digest = corrections.preview(done, at=at).digest
    corrections.confirm(done, effect_digest=digest, by=other, at=at)
    reason = "The case keeps the title that its form has."
    corrections.refuse(refused, reason=reason, by=other, at=at)

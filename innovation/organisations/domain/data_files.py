"""Reads the tables in the project's `data/` folders."""

import csv
import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from innovation.audit import events
from innovation.organisations.events import OrganisationsEvent
from innovation.organisations.models import ReferenceData

Row = dict[str, str]
DATA = Path(__file__).parents[1] / "data"


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {column: (value or "").strip() for column, value in row.items()}
            for row in csv.DictReader(file)
        ]


def split_cell(text: str, separator: str = ";") -> list[str]:
    """The non-empty parts of a cell that holds several."""
    return [part.strip() for part in text.split(separator) if part.strip()]


def load_once(
    name: str, *, files: Iterable[Path], loader: Callable[[], None], at: datetime
) -> bool:
    """Call the loader, unless exactly these files were loaded before. Return whether it
    was called.

    The row is locked, so that the loader runs once if two processes start it.
    """
    digest = _digest(files)
    with transaction.atomic():
        loaded, _ = ReferenceData.objects.select_for_update().get_or_create(
            name=name, defaults={"digest": "", "loaded_at": at}
        )
        if loaded.digest == digest:
            return False
        loader()
        loaded.digest, loaded.loaded_at = digest, at
        loaded.save()
        events.record_on_changed_chains(
            OrganisationsEvent.REFERENCE_LOADED,
            subject=name,
            by=events.SERVICE,
            at=at,
            data={"digest": digest},
        )
    return True


def _digest(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()

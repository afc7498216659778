"""The table of access, `docs/access.csv`.

`ACCESS_TABLE=write make test ARGS="tests/access"` updates it, and with `-k reports` the
rows that begin with `/reports/`. Review it before you commit it.
"""

import csv
import fcntl
import os
from pathlib import Path

from django.conf import settings

from tests.access.routes import Route
from tests.access.scenario import COLUMNS

FILE = Path(settings.BASE_DIR) / "docs" / "access.csv"
UPDATES_FILE = os.environ.get("ACCESS_TABLE") == "write"

Row = dict[str, str]


def read_table() -> dict[str, Row]:
    with FILE.open(encoding="utf-8") as lines:
        return {row["address"]: row for row in csv.DictReader(lines)}


def write_table(new_rows: dict[str, Row], addresses: set[str]) -> None:
    """Update these rows of the table, and delete those of addresses that no longer
    exist. Processes write in turn.
    """
    with FILE.open("r+", encoding="utf-8") as lines:
        fcntl.flock(lines, fcntl.LOCK_EX)
        known = {row["address"]: row for row in csv.DictReader(lines)} | new_rows
        lines.seek(0)
        lines.truncate()
        rows = csv.DictWriter(lines, ["address", *COLUMNS], lineterminator="\n")
        rows.writeheader()
        rows.writerows(known[address] for address in sorted(known.keys() & addresses))


def row_address(route: Route) -> str:
    return "/" + route.address

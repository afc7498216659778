"""A map of England on which every council with children’s services is one hexagon.

The columns of hexagons are numbered from the west and the rows from the south; every
second row is half a hexagon further east.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from innovation.organisations.domain.data_files import DATA, read_rows

FILE = DATA / "england_council_hexagons_2025.csv"
WIDTH, ROW_HEIGHT = 20, 17
"""Of a hexagon, and from one row to the next, in the units of the drawing."""


@dataclass(frozen=True, slots=True)
class Hexagon:
    """A council by its DfE number, and the middle of its hexagon: x from the west, y
    from the north.
    """

    number: str
    name: str
    x: int
    y: int


@cache
def hexagons() -> Sequence[Hexagon]:
    """From north to south, and from west to east."""
    rows = read_rows(FILE)
    northernmost = max(int(row["r"]) for row in rows)
    return [
        Hexagon(
            number=row["dfe_la_number"],
            name=row["name"],
            x=_column_middle(int(row["q"]), int(row["r"])),
            y=ROW_HEIGHT * (northernmost - int(row["r"])),
        )
        for row in rows
    ]


def _column_middle(column: int, row: int) -> int:
    return WIDTH * column + WIDTH // 2 * (1 + row % 2)

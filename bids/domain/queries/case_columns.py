"""The columns that the list of cases and its file can have, beside the title.

A new column comes into `COLUMNS`, and is then offered, shown and written to files.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, OuterRef, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from bids.domain.queries.case_search_filters import FILTER_NAMES, pence_asked
from bids.models import Assignment
from innovation.core.errors import Invalid
from innovation.organisations.models import Council
from innovation.organisations.models.organisation import ApplicantType
from innovation.web.csv_export import (
    joined_column,
    labelled_column,
    london_day,
    pounds,
    text_or_empty,
)

PARAMETER = "columns"
"""Names of columns with commas, in the address of the list."""
LIST_NAMES = (*FILTER_NAMES, PARAMETER)
"""What the address of the list can say."""
STAGE = "stage"
FIXED_HEADINGS = ("Reference", "Title")
"""Every file of chosen columns begins with these."""
_EXCERPT = 60


class Kind(Enum):
    TEXT = auto()
    POUNDS = auto()
    DAY = auto()


@dataclass(frozen=True, slots=True)
class CaseColumn:
    """`value` is what a file has of each case. The stage has none, because a file says
    less of it than the list: see `innovation.reporting.disclosure`.
    """

    name: str
    heading: str
    value: Callable[[], Combinable] | None
    kind: Kind = Kind.TEXT

    @property
    def is_stage(self) -> bool:
        return self.name == STAGE

    @property
    def is_day(self) -> bool:
        return self.kind == Kind.DAY

    @property
    def is_pounds(self) -> bool:
        return self.kind == Kind.POUNDS


def _assigned() -> Coalesce:
    open_rows = Assignment.objects.filter(expression=OuterRef("pk"), ended_at=None)
    names = StringAgg("user__name", "; ", order_by="user__name")
    rows = open_rows.order_by().values("expression").annotate(names=names)
    found = Subquery(rows.values("names"), output_field=TextField())
    return Coalesce(found, Value("", TextField()))


COLUMNS: Sequence[CaseColumn] = (
    CaseColumn("lead", "Lead organisation", lambda: F("lead__name")),
    CaseColumn(
        "lead_type",
        "Type of lead",
        lambda: labelled_column("lead__applicant_type", dict(ApplicantType.choices)),
    ),
    CaseColumn("round", "Round", lambda: F("round__name")),
    CaseColumn("strand", "Strand", lambda: text_or_empty("strand__name")),
    CaseColumn(
        "councils", "Councils", lambda: joined_column(Council, "expressions", "name")
    ),
    CaseColumn(
        "amount",
        "Expression for in pounds",
        lambda: pounds(pence_asked()),
        Kind.POUNDS,
    ),
    CaseColumn("maturity", "Maturity", lambda: text_or_empty("maturity__label")),
    CaseColumn(STAGE, "Stage", None),
    CaseColumn("sent", "Sent", lambda: london_day("submitted_at"), Kind.DAY),
    CaseColumn("assigned", "Who looks after it", _assigned),
    CaseColumn("bid", "Bid", lambda: text_or_empty("bid__key")),
    CaseColumn("lead_key", "Lead organisation reference", lambda: F("lead__key")),
    CaseColumn(
        "council_numbers",
        "Council numbers",
        lambda: joined_column(Council, "expressions", "dfe_number"),
    ),
)
_BY_NAME = {column.name: column for column in COLUMNS}
DEFAULT = ("lead", "round", STAGE, "sent")
"""What the list shows if nobody has chosen."""


def read(text: str) -> list[CaseColumn]:
    """The columns that an address names, in the order of `COLUMNS`; none if it names
    none. Raise `Invalid` for one that does not exist.
    """
    names = [name for name in text.split(",") if name]
    for name in names:
        if name not in _BY_NAME:
            shown = f" “{name[:_EXCERPT]}”" if name.isprintable() else " of this name"
            raise Invalid.field(PARAMETER, f"There is no column{shown}")
    return [column for column in COLUMNS if column.name in names]


def text_of(names: Sequence[str]) -> str:
    """What stands for these columns in an address; empty for those of `DEFAULT`."""
    in_order = tuple(column.name for column in COLUMNS if column.name in names)
    return "" if in_order == DEFAULT else ",".join(in_order)

"""Reads the right value of one column of a case, by the rules for sheets."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from funding.domain.importing.case_reader import CaseReader
from funding.domain.importing.columns import Headers
from funding.domain.importing.existing_data import ExistingData, NewOrganisation
from funding.domain.importing.planned_case import AWARD, PlannedCase
from funding.models.ledger import Precision
from innovation.core.errors import Invalid
from innovation.core.folding import fold
from innovation.core.lines import single_line
from innovation.core.money import Money

_OUTCOME = re.compile(r"(?P<outcome>.*?)(?:\s+(?:on|in)\s+(?P<day>.+))?")
_YEAR_AMOUNT = re.compile(r"(?P<amount>.+?)\s+in\s+(?P<year>.+)")


class ValueReader:
    """Reads a value of `column` of `case`. Of what a reader returns, only what the
    column fills in counts.
    """

    def __init__(self, case: PlannedCase, column: str, today: date) -> None:
        self.case, self.column = case, column
        self.existing = ExistingData.load()
        self._reader = CaseReader(self.existing, today, Headers())

    def read(self, cells: Mapping[str, str]) -> PlannedCase:
        """Read the cells of a row that is else that of the case. Raise `Invalid` if one
        of them cannot be read.
        """
        planned = self._reader.read({**self._other_cells(), **cells})
        for name, sentence in self._reader.problems:
            if name in cells:
                raise invalid(sentence)
        return planned

    def _other_cells(self) -> dict[str, str]:
        """What the meaning of other cells depends on."""
        case = self.case
        assert case.round is not None
        assert case.on is not None
        return {
            "kind": "award" if case.kind == AWARD else "EOI",
            "date": case.on.isoformat(),
            "round": case.round.key,
            "focus area": case.focus_area,
            "idea type": case.idea_as_written,
        }


Reader = Callable[[ValueReader, str], PlannedCase]


def invalid(sentence: str) -> Invalid:
    return Invalid.field("value", sentence)


def cell(reader: ValueReader, value: str) -> PlannedCase:
    """What a cell of a sheet would have."""
    return reader.read({reader.column: value})


def listed(reader: ValueReader, value: str) -> PlannedCase:
    """Several names, with semicolons between them or one in each line."""
    return reader.read({reader.column: "; ".join(_parts(value))})


def lead(reader: ValueReader, value: str) -> PlannedCase:
    """An organisation; the type of a new one is in brackets, as of a partner."""
    written = single_line(value)
    if not written:
        return reader.read({reader.column: ""})
    named = reader.read({"partners": written}).partners
    if len(named) != 1:
        raise invalid("Write one organisation")
    [found] = named
    if found in reader.case.partners:
        raise invalid(
            f"{found.name} is a partner of the case. Correct the partners first"
        )
    as_written = isinstance(found, NewOrganisation) or reader.case.kind != AWARD
    return PlannedCase(
        lead=found, lead_as_written=found.name if as_written else written
    )


def partners(reader: ValueReader, value: str) -> PlannedCase:
    planned = listed(reader, value)
    if reader.case.lead in planned.partners:
        raise invalid("The lead organisation cannot be its own partner")
    return planned


def practice_models(reader: ValueReader, value: str) -> PlannedCase:
    known = {fold(model.name): model for model in reader.existing.practice_models}
    planned = PlannedCase()
    for name in _parts(value):
        model = known.get(fold(name))
        if model is None:
            names = ", ".join(f"“{model.name}”" for model in known.values())
            raise invalid(f"“{name}” is not a practice model. Write one of {names}")
        if model not in planned.practice_models:
            planned.practice_models.append(model)
    return planned


def amount(reader: ValueReader, value: str) -> PlannedCase:
    """One amount of an award, or the amount of each financial year of an EOI."""
    if reader.case.kind == AWARD:
        return cell(reader, value)
    money: dict[int, Money] = {}
    for part in _parts(value):
        planned = _year_amount(reader, part)
        if money.keys() & planned.money.keys():
            raise invalid("Write each financial year once")
        money |= planned.money
    return PlannedCase(money=money)


def _year_amount(reader: ValueReader, value: str) -> PlannedCase:
    match = _YEAR_AMOUNT.fullmatch(value)
    if match is None:
        raise invalid(
            "Write each amount with its financial year, like “£120,000 in 2014-15”"
        )
    planned = reader.read({"amount": match["amount"], "financial year": match["year"]})
    if planned.amount_precision != Precision.NOT_STATED:
        raise invalid(
            f"Leave out “{planned.amount_precision}”, as an EOI has only an amount"
        )
    return planned


def outcome(reader: ValueReader, value: str) -> PlannedCase:
    """`declined on 1 Sept 2014`, or without the day."""
    match = _OUTCOME.fullmatch(single_line(value))
    assert match is not None
    return reader.read(
        {"outcome": match["outcome"], "outcome date": match["day"] or ""}
    )


def round(reader: ValueReader, value: str) -> PlannedCase:
    planned = cell(reader, value)
    if reader.case.strand and planned.strand is None and planned.round:
        raise invalid(
            f"“{reader.case.focus_area}” is not a focus area of {planned.round.name}. "
            "Correct the focus area first: leave it empty"
        )
    return planned


def _parts(value: str) -> list[str]:
    """The filled parts between semicolons and line breaks."""
    parts = (single_line(part) for part in re.split(r"[;\n]", value))
    return [part for part in parts if part]

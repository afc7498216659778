"""Cells as people fill them in."""

from datetime import UTC, date, datetime
from functools import partial
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.domain.importing import amounts, columns, dates, values
from funding.domain.importing.file_reader import Line
from funding.domain.importing.tables import Cell
from innovation.core.money import Money
from tests.funding import sheets

CELLS = st.one_of(st.text(), st.floats(), st.booleans(), st.dates(), st.datetimes())


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("28/02/2015", date(2015, 2, 28), "day"),
        ("28/2/15", date(2015, 2, 28), "day"),
        ("28.02.2015", date(2015, 2, 28), "day"),
        ("28/02/2015 10:30", date(2015, 2, 28), "day"),
        ("28/02/2015, 10:30:59 am", date(2015, 2, 28), "day"),
        ("February 28, 2015", date(2015, 2, 28), "day"),
        ("Feb. 28th 2015", date(2015, 2, 28), "day"),
        ("2015-02-28", date(2015, 2, 28), "day"),
        ("2015-02-28 00:00:00", date(2015, 2, 28), "day"),
        ("2015-02-28T00:00:00.000Z", date(2015, 2, 28), "day"),
        ("2015-02-28T00:00:00+00:00", date(2015, 2, 28), "day"),
        ("2015-06-30T23:00:00Z", date(2015, 7, 1), "day"),
        ("2015-02-28T23:30:00-05:00", date(2015, 3, 1), "day"),
        ("2015-02-28T09:30", date(2015, 2, 28), "day"),
        ("2015-03-01T00:00:00+01:00", date(2015, 2, 28), "day"),
        ("28 / Feb / 2015", date(2015, 2, 28), "day"),
        ("28 Feb 2015", date(2015, 2, 28), "day"),
        ("28th February 2015", date(2015, 2, 28), "day"),
        ("28-Feb-15", date(2015, 2, 28), "day"),
        ("Feb 2015", date(2015, 2, 28), "month"),
        ("Feb-15", date(2015, 2, 28), "month"),
        ("Sept 2014", date(2014, 9, 30), "month"),
        ("02/2015", date(2015, 2, 28), "month"),
        ("2015-02", date(2015, 2, 28), "month"),
        ("2015", date(2015, 12, 31), "year"),
        (2015.0, date(2015, 12, 31), "year"),
        (42063.0, date(2015, 2, 28), "day"),
        ("42063", date(2015, 2, 28), "day"),
        (date(2015, 2, 28), date(2015, 2, 28), "day"),
        (datetime(2015, 2, 28, 9, 0, tzinfo=UTC), date(2015, 2, 28), "day"),
    ],
)
def test_a_date_is_read_in_the_ways_people_write_it(
    cell: Cell, day: date, precision: str
) -> None:
    assert dates.day(cell) == (day, precision)


@pytest.mark.parametrize(
    "cell",
    [
        "02/28/2015",
        "31/02/2015",
        "soon",
        "12",
        "Smarch 2015",
        "1066",
        "0000",
        True,
        "",
        "Smarch 5, 2014",
        "June 31, 2014",
        "5/6/2014 soon",
        "2015-02-28T25:00:00Z",
        "2015-02-28T",
    ],
)
def test_an_invalid_date_is_refused(cell: Cell) -> None:
    with pytest.raises(ValueError, match="Write"):
        dates.day(cell)


@pytest.mark.parametrize(
    ("cell", "amount", "precision"),
    [
        ("£1,234.50", Money(123_450), "not stated"),
        ("4.8m", Money.pounds(4_800_000), "not stated"),
        ("£3 million", Money.pounds(3_000_000), "not stated"),
        (1234.5, Money(123_450), "not stated"),
        (0.1 + 0.2, Money(30), "not stated"),
        ("up to £1m", Money.pounds(1_000_000), "up to"),
        ("more than £2.5m", Money.pounds(2_500_000), "more than"),
        ("c. £750k", Money.pounds(750_000), "about"),
        ("~£5m", Money.pounds(5_000_000), "about"),
        ("almost 1,600,000", Money.pounds(1_600_000), "almost"),
        ("GBP 5,000", Money.pounds(5_000), "not stated"),
        ("5,000.00 GBP", Money.pounds(5_000), "not stated"),
        ("up to GBP 5m", Money.pounds(5_000_000), "up to"),
        ("£500,000 approx", Money.pounds(500_000), "about"),
        ("£500,000 (approx.)", Money.pounds(500_000), "about"),
        ("4.8m, estimated", Money.pounds(4_800_000), "estimated"),
        ("exactly £5,000", Money.pounds(5_000), "exact"),
    ],
)
def test_an_amount_is_read_with_its_precision(
    cell: Cell, amount: Money, precision: str
) -> None:
    assert amounts.amount(cell) == (amount, precision)


@pytest.mark.parametrize(
    ("cell", "unit", "amount"),
    [
        (4.8, "m", Money.pounds(4_800_000)),
        (0.1 + 0.2, "m", Money.pounds(300_000)),
        ("4.8125", "m", Money.pounds(4_812_500)),
        ("up to £1", "m", Money.pounds(1_000_000)),
        ("£4.8m", "m", Money.pounds(4_800_000)),
        ("750k", "m", Money.pounds(750_000)),
        (1234.5, "k", Money.pounds(1_234_500)),
        ("1,234", "k", Money.pounds(1_234_000)),
        (0.2, "bn", Money.pounds(200_000_000)),
    ],
)
def test_an_amount_without_a_unit_is_in_that_of_its_column(
    cell: Cell, unit: str, amount: Money
) -> None:
    assert amounts.amount(cell, unit=unit)[0] == amount


@pytest.mark.parametrize("cell", [4_800_000.0, "£4,800,000", "1001"])
def test_pounds_in_a_column_of_millions_are_refused(cell: Cell) -> None:
    with pytest.raises(ValueError, match="in £m as the header says, or with a unit"):
        amounts.amount(cell, unit="m")


@pytest.mark.parametrize(
    "cell",
    ["lots", "£", "-5", "0", 0.0, -1.0, "1,23", True, "£1.005", float("inf"), "€5,000",
     "up to £5m approx", "£5,000 plus VAT", "£5,000-£6,000", "USD 5,000", "gbp"],
)  # fmt: skip
def test_an_invalid_amount_is_refused(cell: Cell) -> None:
    with pytest.raises(ValueError, match=r"Write|Enter"):
        amounts.amount(cell)


@pytest.mark.parametrize("cell", ["2014-15", "2014/15", "2014 to 2015", "2014", 2014.0])
def test_a_financial_year_is_read_as_the_year_in_which_it_starts(cell: Cell) -> None:
    assert dates.financial_year(cell) == 2014


@given(CELLS)
def test_any_cell_is_read_or_refused_with_a_sentence(cell: Cell) -> None:
    for read in (dates.day, amounts.amount, amounts.precision, dates.financial_year):
        message = sheets.refusal(partial(read, cell))
        assert message[:5] in ("", "Write", "Enter")


LONG = ["(" * 20_000, "1" + "(" * 19_999, "(a" * 10_000, "£1" + " ,(" * 6_000]


@pytest.mark.parametrize("cell", LONG, ids=range(len(LONG)))
def test_a_long_cell_is_refused_quickly(cell: str) -> None:
    """A file holds hundreds of them."""
    before = process_time()
    assert sheets.refusal(partial(amounts.amount, cell)).startswith("Write an amount")
    assert columns.read(Line(1, (cell,))).positions == {}
    assert process_time() - before < 0.1


def test_a_cell_that_no_font_can_print_is_named_and_a_bullet_of_word_is_read() -> None:
    with pytest.raises(ValueError, match="the symbol “\ue000” after “a”"):
        values.require_value("a\ue000")
    assert values.require_value("\uf0b7 a") == "\uf0b7 a"

"""What tables may hold besides cases, in CSV and in workbooks alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from innovation.core.money import Money
from tests.funding import sheets
from tests.funding.sheets import AWARD, EOI

OTHER = {**EOI, "ID": "E2", "Title": "Another"}
MONEY = {**EOI, "Amount": 4_800, "Financial year": "2014-15"}


@dataclass(frozen=True)
class Contents:
    """A file, and the beginnings of what is said about it, with rows and columns."""

    make: Callable[[], bytes]
    problems: Sequence[tuple[str, str, str]] = ()
    notices: Sequence[str] = ()
    facts: dict[str, object] = field(default_factory=dict)
    cases: int | None = None


def csv_lines(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


HEADINGS = ",".join(EOI)
FIRST, SECOND = ",".join(EOI.values()), ",".join(OTHER.values())
TABLES: dict[str, Contents] = {
    "titles above the headings": Contents(
        lambda: csv_lines("Past cases", "As at 2016,,", HEADINGS, FIRST),
        notices=["We left out what stands above the headings: rows 1 and 2."],
        cases=1,
    ),
    "blank rows": Contents(
        lambda: csv_lines(HEADINGS, FIRST, "", ",,,,,", SECOND),
        notices=["These rows are blank; we read those below them too: rows 3 and 4."],
        cases=2,
    ),
    "totals": Contents(
        lambda: csv_lines(f"{HEADINGS},Amount", f"{FIRST},", "Sub-total,,,,,,5",
                          "Grand total:,,,,,,5"),
        notices=["We left out the totals: rows 3 and 4."],
        cases=1,
    ),
    "footnotes": Contents(
        lambda: csv_lines(HEADINGS, FIRST, "Source: a letter,,,,,"),
        notices=[
            "We left out what has only one filled cell, such as footnotes: row 3.",
        ],
        cases=1,
    ),
    "headings that are repeated": Contents(
        lambda: csv_lines(HEADINGS, FIRST, HEADINGS, SECOND),
        notices=["We left out the headings where they are repeated: row 3."],
        cases=2,
    ),
    "a second table below the first": Contents(
        lambda: csv_lines(HEADINGS, FIRST, "Title,Kind,ID,Round,Date,Lead", SECOND),
        problems=[
            ("3", "The whole row", "These are other headings: put the table below"),
        ],
    ),
    "columns that we do not know": Contents(
        lambda: sheets.csv_file({**EOI, "Star sign": "Leo", "Ofsted": "Good"}),
        notices=[
            "We do not know the columns Star sign (column G), Ofsted (column H), so ",
        ],
        cases=1,
    ),
    "two columns for the same fact": Contents(
        lambda: sheets.csv_file({**EOI, "Our ref": "1"}),
        problems=[("1", "Our ref (column G)", "Two columns have this heading")],
    ),
    "cells below no heading": Contents(
        lambda: csv_lines(f"{HEADINGS},,Notes", f"{FIRST},urgent,"),
        notices=["Column G has no heading, so we left it out: row 2."],
        cases=1,
    ),
    "words that stand for nothing, such as “tbc” or “n/a”": Contents(
        lambda: sheets.csv_file(
            {**MONEY, "Amount": "TBC"}, {**MONEY, "ID": "2", "Amount": "tbc."},
            {**MONEY, "ID": "3", "Date": "n/a"}, {**MONEY, "ID": "4", "Amount": "tbc."},
            {**MONEY, "ID": "5", "Notes": "n/a"},
        ),
        problems=[
            ("2", "Amount (column G)", "“TBC” is not a value: leave the cell empty"),
            ("3 and 5", "Amount (column G)", "“tbc.” is not a value: leave the cell"),
            ("4", "Date (column F)", "“n/a” is not a value: fill in the date"),
        ],
    ),
    "spaces and line breaks in a cell": Contents(
        lambda: sheets.csv_file({**EOI, "Title": " Peer\u00a0 \n mentors\t "}),
        facts={"title": "Peer mentors"},
    ),
    "a currency that is not pounds": Contents(
        lambda: sheets.csv_file(
            {**AWARD, "Amount": "1m", "Currency": "USD"},
            {**AWARD, "ID": "2", "Title": "2", "Currency": "gbp"},
            {**AWARD, "ID": "3", "Title": "3", "Currency": "USD"},
        ),
        problems=[
            ("2 and 4", "Currency (column L)", "The amount is in “USD”: write it in"),
        ],
    ),
    "negative amounts": Contents(
        lambda: sheets.csv_file({**AWARD, "Amount": "-5,000"}),
        problems=[("2", "Amount (column I)", "Write an amount above £0")],
    ),
    "dots between thousands": Contents(
        lambda: sheets.csv_file({**AWARD, "Amount": "1.234.567"}),
        problems=[("2", "Amount (column I)", "Enter an amount in pounds, like 12,500")],
    ),
    "a time after a date": Contents(
        lambda: sheets.csv_file({**EOI, "Date": "2015-02-28T00:00:00Z"}),
        facts={"on": date(2015, 2, 28), "precision": "day"},
    ),
    "no words about how precise an amount is": Contents(
        lambda: sheets.csv_file(AWARD),
        facts={"amount": Money(123_450), "amount_precision": "not stated"},
    ),
    "two precisions for one amount": Contents(
        lambda: sheets.csv_file(
            {**AWARD, "Amount": "about £5m", "Amount precision": "exact"}
        ),
        problems=[
            ("2", "Amount precision (column L)", "The amount says “about”: write"),
        ],
    ),
    "facts that only the other kind has": Contents(
        lambda: sheets.csv_file(
            {**AWARD, "Maturity": "i1", "Outcome": "successful"},
            {**EOI, "Source": "a letter"},
        ),
        notices=[
            "The maturity is left out, as only an EOI has one: row 2.",
            "The outcome is left out, as only an EOI has one: row 2.",
            "The source is left out, as only an award has one: row 3.",
        ],
    ),
    "an award that was not made": Contents(
        lambda: sheets.csv_file({**AWARD, "Outcome": "declined"}),
        problems=[("2", "Outcome (column L)", "An award was made: remove the row")],
    ),
    "a number of the lead": Contents(
        lambda: sheets.csv_file(
            {**AWARD, "Recipient Org:Identifier": "810"},
            {**AWARD, "ID": "2", "Title": "2", "Recipient Org:Identifier": "360G-x"},
            {**AWARD, "ID": "3", "Title": "3", "Recipient Org:Identifier": "383"},
        ),
        problems=[
            ("4", "Recipient Org:Identifier (column L)", "“383” is the number of Leeds")
        ],
        notices=[
            "We do not know the lead identifier, so we left it out and used the name",
        ],
    ),
    "a case under two ids": Contents(
        lambda: sheets.csv_file(EOI, {**OTHER, "Title": "Peer mentors!"}),
        notices=["“Peer mentors” is there more than once with the same lead, so check"],
        cases=2,
    ),
    "letters that were lost before": Contents(
        lambda: sheets.csv_file(
            {**EOI, "Title": "Caf\N{REPLACEMENT CHARACTER}"},
            {**OTHER, "Title": "Childâ€™s café"},
            {**OTHER, "ID": "E3", "Title": "CafÃ©"},
        ),
        problems=[
            ("2", "Title (column C)", "A letter was lost when the file was saved"),
            ("3", "Title (column C)", "“â€™” was another letter before the file was"),
            ("4", "Title (column C)", "“Ã©” was another letter before the file was"),
        ],
    ),
    "a first line `sep=;`": Contents(
        lambda: b"sep=;\r\n" + sheets.csv_text([EOI], ";").encode(), cases=1
    ),
    "a byte order mark": Contents(
        lambda: b"\xef\xbb\xbf" + sheets.csv_file(EOI), cases=1
    ),
    "a row with more cells than there are headings": Contents(
        lambda: csv_lines(HEADINGS, FIRST.replace("Peer", "Peer, old")),
        problems=[("2", "The whole row", "This row has more cells than there are")],
    ),
    "a row with fewer cells": Contents(
        lambda: csv_lines(f"{HEADINGS},Notes", FIRST),
        notices=["These rows have fewer cells than there are headings, so their last"],
        cases=1,
    ),
    "a quotation mark that is not closed": Contents(
        lambda: csv_lines(HEADINGS, FIRST, SECOND.replace("Another", '"Another')),
        problems=[("", "", 'Row 3 has a quotation mark (") that is not closed')],
    ),
    "letters of Windows-1252": Contents(
        lambda: sheets.csv_text([{**EOI, "Title": "Café"}, OTHER]).encode("cp1252"),
        notices=[
            "The file is not in UTF-8, so we read it as Windows-1252. Check letters ",
        ],
        facts={"title": "Café"},
    ),
}  # fmt: skip

"""A text that was typed or pasted keeps its shape in a PDF."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation.core.text_blocks import text_blocks


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("One line", [{"line": "One line", "indent": 0}]),
        (
            "A\n\nB",
            [
                {"line": "A", "indent": 0},
                {"line": "", "indent": 0},
                {"line": "B", "indent": 0},
            ],
        ),
        (
            "Year\tStaff\tCost\n2026–27\t14\t180\n\t\t200\n",
            [
                {
                    "rows": [
                        ["Year", "Staff", "Cost"],
                        ["2026–27", "14", "180"],
                        ["", "", "200"],
                    ]
                }
            ],
        ),
        (
            "•\tOne\nText\n\tTwo\t2\t3",
            [
                {"rows": [["•", "One"]]},
                {"line": "Text", "indent": 0},
                {"rows": [["", "Two", "2", "3"]]},
            ],
        ),
        ("a\tb\n\tc\td\te", [{"rows": [["a", "b", "", ""], ["", "c", "d", "e"]]}]),
        (
            "   - in\n\tout",
            [{"line": "- in", "indent": 3}, {"line": "out", "indent": 4}],
        ),
        (" " * 500 + "far", [{"line": "far", "indent": 40}]),
        ("far" + "\tx" * 20, [{"line": "far" + " x  " * 19 + " x", "indent": 0}]),
    ],
)
def test_lines_with_tabs_are_tables_and_others_keep_their_indent(
    text: str, blocks: list[Any]
) -> None:
    assert text_blocks(text) == blocks


@given(st.text(alphabet="ab \t\n•"))
def test_no_word_is_lost_and_each_table_is_a_rectangle(text: str) -> None:
    words: list[str] = []
    for block in text_blocks(text):
        rows = block.get("rows", [])
        assert len({len(row) for row in rows}) <= 1
        words += [word for row in rows for cell in row for word in cell.split()]
        words += block.get("line", "").split()
    assert words == text.split()

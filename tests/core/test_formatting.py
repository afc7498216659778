"""Dates, times and amounts are in GOV.UK style."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from innovation.core.money import Money

ZONE = "(UK time) on"


def render_filter(expression: str, value: object) -> str:
    return Template("{{ value|" + expression + " }}").render(Context({"value": value}))


@pytest.mark.parametrize(
    ("filter_name", "value", "text"),
    [
        ("day", date(2015, 3, 3), "3 March 2015"),
        ("day", datetime(2015, 7, 31, 23, 30, tzinfo=UTC), "1 August 2015"),
        ("day", None, ""),
        ("moment", datetime(2015, 3, 3, 17, 0, tzinfo=UTC), "3 March 2015 at 5pm"),
        ("moment", datetime(2015, 7, 3, 8, 5, tzinfo=UTC), "3 July 2015 at 9:05am"),
        (
            "deadline",
            datetime(2015, 7, 3, 8, 5, tzinfo=UTC),
            f"9:05am {ZONE} 3 July 2015",
        ),
        (
            "deadline",
            datetime(2015, 10, 24, 23, 0, tzinfo=UTC),
            f"midnight {ZONE} 25 October 2015",
        ),
        (
            "deadline",
            datetime(2015, 10, 25, 0, 30, tzinfo=UTC),
            "1:30am (UK time, BST) on 25 October 2015",
        ),
        (
            "deadline",
            datetime(2015, 10, 25, 1, 30, tzinfo=UTC),
            "1:30am (UK time, GMT) on 25 October 2015",
        ),
        ("deadline", date(2027, 2, 28), f"11:59pm {ZONE} 28 February 2027"),
        ("deadline", date(2027, 6, 30), f"11:59pm {ZONE} 30 June 2027"),
        ("deadline", None, ""),
        ("clock_time", datetime(2015, 3, 3, 12, 0, tzinfo=UTC), "midday"),
        ("clock_time", datetime(2015, 3, 3, 0, 0, tzinfo=UTC), "midnight"),
        ("clock_time", datetime(2015, 3, 3, 0, 30, tzinfo=UTC), "12:30am"),
        ("money", Money(123450), "£1,234.50"),
        ("money", 480000000, "£4,800,000"),
        ("money", None, ""),
        ("count", 1234567, "1,234,567"),
    ],
)
def test_written(filter_name: str, value: object, text: str) -> None:
    assert render_filter(filter_name, value) == text

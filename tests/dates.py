"""Fixed times for tests."""

from datetime import date, datetime, timedelta

from innovation.core.clock import LONDON

OPENS_AT = datetime(2014, 10, 1, 9, 0, tzinfo=LONDON)
MOMENT = datetime(2014, 11, 12, 10, 30, tzinfo=LONDON)
"""A Wednesday in the first round; `cases` happen here unless told otherwise."""
CLOSES_AT = datetime(2014, 12, 19, 17, 0, tzinfo=LONDON)
DAY = date(2014, 11, 12)


def moment_after(**span: int) -> datetime:
    """`moment_after(days=2)`: two days after MOMENT."""
    return MOMENT + timedelta(**span)

"""How dates, times and numbers are written: on pages, in letters and for programs."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from innovation.core.clock import LONDON, end_of_day

MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]


def format_date(value: date | datetime | None) -> str:
    """`3 March 2015`. A moment is dated by the calendar in London."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(LONDON)
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def format_time(value: datetime | None) -> str:
    """`5pm`, `5:30pm`, `midday`, `midnight`: the GOV.UK style, in London."""
    if value is None:
        return ""
    local = value.astimezone(LONDON)
    if not local.minute and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'pm' if local.hour >= 12 else 'am'}"


def format_moment(value: datetime | None) -> str:
    """`3 March 2015 at 5pm`."""
    if value is None:
        return ""
    return f"{format_date(value)} at {format_time(value)}"


def format_deadline(value: date | datetime | None) -> str:
    """`11:59pm (UK time) on 28 February 2027`. A day ends at midnight in London. In the
    hour that comes twice in October it says which: `1:30am (UK time, BST)`.
    """
    if value is None:
        return ""
    moment = value if isinstance(value, datetime) else end_of_day(value)
    local = moment.astimezone(LONDON)
    comes_twice = local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()
    zone = f"UK time, {local.tzname()}" if comes_twice else "UK time"
    return f"{format_time(local)} ({zone}) on {format_date(local)}"


def format_exact_moment(value: datetime | None) -> str:
    """`3 July 2015 at 5:00:00.000001pm BST`, where a microsecond matters."""
    if value is None:
        return ""
    local = value.astimezone(LONDON)
    half = "pm" if local.hour >= 12 else "am"
    time = f"{local.hour % 12 or 12}:{local:%M:%S.%f}{half}"
    return f"{format_date(value)} at {time} {local.tzname()}"


def format_utc(value: datetime) -> str:
    """`2015-03-03T17:00:00.000000Z`, for programs: always of the same length, so that
    texts are in the order of their moments.
    """
    text = value.astimezone(UTC).isoformat(timespec="microseconds")
    return f"{text.removesuffix('+00:00')}Z"


def format_partial_date(text: str) -> str:
    """`2014-10-03` as `3 October 2014`, `2014-10` as `October 2014`; a year stays."""
    year, *rest = text.split("-")
    if not rest:
        return year
    day = date(int(year), int(rest[0]), int(rest[1]) if len(rest) > 1 else 1)
    return format_date(day) if len(rest) > 1 else f"{day:%B %Y}"


def format_period(started: str, ended: str) -> str:
    """`From October 2014 until 2 March 2017`, of partial dates that may be empty."""
    since = f"From {format_partial_date(started)}" if started else "Start not known"
    return f"{since} until {format_partial_date(ended)}" if ended else since


def format_duration(value: timedelta | None) -> str:
    """`3 days 4 hours`, `5 minutes`, `under a minute`: the two largest parts."""
    if value is None:
        return ""
    minutes = int(value.total_seconds()) // 60
    parts = (
        (minutes // 1440, "day"),
        (minutes // 60 % 24, "hour"),
        (minutes % 60, "minute"),
    )
    words = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n]
    return " ".join(words[:2]) or "under a minute"


def format_number(value: Decimal | float) -> str:
    """`1,234.5`: with at most two places, and none that are zero at the end."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")
